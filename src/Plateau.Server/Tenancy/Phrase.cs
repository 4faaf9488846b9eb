namespace Plateau.Server.Tenancy;

/// <summary>One sentence in the two languages of the house.</summary>
internal readonly record struct Phrase(string En, string Fr)
{
    public string In(string language) => language == "fr" ? Fr : En;

    public override string ToString() => En;
}

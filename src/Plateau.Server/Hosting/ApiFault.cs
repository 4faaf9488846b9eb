using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>A request that is not done, with its stable name; becomes a problem document (RFC 9457).</summary>
internal sealed class ApiFault(int status, string code, Phrase text, IReadOnlyList<ConfigError>? errors = null)
    : Exception(text.En)
{
    public int Status => status;

    public string Code => code;

    public Phrase Text => text;

    /// <summary>What is wrong with the body, each with its pointer.</summary>
    public IReadOnlyList<ConfigError> Errors => errors ?? [];

    /// <summary>The same for what does not exist and for what is another tenant's.</summary>
    public static ApiFault NotFound() => new(StatusCodes.Status404NotFound, "notFound", new Phrase(
        "There is no such thing here.", "Il n'y a rien de tel ici."));

    public static ApiFault BadParameter(string name, string en, string fr) => new(
        StatusCodes.Status400BadRequest, "badParameter", new Phrase($"{name}: {en}", $"{name} : {fr}"));

    public static ApiFault Invalid(IReadOnlyList<ConfigError> errors) => new(
        StatusCodes.Status400BadRequest, errors.Any(e => e.Code == "syntax") ? "badJson" : "invalid", new Phrase(
            $"The body does not validate: {errors.Count} error(s).", $"Le corps n'est pas valide : {errors.Count} erreur(s)."),
        errors);
}

namespace Plateau.Server.Tenancy;

/// <summary>One thing wrong with a configuration, and where.</summary>
/// <param name="Code">Stable name of the kind of error: unknownMember, danglingReference…</param>
/// <param name="Path">The value that is wrong.</param>
/// <param name="Line">Line in the text, 1 upwards; 0 when there is no text.</param>
/// <param name="Column">Column in characters, 1 upwards.</param>
/// <param name="Text">What is wrong, in words.</param>
internal sealed record ConfigError(string Code, ConfigPath Path, int Line, int Column, Phrase Text)
{
    public string In(string language) => $"{Line}:{Column}: {Path}: {Text.In(language)} [{Code}]";

    public override string ToString() => In("en");
}

/// <summary>Collects errors, each with the place of its path in the text.</summary>
internal sealed class ConfigErrors(ConfigNode? tree)
{
    /// <summary>Errors told; more help nobody.</summary>
    public const int ErrorsMax = 1_000;

    private readonly List<ConfigError> _errors = [];
    private readonly List<ConfigPath> _misshapen = [];

    public IReadOnlyList<ConfigError> Sorted() =>
        [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column).ThenBy(e => e.Code, StringComparer.Ordinal)];

    public int Count => _errors.Count;

    /// <summary>The value cannot even be read; rules that touch it are silent from here on.</summary>
    public void AddShape(string code, ConfigPath path, Phrase text)
    {
        Append(code, path, text);
        _misshapen.Add(path);
    }

    /// <summary>The value was read but breaks a rule.</summary>
    public void Add(string code, ConfigPath path, string en, string fr)
    {
        if (!_misshapen.Any(path.IsWithin))
        {
            Append(code, path, new Phrase(en, fr));
        }
    }

    public void AddAt(string code, (int Line, int Column) place, Phrase text) =>
        _errors.Add(new ConfigError(code, ConfigPath.Root, place.Line, place.Column, text));

    private void Append(string code, ConfigPath path, Phrase text)
    {
        if (_errors.Count < ErrorsMax)
        {
            var (line, column) = tree?.PlaceOf(path) ?? (0, 0);
            _errors.Add(new ConfigError(code, path, line, column, text));
        }
    }
}

using Plateau.Server.Tenancy;

namespace Plateau.Server.Cli;

/// <summary>Where a command writes, and in which language.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, string Language)
{
    public string Say(string en, string fr) => new Phrase(en, fr).In(Language);

    /// <summary>One line to the error stream; gives back the code so that it can be returned at once.</summary>
    public int Fail(int code, string en, string fr)
    {
        Error.WriteLine("plateau: " + Say(en, fr));
        return code;
    }

    /// <summary>"--lang fr" wins over LC_ALL, LC_MESSAGES and LANG, in POSIX order; English when none says
    /// French.</summary>
    public static string LanguageOf(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith("--lang=", StringComparison.Ordinal))
            {
                return args[i]["--lang=".Length..];
            }

            if (args[i] == "--lang" && i + 1 < args.Count)
            {
                return args[i + 1];
            }
        }

        var locale = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(environment).FirstOrDefault(v => v is { Length: > 0 });
        return locale?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? "fr" : "en";
    }
}

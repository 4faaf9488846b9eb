using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;

namespace Plateau.Server.Cli;

/// <summary>The command line: one file per command, one exit code per kind of outcome.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command and gives its exit code (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var language = Terminal.LanguageOf(args, Environment.GetEnvironmentVariable) == "fr" ? "fr" : "en";
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var terminal = new Terminal(output, error, language);
        var result = Create(terminal).Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var wrong in result.Errors)
            {
                error.WriteLine("plateau: " + wrong.Message);
            }

            error.WriteLine(terminal.Say("Try 'plateau --help'.", "Voir « plateau --help »."));
            return ExitCode.Usage;
        }

        try
        {
            // Signals are the commands' own matter: "serve" drains, the others end at once.
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return terminal.Fail(ExitCode.NotFound, e.Message, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or SocketException)
        {
            return terminal.Fail(ExitCode.Failed, e.Message, e.Message);
        }
    }

    private static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(terminal.Say(
            "Plateau: a whole call centre in one program.",
            "Plateau : tout un centre d'appels en un programme."))
        {
            DemoCommand.Create(terminal),
            ServeCommand.Create(terminal),
            CheckCommand.Create(terminal),
            CallCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            ExportCommand.Create(terminal),
            FlowCommand.Create(terminal),
            EventsCommand.Create(terminal),
            KeysCommand.Create(terminal),
            VersionCommand.Create(terminal),
        };
        root.Options.Add(Language(terminal));
        return root;
    }

    private static Option<string> Language(Terminal terminal)
    {
        var language = new Option<string>("--lang")
        {
            Description = terminal.Say("Language of messages: fr or en", "Langue des messages : fr ou en"),
            Recursive = true,
        };
        language.AcceptOnlyFromAmong("fr", "en");
        return language;
    }
}

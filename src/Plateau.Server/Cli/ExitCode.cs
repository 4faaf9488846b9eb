namespace Plateau.Server.Cli;

/// <summary>What the commands answer to the shell; the same numbers for all of them (docs/operate/COMMANDS).</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The work was begun and failed: a connection, a file, a call that was not answered.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The configuration (or a flow) is wrong; every error was printed.</summary>
    public const int InvalidConfiguration = 3;

    /// <summary>A file that was named does not exist or cannot be read.</summary>
    public const int NotFound = 4;

    /// <summary>A journal cannot be read, or its replay does not lead to what was written.</summary>
    public const int InvalidJournal = 5;

    /// <summary>Broken off by Ctrl-C.</summary>
    public const int Interrupted = 130;
}

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

    /// <summary>call: the number is busy (486, 600).</summary>
    public const int CallBusy = 10;

    /// <summary>call: refused or not answered, for any other reason than those with a code of their own.</summary>
    public const int CallRefused = 11;

    /// <summary>call: nobody is there: no response, no network, 408.</summary>
    public const int CallUnreachable = 12;

    /// <summary>call: the server does not believe who calls (401, 403, 407).</summary>
    public const int CallUnauthorised = 13;

    /// <summary>call: it was connected, and then broke off by an error instead of being hung up.</summary>
    public const int CallBroken = 14;

    /// <summary>Broken off by Ctrl-C.</summary>
    public const int Interrupted = 130;
}

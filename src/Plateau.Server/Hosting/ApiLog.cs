namespace Plateau.Server.Hosting;

/// <summary>Log events of the API: 21000 to 21999.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(21000, LogLevel.Error, "{Method} {Path} failed")]
    internal static partial void Failed(ILogger log, string method, string path, Exception error);

    [LoggerMessage(21001, LogLevel.Warning, "A wrong API key from {Source}")]
    internal static partial void WrongKey(ILogger log, string source);

    [LoggerMessage(21002, LogLevel.Information, "Listening on {Address}")]
    internal static partial void Listening(ILogger log, string address);

    [LoggerMessage(21003, LogLevel.Information, "Draining: {Calls} calls are up, at most {Seconds} s")]
    internal static partial void Draining(ILogger log, int calls, int seconds);

    [LoggerMessage(21004, LogLevel.Warning, "Drained with {Calls} calls still up; they are ended")]
    internal static partial void DrainEnded(ILogger log, int calls);

    [LoggerMessage(21005, LogLevel.Error, "The database cannot be reached; the configuration file is used as it is")]
    internal static partial void DatabaseAway(ILogger log, Exception error);

    [LoggerMessage(21006, LogLevel.Warning, "{Tenant}: a prompt has a defect: {Error} {Detail}")]
    internal static partial void PromptDefect(ILogger log, Contracts.TenantId tenant, string error, string detail);
}

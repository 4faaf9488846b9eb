using Plateau.Contracts;

namespace Plateau.Server.Hosting;

/// <summary>Log events of hosting: 20000 to 20999.</summary>
internal static partial class Log
{
    [LoggerMessage(20000, LogLevel.Information,
        "{Tenant}: {Inputs} inputs replayed from generation {Generation} in {ElapsedMs} ms")]
    internal static partial void Replayed(ILogger log, TenantId tenant, long inputs, int generation, long elapsedMs);

    [LoggerMessage(20001, LogLevel.Warning,
        "{Tenant}: the journal {Path} ended torn at byte {At}, {Bytes} bytes cut off and kept as {Kept}")]
    internal static partial void TornTailCut(
        ILogger log, TenantId tenant, string path, int at, int bytes, string kept);

    [LoggerMessage(20002, LogLevel.Critical, "{Tenant}: the centre failed on {Input}; set aside as {Path}")]
    internal static partial void InputSetAside(
        ILogger log, TenantId tenant, string input, string path, Exception error);

    [LoggerMessage(20003, LogLevel.Critical, "{Tenant}: the centre keeps failing; its calls are given up")]
    internal static partial void CallsGivenUp(ILogger log, TenantId tenant);

    [LoggerMessage(20004, LogLevel.Critical,
        "{Tenant}: the centre fails even without calls; it begins anew with its configuration only, as {Generation}")]
    internal static partial void BegunAnew(ILogger log, TenantId tenant, int generation);

    [LoggerMessage(20005, LogLevel.Error, "{Tenant}: the journal cannot be written; the centre waits")]
    internal static partial void JournalUnwritable(ILogger log, TenantId tenant, Exception error);

    [LoggerMessage(20006, LogLevel.Error, "{Tenant}: doing {Effect} failed")]
    internal static partial void EffectFailed(ILogger log, TenantId tenant, string effect, Exception error);

    [LoggerMessage(20007, LogLevel.Critical, "{Tenant}: the centre's thread ended by an error")]
    internal static partial void ThreadEnded(ILogger log, TenantId tenant, Exception error);

    [LoggerMessage(20008, LogLevel.Information, "{Tenant}: generation {Generation} begun from {Inputs} inputs")]
    internal static partial void Compacted(ILogger log, TenantId tenant, int generation, int inputs);
}

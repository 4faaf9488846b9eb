using Plateau.Contracts;

namespace Plateau.Server.Storage;

/// <summary>Log events of storage: 21000 to 21999.</summary>
internal static partial class Log
{
    [LoggerMessage(21000, LogLevel.Error, "{Tenant}: the database is away; records wait in the outbox")]
    internal static partial void DatabaseAway(ILogger log, TenantId tenant, Exception error);

    [LoggerMessage(21001, LogLevel.Information, "{Tenant}: the database is back; {Waiting} records to write")]
    internal static partial void DatabaseBack(ILogger log, TenantId tenant, long waiting);

    [LoggerMessage(21002, LogLevel.Critical, "{Tenant}: the database refused record {Ordinal}; set aside as {Path}")]
    internal static partial void EntrySetAside(
        ILogger log, TenantId tenant, long ordinal, string path, Exception error);

    [LoggerMessage(21003, LogLevel.Critical, "{Tenant}: writing to the database ended by an error")]
    internal static partial void WriterEnded(ILogger log, TenantId tenant, Exception error);

    [LoggerMessage(21004, LogLevel.Warning, "{Tenant}: what was kept long enough could not be removed this hour")]
    internal static partial void RetentionFailed(ILogger log, TenantId tenant, Exception error);
}

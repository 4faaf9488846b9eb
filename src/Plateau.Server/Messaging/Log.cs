using Plateau.Contracts;

namespace Plateau.Server.Messaging;

/// <summary>Log events of messaging: 22000 to 22999.</summary>
internal static partial class Log
{
    [LoggerMessage(22000, LogLevel.Error, "{Tenant}: webhooks wait; the work begins again shortly")]
    internal static partial void WebhooksFailed(ILogger log, TenantId tenant, Exception error);

    [LoggerMessage(22001, LogLevel.Warning,
        "{Tenant}: facts behind {After} are no longer kept; webhooks go on from {Nearest}")]
    internal static partial void WebhookFactsGone(ILogger log, TenantId tenant, long after, long nearest);
}

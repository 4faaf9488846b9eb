namespace Plateau.Server.Hosting;

/// <summary>How a part of the server is.</summary>
/// <param name="Part">Which.</param>
/// <param name="IsReady">Whether calls can be taken with it as it is.</param>
/// <param name="Detail">In words; empty when all is well.</param>
internal sealed record PartHealth(string Part, bool IsReady, string Detail);

/// <summary>Whether the server lives, whether it takes calls, and its figures. Without a key: nothing here is a
/// secret.</summary>
internal static class HealthRoutes
{
    public static void Map(WebApplication server)
    {
        server.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        server.MapGet("/health/ready", Ready).ExcludeFromDescription();
        server.MapGet("/metrics", (MetricsText metrics) => TypedResults.Text(metrics.Write(), MetricsText.MediaType))
            .ExcludeFromDescription();
    }

    private static IResult Ready(TenantHosts tenants, Drain drain)
    {
        var parts = tenants.All.SelectMany(Parts).Append(new PartHealth(
            "server", !drain.IsDraining, drain.IsDraining ? "draining" : string.Empty)).ToList();
        return TypedResults.Json(parts, statusCode: parts.All(p => p.IsReady) ? 200 : 503);
    }

    /// <summary>A database that is away is told but does not make the server unready: the telephone works on.</summary>
    private static IEnumerable<PartHealth> Parts(TenantHost tenant)
    {
        var (state, writer) = (tenant.Driver.State, tenant.Writer);
        yield return new PartHealth(
            $"centre {tenant.Id}", state.Phase == CentrePhase.Running && state.JournalError is null,
            state.JournalError ?? (state.Phase == CentrePhase.Running ? string.Empty : state.Phase.ToString()));
        yield return new PartHealth($"database {tenant.Id}", true, writer.Outage ?? string.Empty);
    }
}

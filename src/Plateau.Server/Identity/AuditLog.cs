using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.Server.Identity;

/// <summary>Who did what: configuration, keys, listening, exports.</summary>
internal sealed class AuditLog(Database database, ServerConfig config)
{
    private readonly IdSource _ids = new(NodeNumbers.Audit(config));
    private readonly Lock _gate = new();

    public async Task Write(TenantId tenant, AuditEntry entry)
    {
        await using var db = database.Open(tenant);
        db.Add(Row(tenant, entry));
        await db.SaveChangesAsync();
    }

    private AuditRow Row(TenantId tenant, AuditEntry entry)
    {
        var now = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        lock (_gate)
        {
            return new AuditRow
            {
                Tenant = tenant, Id = new RequestId(_ids.Next(now)).ToString(), At = now, Actor = entry.Actor,
                Address = entry.Address, Action = entry.Action, Subject = entry.Subject, Detail = entry.Detail,
            };
        }
    }
}

/// <param name="Actor">The key's name.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Action">Such as config.save, recording.listen, export.calls.</param>
/// <param name="Subject">On what.</param>
/// <param name="Detail">In words.</param>
internal sealed record AuditEntry(string Actor, string Address, string Action, string Subject, string? Detail = null);

/// <summary>Audits from a slice.</summary>
internal static class AuditCall
{
    public static Task Audit(this ApiCall call, string action, string subject, string? detail = null) =>
        call.Http.RequestServices.GetRequiredService<AuditLog>().Write(
            call.Tenant.Id, new AuditEntry(call.Caller.Name, call.Address, action, subject, detail));
}

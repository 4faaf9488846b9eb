using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Identity;

/// <summary>Who calls the API.</summary>
/// <param name="Name">The key's name, shown in the audit.</param>
/// <param name="Key">Public mark of the key: rate limits count by it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Tenants">Whose; empty for all tenants.</param>
internal sealed record Caller(
    string Name, string Key, IReadOnlyList<ApiScope> Scopes, IReadOnlyList<TenantId> Tenants)
{
    /// <summary>Who may operate or configure may also read.</summary>
    public bool May(ApiScope scope) => Scopes.Contains(scope) || scope == ApiScope.Read;

    public bool MayEnter(TenantId tenant) => Tenants.Count == 0 || Tenants.Contains(tenant);
}

using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>
/// The node numbers of a server's sources of ids, from its configured node on: telephony, audit, then two for each
/// tenant
/// (its centre's and its requests'). Servers that live side by side leave as many numbers between their nodes.
/// </summary>
internal static class NodeNumbers
{
    private const int OwnSources = 2;

    public static int Telephony(ServerConfig config) => config.Node;

    public static int Audit(ServerConfig config) => config.Node + 1;

    public static int OfTenant(ServerConfig config, int index) => config.Node + OwnSources + (2 * index);

    /// <summary>The number behind the last one that a server with so many tenants uses.</summary>
    public static int End(int node, int tenants) => node + OwnSources + (2 * tenants);
}

using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.Server.Hosting;

/// <summary>All tenants of this server.</summary>
internal sealed class TenantHosts : IAsyncDisposable
{
    /// <summary>Node numbers left to a server's own sources behind its tenants' (audit, telephony).</summary>
    private const int NodesOfTenants = 1_000;

    private readonly SortedDictionary<TenantId, TenantHost> _hosts = [];
    private readonly ForeignHttp _http;
    private readonly EspeakSynthesizer _voice = new();

    public TenantHosts(ServerConfig config, ServerFolders folders, Database database, ILogger<TenantHosts> log)
    {
        _http = new ForeignHttp(new ForeignHttpOptions { AllowPrivateAddresses = config.Limits.AllowPrivateTargets });
        var parts = new TenantParts(config, folders, database, _http, _voice, log);
        foreach (var tenant in config.Tenants)
        {
            // Two node numbers a tenant: its centre's and its requests'.
            var node = (config.Node + (2 * _hosts.Count)) % NodesOfTenants;
            _hosts[tenant.Tenant] = new TenantHost(tenant.Tenant, parts, node);
        }
    }

    /// <summary>What calls web servers that are not ours.</summary>
    public ForeignHttp Http => _http;

    /// <summary>In order of their names.</summary>
    public IReadOnlyCollection<TenantHost> All => _hosts.Values;

    public TenantHost? Find(TenantId tenant) => _hosts.GetValueOrDefault(tenant);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }

        _http.Dispose();
        _voice.Dispose();
    }
}

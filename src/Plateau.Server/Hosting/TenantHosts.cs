using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.Server.Hosting;

/// <summary>All tenants of this server.</summary>
internal sealed class TenantHosts : IAsyncDisposable
{
    private readonly SortedDictionary<TenantId, TenantHost> _hosts = [];
    private readonly ForeignHttp _http;
    private readonly EspeakSynthesizer _voice = new();

    public TenantHosts(ServerConfig config, ServerFolders folders, Database database, ILogger<TenantHosts> log)
    {
        _http = new ForeignHttp(new ForeignHttpOptions { AllowPrivateAddresses = config.Limits.AllowPrivateTargets });
        var parts = new TenantParts(config, folders, database, _http, _voice, log);
        foreach (var tenant in config.Tenants)
        {
            _hosts[tenant.Tenant] = new TenantHost(tenant.Tenant, parts, NodeNumbers.OfTenant(config, _hosts.Count));
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

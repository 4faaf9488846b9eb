using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Server.Telephony;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>Connects the tenants with the telephony of the server; a server without SIP listeners has none.</summary>
internal sealed class Lines(ServerConfig config, ServerFolders folders, Drain drain, ILogger<Lines> log) : IDisposable
{
    private readonly TelephonyFloor? _floor = config.Sip.Listeners.Count == 0
        ? null
        : TelephonyFloor.Open(config, folders, NodeNumbers.Telephony(config), log);

    /// <summary>The telephony; null without listeners.</summary>
    public TelephonyFloor? Floor => _floor;

    /// <summary>Lets the centre's effects on legs reach the lines; before the centre starts.</summary>
    public void Attach(TenantHost tenant)
    {
        if (_floor is { } floor)
        {
            tenant.Sinks.Leg = effect => floor.Sip.Perform(tenant.Id, effect);
            tenant.Sinks.AllLegsLost = () => floor.Sip.ClearAll(tenant.Id);
        }
    }

    /// <summary>Admits the tenant's trunks and phones, now and whenever its configuration changes; after the centre
    /// started.</summary>
    public void Open(TenantHost tenant)
    {
        if (_floor is null)
        {
            return;
        }

        Configure(tenant, tenant.Configs.Config);
        tenant.Configs.Changed += changed => Configure(tenant, changed);
    }

    public void Dispose() => _floor?.Dispose();

    private void Configure(TenantHost tenant, CentreConfig changed) =>
        _floor!.Sip.Configure(new TelephonyTenant(SecretText.Reveal(changed), input => Post(tenant, input), tenant.Prompts));

    /// <summary>A server that drains takes no new calls: the telephony answers them 503.</summary>
    private bool Post(TenantHost tenant, CentreInput input) =>
        !(drain.IsDraining && input is LegOffered) && tenant.Driver.Post(input);
}

using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Telephony;
using Plateau.Core.Agents;
using Plateau.Sip;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;
using Plateau.Sip.Registration;

namespace Plateau.Server.Telephony;

/// <summary>A phone of the house and its tenant.</summary>
/// <param name="Name">Names it in the endpoint: unique over all tenants.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Config">Its settings.</param>
/// <param name="Secret">What its password is verified with.</param>
/// <param name="Fixed">Where a phone is that does not register; null for one that does.</param>
internal sealed record PhoneAccount(
    string Name, TenantId Tenant, PhoneConfig Config, DigestSecret Secret, IPEndPoint? Fixed);

/// <summary>The phones of the house: their accounts, where they are, and the centres' knowledge of it.</summary>
/// <remarks>On the telephony thread. SIP users are phone names; of two tenants' phones of one name the first has
/// it.</remarks>
internal sealed class PhoneDriver
{
    private readonly SipDriver _sip;
    private readonly string _domain;
    private readonly DigestServer _digest;
    private readonly SourceThrottle _throttle = new(new ThrottleOptions());
    private readonly Dictionary<TenantId, TelephonyTenant> _tenants = [];
    private readonly Dictionary<(TenantId, PhoneId), PhoneAccount> _phones = [];
    private readonly Dictionary<string, PhoneAccount> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PhoneAccount> _names = [];
    private readonly Dictionary<IPEndPoint, PhoneAccount> _fixed = [];
    private readonly HashSet<string> _reachable = [];

    internal PhoneDriver(SipDriver sip, SipDriverOptions options)
    {
        _sip = sip;
        _domain = options.Domain;
        _digest = new DigestServer(new DigestOptions(options.Domain), options.Secret);
    }

    /// <summary>Takes the phones of a tenant, and tells its centre which of them can be reached.</summary>
    internal void Configure(TelephonyTenant tenant)
    {
        _tenants[tenant.Id] = tenant;
        var names = tenant.Config.Phones.Select(phone => phone.Id).ToHashSet();
        foreach (var gone in _phones.Values.Where(p => p.Tenant == tenant.Id && !names.Contains(p.Config.Id)).ToList())
        {
            Remove(gone);
        }

        foreach (var config in tenant.Config.Phones)
        {
            Add(tenant, config);
        }
    }

    /// <summary>The phone by the name the endpoint knows it under; null for others.</summary>
    internal PhoneAccount? Find(string name) => _names.GetValueOrDefault(name);

    /// <summary>The phone of a tenant; null when it has none such.</summary>
    internal PhoneAccount? Find(TenantId tenant, PhoneId phone) => _phones.GetValueOrDefault((tenant, phone));

    /// <summary>The phone at a fixed address; null when there is none.</summary>
    internal PhoneAccount? FindFixed(IPEndPoint source) => _fixed.Count == 0 ? null : _fixed.GetValueOrDefault(source);

    /// <summary>Whether the one who sends a request says that it is a phone of the house.</summary>
    internal bool Knows(SipRequest request) =>
        request.Headers.From?.Uri.DecodedUser is { } user && _users.ContainsKey(user);

    /// <summary>A request of one who says that it is a phone of the house: it must prove it.</summary>
    internal SipAdmission Judge(Instant now, SipFlow flow, SipRequest request)
    {
        // RFC 3261 §22.1: ACK and CANCEL are never challenged; those that mean something found their INVITE already.
        if (_throttle.IsShutOut(now, flow.Remote.Address)
            || request.Method == SipMethod.Cancel || request.Method == SipMethod.Ack)
        {
            return SipAdmission.Dropped;
        }

        var onlyMd5 = KnowsOnlyMd5(request);
        switch (_digest.Verify(now, request, name => _users.GetValueOrDefault(name)?.Secret, out var proved))
        {
            case DigestVerdict.Accepted when _users.TryGetValue(proved!, out var account):
                _throttle.Succeed(flow.Remote.Address);
                return request.Method == SipMethod.Register && !IsOwn(request, account)
                    ? SipAdmission.Refused(SipStatus.Forbidden)
                    : SipAdmission.Account(account.Name) with { BindingsMax = account.Config.RegistrationsMax };
            case DigestVerdict.Stale:
                return SipAdmission.Refused(SipStatus.Unauthorized, _digest.Challenge(now, isStale: true, onlyMd5));
            case DigestVerdict.Absent:
                return SipAdmission.Refused(SipStatus.Unauthorized, _digest.Challenge(now, onlyMd5: onlyMd5));
            default:
                return _throttle.Fail(now, flow.Remote.Address) is null
                    ? SipAdmission.Refused(SipStatus.Unauthorized, _digest.Challenge(now, onlyMd5: onlyMd5))
                    : SipAdmission.Refused(SipStatus.Forbidden);
        }
    }

    /// <summary>The devices of a phone to ring, best first; empty when it cannot be reached.</summary>
    internal IReadOnlyList<Binding> TargetsOf(PhoneAccount account)
    {
        if (account.Fixed is not { } address)
        {
            return _sip.BindingsOf(account.Name);
        }

        return _sip.FlowTo(SipTransport.Udp, address) is { } flow
            ? [new Binding(SipUri.Sip(account.Config.Id.Value, address.Address.ToString(), address.Port), flow, Instant.Never)]
            : [];
    }

    /// <summary>The devices of an account changed.</summary>
    internal void Hear(BindingsChanged changed)
    {
        if (_names.TryGetValue(changed.Account, out var account))
        {
            Tell(account, changed.Bindings.Count > 0);
        }
    }

    private void Add(TelephonyTenant tenant, PhoneConfig config)
    {
        if (_phones.TryGetValue((tenant.Id, config.Id), out var known))
        {
            if (TelephonyTenant.AreSame(known.Config, config))
            {
                return;
            }

            Forget(known);
        }

        var secret = DigestSecret.Of(config.Id.Value, _domain, config.Secret);
        var isFixed = IPEndPoint.TryParse(config.Address ?? "", out var address);
        var account = new PhoneAccount(
            $"phone:{tenant.Id}/{config.Id}", tenant.Id, config, secret, isFixed ? address : null);
        _phones[(tenant.Id, config.Id)] = account;
        _names[account.Name] = account;
        _users.TryAdd(config.Id.Value, account);
        if (account.Fixed is not null)
        {
            _fixed[account.Fixed] = account;
        }

        Tell(account, account.Fixed is not null || _sip.BindingsOf(account.Name).Count > 0);
    }

    private void Remove(PhoneAccount account)
    {
        Tell(account, isReachable: false);
        Forget(account);
    }

    private void Forget(PhoneAccount account)
    {
        _phones.Remove((account.Tenant, account.Config.Id));
        _names.Remove(account.Name);
        if (_users.GetValueOrDefault(account.Config.Id.Value) == account)
        {
            _users.Remove(account.Config.Id.Value);
        }

        if (account.Fixed is not null)
        {
            _fixed.Remove(account.Fixed);
        }
    }

    private void Tell(PhoneAccount account, bool isReachable)
    {
        if (isReachable ? _reachable.Add(account.Name) : _reachable.Remove(account.Name))
        {
            _tenants[account.Tenant].Post(new PhonePresence(account.Config.Id, isReachable));
        }
    }

    /// <summary>
    /// baresip before version 2 does not register at all when any challenge names an algorithm it does not know, where
    /// RFC 8760 §2.4 has it take the next one (seen with 1.0.0 of Debian 12).
    /// </summary>
    private static bool KnowsOnlyMd5(SipRequest request) => request.Headers.UserAgent is { } product
        && (product.StartsWith("baresip v0.", StringComparison.Ordinal)
            || product.StartsWith("baresip v1.", StringComparison.Ordinal));

    /// <summary>RFC 3261 §10.3 step 4: an account binds devices to itself only.</summary>
    private static bool IsOwn(SipRequest register, PhoneAccount account) => string.Equals(
        register.Headers.To?.Uri.DecodedUser, account.Config.Id.Value, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Telephony;
using Plateau.Sip;
using Plateau.Sip.Messages;
using Plateau.Sip.Registration;

namespace Plateau.Server.Telephony;

/// <summary>The trunks of all tenants: names resolved, registrations kept, hosts probed, routes chosen.</summary>
/// <remarks>On the telephony thread, but for the resolving of names, whose answers come back to it.</remarks>
internal sealed class TrunkDriver
{
    private static readonly TimeSpan ResolveEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ResolveAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly SipDriver _sip;
    private readonly Prng _chance;
    private readonly ILogger _log;
    private readonly string _domain;
    private readonly Dictionary<string, TrunkState> _trunks = [];
    private readonly List<TrunkState> _ordered = [];
    private readonly Dictionary<IPEndPoint, TrunkState> _hosts = [];
    private readonly Dictionary<IPAddress, TrunkState> _addresses = [];

    internal TrunkDriver(SipDriver sip, SipDriverOptions options, Prng chance, ILogger log)
    {
        _sip = sip;
        _chance = chance;
        _log = log;
        _domain = options.Domain;
    }

    /// <summary>When something is due.</summary>
    internal Instant NextDeadline { get; private set; } = Instant.Never;

    /// <summary>Takes the trunks of a tenant; one that did not change keeps its state.</summary>
    internal void Configure(TelephonyTenant tenant)
    {
        var wanted = tenant.Config.Trunks.ToDictionary(trunk => $"trunk:{tenant.Id}/{trunk.Id}");
        foreach (var gone in _ordered.Where(t => t.Tenant == tenant.Id
            && !TelephonyTenant.AreSame(wanted.GetValueOrDefault(t.Name), t.Config)).ToList())
        {
            _ordered.Remove(gone);
            _trunks.Remove(gone.Name);
            _sip.Drive((endpoint, outputs) => endpoint.StopRegistration(_sip.Now, gone.Name, outputs));
        }

        foreach (var (name, config) in wanted.Where(pair => !_trunks.ContainsKey(pair.Key)))
        {
            var trunk = new TrunkState(tenant, config) { IsRegistered = config.Account is not { Registers: true } };
            _trunks.Add(name, trunk);
            _ordered.Add(trunk);
        }

        IndexSources();
        NextDeadline = _sip.Now;
        Tick(_sip.Now);
    }

    /// <summary>The trunk by the name the endpoint knows it under; null for others.</summary>
    internal TrunkState? Find(string name) => _trunks.GetValueOrDefault(name);

    /// <summary>The trunk of which this is a host; null when there is none.</summary>
    internal TrunkState? FindHost(IPEndPoint source) => _hosts.GetValueOrDefault(source);

    /// <summary>The trunk that may call from an address; null when there is none.</summary>
    internal TrunkState? FindSource(IPAddress source)
    {
        if (_addresses.TryGetValue(source, out var trunk))
        {
            return trunk;
        }

        foreach (var candidate in _ordered)
        {
            foreach (var network in candidate.Networks)
            {
                if (network.Contains(source))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>The ways out for a call of a tenant, in the order in which they are to be tried.</summary>
    /// <remarks>By priority of trunk and host, lower first; among equals drawn by weight (RFC 2782 in
    /// spirit).</remarks>
    internal List<TrunkRoute> RoutesFor(TenantId tenant)
    {
        var routes = new List<TrunkRoute>();
        foreach (var trunk in Draw(_ordered.Where(t => t.Tenant == tenant), t => t.Config.Priority, t => t.Config.Weight))
        {
            foreach (var host in Draw(trunk.Hosts, h => h.Config.Priority, h => h.Config.Weight))
            {
                if (trunk.IsRegistered && IsUsable(host) && _sip.FlowTo(host.Transport, host.Addresses[0]) is { } flow)
                {
                    routes.Add(new TrunkRoute(trunk, host, flow));
                }
            }
        }

        return routes;
    }

    /// <summary>The INVITE for a number over a route.</summary>
    internal OutgoingCall CallOver(TrunkRoute route, string number, string caller, string callerName, byte[] offer)
    {
        var trunk = route.Trunk;
        var host = trunk.Config.Account?.Domain ?? HostOf(route.Flow.Remote);
        var port = trunk.Config.Account?.Domain is null ? route.Flow.Remote.Port : 0;
        var target = SipUri.Sip(trunk.TranslateOutbound(number), host, port);
        target = route.Host.Transport == SipTransport.Udp
            ? target
            : target.WithParameter("transport", route.Host.Config.Transport.ToString().ToLowerInvariant());
        var shown = trunk.CallerIdFor(caller);
        var domain = trunk.Config.Account?.Domain ?? _domain;
        var user = trunk.Config.Account is { } account && shown.Length == 0 ? account.User : shown;
        var from = new NameAddress(
            callerName.Length == 0 ? null : callerName, SipUri.Sip(user.Length == 0 ? "anonymous" : user, domain),
            SipParameters.Empty);
        return new OutgoingCall(target, route.Flow, from, offer)
        {
            Peer = trunk.Name,
            Credentials = trunk.Credentials,
            AssertedIdentity = trunk.Config.IsTrusted && user.Length > 0 ? from : null,
            IsPrivate = caller.Length == 0,
        };
    }

    /// <summary>A call over a host found it silent or out of order.</summary>
    internal void Suspect(TrunkRoute route)
    {
        route.Host.RetryAt = _sip.Now + RetryAfter;
        SetUp(route.Trunk, route.Host, isUp: false);
    }

    /// <summary>Resolves and probes what is due.</summary>
    internal void Tick(Instant now)
    {
        if (now < NextDeadline && !NextDeadline.IsNever)
        {
            return;
        }

        NextDeadline = Instant.Never;
        foreach (var trunk in _ordered)
        {
            for (var i = 0; i < trunk.Hosts.Count; i++)
            {
                Tick(now, trunk, i);
            }
        }
    }

    /// <summary>News of registrations and probes.</summary>
    internal void Hear(SipOutput output)
    {
        switch (output)
        {
            case RegistrationGranted granted when Find(granted.Registration) is { } trunk:
                trunk.IsRegistered = true;
                break;
            case RegistrationRefused refused when Find(refused.Registration) is { } trunk:
                trunk.IsRegistered = false;
                TelephonyLog.TrunkUnregistered(_log, trunk.Tenant, trunk.Config.Id, refused.Status);
                break;
            case ProbeAnswered probe:
                Hear(probe);
                break;
        }
    }

    private void Hear(ProbeAnswered probe)
    {
        var split = probe.Probe.LastIndexOf('#');
        var index = int.Parse(probe.Probe.AsSpan(split + 1), CultureInfo.InvariantCulture);
        if (Find(probe.Probe[..split]) is { } trunk && index < trunk.Hosts.Count)
        {
            SetUp(trunk, trunk.Hosts[index], probe.IsAlive);
        }
    }

    private void SetUp(TrunkState trunk, TrunkHost host, bool isUp)
    {
        if (host.IsUp != isUp)
        {
            host.IsUp = isUp;
            TelephonyLog.TrunkHost(_log, trunk.Tenant, host.Config.Host, trunk.Config.Id, isUp ? "up" : "down");
        }
    }

    private bool IsUsable(TrunkHost host) =>
        host.Addresses.Count > 0 && (host.IsUp || _sip.Now >= host.RetryAt);

    private void Tick(Instant now, TrunkState trunk, int index)
    {
        var host = trunk.Hosts[index];
        if (now >= host.ResolveAt)
        {
            host.ResolveAt = now + ResolveEvery;
            Resolve(trunk, index);
        }

        if (now >= host.ProbeAt && host.Addresses.Count > 0
            && _sip.FlowTo(host.Transport, host.Addresses[0]) is { } flow)
        {
            host.ProbeAt = now + TimeSpan.FromSeconds(trunk.Config.ProbeS);
            var target = SipUri.Sip(null, HostOf(flow.Remote), flow.Remote.Port);
            _sip.Drive((endpoint, outputs) => endpoint.SendProbe(now, $"{trunk.Name}#{index}", target, flow, outputs));
        }

        NextDeadline = Instant.Min(NextDeadline, Instant.Min(host.ResolveAt, host.ProbeAt));
    }

    private void Resolve(TrunkState trunk, int index)
    {
        var host = trunk.Hosts[index];
        if (IPAddress.TryParse(host.Config.Host, out var literal))
        {
            Resolved(trunk, index, [new IPEndPoint(literal, PortOf(host))]);
            return;
        }

        _ = TrunkResolver.ResolveAsync(host.Config, PortOf(host)).ContinueWith(
            answer => _sip.Post(() => Resolved(trunk, index, answer.IsCompletedSuccessfully ? answer.Result : [])),
            TaskScheduler.Default);
    }

    private void Resolved(TrunkState trunk, int index, IReadOnlyList<IPEndPoint> addresses)
    {
        var host = trunk.Hosts[index];
        var now = _sip.Now;
        if (addresses.Count == 0)
        {
            TelephonyLog.Unresolved(_log, trunk.Tenant, trunk.Config.Id, host.Config.Host);
            host.ResolveAt = now + ResolveAgain;
            NextDeadline = Instant.Min(NextDeadline, host.ResolveAt);
            return;
        }

        var isNew = host.Addresses.Count == 0;
        host.Addresses = addresses;
        IndexSources();
        if (isNew)
        {
            host.ProbeAt = trunk.Config.ProbeS > 0 ? now : Instant.Never;
            NextDeadline = Instant.Min(NextDeadline, host.ProbeAt);
            if (index == 0)
            {
                Register(trunk, host);
            }
        }
    }

    private void Register(TrunkState trunk, TrunkHost host)
    {
        if (trunk.Config.Account is not { Registers: true } account
            || _sip.FlowTo(host.Transport, host.Addresses[0]) is not { } flow)
        {
            return;
        }

        var domain = account.Domain ?? HostOf(flow.Remote);
        var config = new RegistrationConfig(
            trunk.Name, SipUri.Sip(null, domain), SipUri.Sip(account.User, domain), flow)
        {
            Credentials = trunk.Credentials,
            ExpiresSeconds = account.ExpiryS,
        };
        _sip.Drive((endpoint, outputs) => endpoint.StartRegistration(_sip.Now, config, outputs));
    }

    private void IndexSources()
    {
        _hosts.Clear();
        _addresses.Clear();
        foreach (var trunk in _ordered)
        {
            foreach (var address in trunk.Hosts.SelectMany(host => host.Addresses))
            {
                _hosts.TryAdd(address, trunk);
                if (trunk.Networks.Count == 0)
                {
                    _addresses.TryAdd(address.Address, trunk);
                }
            }
        }
    }

    private IEnumerable<T> Draw<T>(IEnumerable<T> items, Func<T, int> priority, Func<T, int> weight)
    {
        foreach (var equals in items.GroupBy(priority).OrderBy(group => group.Key))
        {
            var left = equals.ToList();
            while (left.Count > 0)
            {
                var drawn = _chance.NextBelow(left.Sum(item => Math.Max(1, weight(item))));
                var index = 0;
                while (drawn >= Math.Max(1, weight(left[index])))
                {
                    drawn -= Math.Max(1, weight(left[index++]));
                }

                yield return left[index];
                left.RemoveAt(index);
            }
        }
    }

    private static int PortOf(TrunkHost host) => host.Config.Port != 0
        ? host.Config.Port
        : host.Config.Transport == SipTransportKind.Tls ? 5061 : 5060;

    private static string HostOf(IPEndPoint endpoint) =>
        endpoint.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"[{endpoint.Address}]"
            : endpoint.Address.ToString();
}

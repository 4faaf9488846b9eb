using Plateau.Contracts;
using Plateau.Sip.Dialogs;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Sip.Registration;
using Plateau.Sip.Transactions;

namespace Plateau.Sip;

/// <summary>A whole SIP user agent without sockets and clock: bytes, requests of the application and time go in;
/// bytes and news come out. The server and the simulator drive the same one.</summary>
/// <remarks>
/// One thread. Each member that takes outputs appends to them and never reads them. After every call,
/// <see cref="NextDeadline"/> says when <see cref="Tick"/> has something to do.
/// Source: RFC 3261, 3262, 3264, 3311, 3325, 3326, 3515, 3581, 3891, 4028, 4488, 6026.
/// </remarks>
public sealed class SipEndpoint
{
    private readonly SipStack _stack;
    private readonly Registrar _registrar;
    private readonly Dictionary<string, RegistrationMachine> _registrations = [];
    private readonly SipReceiver _receiver;

    /// <summary>An endpoint without legs.</summary>
    /// <param name="config">What it says about itself.</param>
    /// <param name="admission">Decides about requests from outside, before any state is made.</param>
    /// <param name="chance">Source of ids, tags and random pauses; tags must not be guessed, so seed it well.</param>
    public SipEndpoint(SipEndpointConfig config, ISipAdmission admission, Prng chance)
    {
        _stack = new SipStack(config, chance);
        _registrar = new Registrar(_stack);
        _receiver = new SipReceiver(_stack, _registrar, admission);
    }

    /// <summary>When <see cref="Tick"/> is next due; <see cref="Instant.Never"/> when nothing waits.</summary>
    public Instant NextDeadline => _stack.Deadlines.Earliest;

    /// <summary>Legs alive, those that linger after their end included.</summary>
    public int LegCount => _stack.LegCount;

    /// <summary>Transactions alive, client and server.</summary>
    public int TransactionCount => _stack.Transactions.ClientCount + _stack.Transactions.ServerCount;

    /// <summary>Dialogs that requests can find; for tests of leaks.</summary>
    internal int DialogCount => _stack.DialogCount;

    /// <summary>Deadlines set; for tests of leaks.</summary>
    internal int DeadlineCount => _stack.Deadlines.Count;

    /// <summary>Takes one message: a datagram, or what the stream framing found.</summary>
    public void Receive(Instant now, SipFlow flow, ReadOnlyMemory<byte> bytes, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        _receiver.Receive(flow, bytes.Span);
    }

    /// <summary>Does what is due.</summary>
    public void Tick(Instant now, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        while (_stack.Deadlines.TakeDue(now) is { } due)
        {
            due.Owner.DeadlineReached(now);
        }
    }

    /// <summary>A message could not be sent, or a connection broke.</summary>
    public void FlowFailed(Instant now, SipFlow flow, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        _stack.Transactions.FlowFailed(flow);
        _registrar.FlowFailed(flow);
    }

    /// <summary>Calls someone; the id of the new leg, or none when a limit is reached.</summary>
    public SipLegId Invite(Instant now, OutgoingCall call, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        if (!_stack.HasRoomFor(call.Peer))
        {
            return default;
        }

        var leg = _stack.AddLeg(call.Peer, call.Flow);
        leg.StartOutgoing(call);
        return leg.Id;
    }

    /// <summary>Asks something of a leg; ignored when the leg has ended.</summary>
    public void Apply(Instant now, SipLegId leg, SipLegInput input, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        _stack.FindLeg(leg)?.Apply(input);
    }

    /// <summary>The devices of an account, best first.</summary>
    public IReadOnlyList<Binding> BindingsOf(string account) => _registrar.BindingsOf(account);

    /// <summary>Starts to keep a registration in force; one of the same name is replaced.</summary>
    public void StartRegistration(Instant now, RegistrationConfig config, List<SipOutput> outputs)
    {
        StopRegistration(now, config.Name, outputs);
        var registration = new RegistrationMachine(_stack, config);
        _registrations.Add(config.Name, registration);
        registration.Start();
    }

    /// <summary>Takes a registration back; nothing happens when there is none of that name.</summary>
    public void StopRegistration(Instant now, string name, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        if (_registrations.Remove(name, out var registration))
        {
            registration.Stop();
        }
    }

    /// <summary>Asks a peer with OPTIONS whether it is alive; <see cref="ProbeAnswered"/> follows within 32
    /// s.</summary>
    public void SendProbe(Instant now, string name, SipUri target, SipFlow flow, List<SipOutput> outputs)
    {
        _stack.Begin(now, outputs);
        new Probe(_stack, name).Send(target, flow);
    }
}

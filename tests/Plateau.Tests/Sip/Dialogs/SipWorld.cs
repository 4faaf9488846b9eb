using System.Net;
using System.Text;
using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;

namespace Plateau.Tests.Sip.Dialogs;

/// <summary>Admits everyone as one trusted trunk, or whatever a test sets.</summary>
internal sealed class OpenAdmission : ISipAdmission
{
    internal Func<SipRequest, SipAdmission> Decide { get; set; } = _ => SipAdmission.Trusted("trunk");

    public SipAdmission Admit(Instant now, SipFlow flow, SipRequest request) => Decide(request);

    public bool AnswersMalformed(SipFlow flow) => true;
}

/// <summary>How a simulated network treats messages; all chances in percent.</summary>
internal sealed record NetworkConfig(int LossPercent = 0, int DuplicatePercent = 0, int ReorderPercent = 0);

/// <summary>Two endpoints, A and B, and the network between them, in virtual time; repeatable by its seed.</summary>
internal sealed class SipWorld
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    private readonly Prng _chance;
    private readonly PriorityQueue<(char To, byte[] Bytes), (long At, long Sequence)> _wire = new();
    private readonly List<Func<char, SipMessage, bool>> _drops = [];
    private long _sequence;

    internal SipWorld(ulong seed = 1, NetworkConfig? network = null, SipEndpointConfig? config = null)
    {
        _chance = new Prng(seed);
        Network = network ?? new NetworkConfig();
        A = new SipParty('A', 1, seed, config);
        B = new SipParty('B', 2, seed, config);
    }

    internal NetworkConfig Network { get; set; }

    internal Instant Now { get; private set; } = Instant.Epoch;

    internal SipParty A { get; }

    internal SipParty B { get; }

    /// <summary>What happened, in order: "A:INVITE+sdp" was sent by A, "B!offered" was told to the application of
    /// B.</summary>
    internal List<string> Trace { get; } = [];

    /// <summary>Loses the next message from this party that is so written in the trace, as often as told.</summary>
    internal void DropNext(char from, string kind, int times = 1) => _drops.Add((sender, message) =>
        sender == from && SipTrace.Kind(message) == kind && times-- > 0);

    /// <summary>Performs an action of an application and carries its outputs.</summary>
    internal void Do(SipParty party, Action<SipEndpoint, List<SipOutput>> action)
    {
        var outputs = new List<SipOutput>();
        action(party.Endpoint, outputs);
        Carry(party, outputs);
    }

    internal void Apply(SipParty party, SipLegInput input) =>
        Do(party, (endpoint, outputs) => endpoint.Apply(Now, party.Leg, input, outputs));

    /// <summary>Hands raw bytes to a party, as if its peer had sent them.</summary>
    internal void Inject(SipParty to, SipMessage message) =>
        Do(to, (endpoint, outputs) => endpoint.Receive(Now, Other(to).FlowFromPeer(to), SipWriter.ToBytes(message), outputs));

    /// <summary>Lets time pass up to an instant.</summary>
    internal void RunUntil(Instant end)
    {
        while (true)
        {
            var wire = _wire.TryPeek(out _, out var key) ? new Instant(key.At) : Instant.Never;
            var next = Instant.Min(wire, Instant.Min(A.Endpoint.NextDeadline, B.Endpoint.NextDeadline));
            if (next > end || next.IsNever)
            {
                break;
            }

            Now = Instant.Max(Now, next);
            if (wire <= next)
            {
                var (to, bytes) = _wire.Dequeue();
                var party = to == 'A' ? A : B;
                Do(party, (endpoint, outputs) => endpoint.Receive(Now, Other(party).FlowFromPeer(party), bytes, outputs));
                continue;
            }

            Do(A, (endpoint, outputs) => endpoint.Tick(Now, outputs));
            Do(B, (endpoint, outputs) => endpoint.Tick(Now, outputs));
        }

        Now = Instant.Max(Now, end.IsNever ? Now : end);
    }

    internal SipParty Other(SipParty party) => ReferenceEquals(party, A) ? B : A;

    private void Carry(SipParty party, List<SipOutput> outputs)
    {
        foreach (var output in outputs)
        {
            if (output is SendBytes send)
            {
                Send(party, send.Bytes.ToArray());
            }
            else
            {
                Trace.Add($"{party.Name}!{SipTrace.Event(output)}");
                party.Note(output);
                party.OnOutput?.Invoke(output);
            }
        }
    }

    private void Send(SipParty from, byte[] bytes)
    {
        var message = SipParser.Parse(Encoding.UTF8.GetString(bytes));
        Trace.Add($"{from.Name}:{SipTrace.Kind(message)}");
        from.Sent.Add(message);
        if (_drops.Any(drop => drop(from.Name, message)) || _chance.NextBelow(100) < Network.LossPercent)
        {
            Trace[^1] += "(lost)";
            return;
        }

        var copies = _chance.NextBelow(100) < Network.DuplicatePercent ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var late = _chance.NextBelow(100) < Network.ReorderPercent ? 10 + _chance.NextBelow(300) : 0;
            var at = Now + Latency + TimeSpan.FromMilliseconds(late);
            _wire.Enqueue((Other(from).Name, bytes), (at.Microseconds, _sequence++));
        }
    }
}

/// <summary>One of the two endpoints with what its application has heard.</summary>
internal sealed class SipParty
{
    private readonly IPEndPoint _address;

    internal SipParty(char name, byte number, ulong seed, SipEndpointConfig? config)
    {
        Name = name;
        _address = new IPEndPoint(new IPAddress([127, 0, 0, number]), 5060);
        Endpoint = new SipEndpoint(config ?? new SipEndpointConfig(), Admission, new Prng(seed * 7_919 + number));
    }

    internal char Name { get; }

    internal OpenAdmission Admission { get; } = new();

    internal SipEndpoint Endpoint { get; }

    /// <summary>The leg named last.</summary>
    internal SipLegId Leg { get; set; }

    internal List<SipMessage> Sent { get; } = [];

    internal Dictionary<SipLegId, SipLegEnd> Ends { get; } = [];

    internal HashSet<SipLegId> Legs { get; } = [];

    internal Action<SipOutput>? OnOutput { get; set; }

    internal SipRequest LastRequest(SipMethod method) =>
        Sent.OfType<SipRequest>().Last(request => request.Method == method);

    internal SipFlow FlowTo(SipParty peer) => new(SipTransport.Udp, _address, peer._address);

    internal SipFlow FlowFromPeer(SipParty receiver) => receiver.FlowTo(this);

    internal void Note(SipOutput output)
    {
        if (output is DialogOffered offered)
        {
            Leg = offered.Leg;
            Legs.Add(offered.Leg);
        }
        else if (output is DialogEnded ended)
        {
            Assert.True(Ends.TryAdd(ended.Leg, ended.End), $"{Name} heard the end of {ended.Leg} twice");
        }
    }
}

/// <summary>Short words for messages and outputs.</summary>
internal static class SipTrace
{
    internal static string Kind(SipMessage message)
    {
        var sdp = message.Body.IsEmpty || !message.HasBodyOf("application/sdp") ? "" : "+sdp";
        return message switch
        {
            SipRequest request => request.Method.Text + sdp,
            SipResponse response when response.CSeqMethod == SipMethod.Invite => response.Status + sdp,
            SipResponse response => $"{response.Status}/{response.CSeqMethod}{sdp}",
            _ => "?",
        };
    }

    internal static string Event(SipOutput output) => output switch
    {
        DialogOffered offered => offered.Call.Offer.IsEmpty ? "offered" : "offered+sdp",
        DialogProgressed progressed => $"{progressed.Status}{Sdp(progressed.Sdp)}",
        DialogAnswered answered => $"answered{Sdp(answered.Sdp)}{(answered.IsOffer ? "(offer)" : "")}",
        DialogConfirmed confirmed => $"confirmed{Sdp(confirmed.Sdp)}",
        OfferReceived offer => $"offer{Sdp(offer.Sdp)}",
        OfferAnswered => "answer",
        OfferRefused refused => $"refused-{refused.Status}",
        DigitReceived digit => $"digit-{digit.Digit}",
        ReferReceived refer => $"refer-{refer.Target.User}",
        ReferProgressed refer => $"refer-{refer.Status}",
        DialogEnded ended => $"ended-{ended.End.Cause}-{ended.End.Side}",
        BindingsChanged changed => $"bindings-{changed.Account}-{changed.Bindings.Count}",
        RegistrationGranted granted => $"registered-{granted.ExpiresSeconds}",
        RegistrationRefused refused => $"unregistered-{refused.Status}",
        ProbeAnswered probe => $"probe-{probe.Status}",
        MessageRefused refused => $"dropped-{refused.Why}",
        _ => output.GetType().Name,
    };

    private static string Sdp(ReadOnlyMemory<byte> sdp) => sdp.IsEmpty ? "" : "+sdp";
}

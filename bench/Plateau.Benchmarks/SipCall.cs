using System.Net;
using System.Text;
using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Benchmarks;

/// <summary>
/// Signalling of whole calls between two endpoints, without the kernel: INVITE, 100, 180, 200, ACK, BYE, 200 with all
/// transactions and dialogs of both, and the timers that end them.
/// </summary>
internal sealed class SipCall : ISipAdmission
{
    private static readonly byte[] Sdp = Encoding.ASCII.GetBytes("""
        v=0
        o=- 1437281091 1437281091 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio 14802 RTP/AVP 8 0
        a=sendrecv

        """.ReplaceLineEndings("\r\n"));

    private static readonly SipFlow FromCaller = new(SipTransport.Udp, Party(1), Party(2));
    private static readonly SipFlow FromCalled = new(SipTransport.Udp, Party(2), Party(1));

    private readonly List<SipOutput> _outputs = [];
    private readonly Queue<(bool ToCalled, ReadOnlyMemory<byte> Bytes)> _wire = new();
    private readonly SipEndpoint _caller;
    private readonly SipEndpoint _called;
    private readonly OutgoingCall _call = new(
        SipUri.Parse("sip:0199000001@127.0.0.2"), FromCaller, NameAddress.Parse("<sip:0199000002@127.0.0.1>"), Sdp);

    private SipLegId _calledLeg;
    private Instant _now = Instant.FromUnixSeconds(1);

    internal SipCall()
    {
        _caller = new SipEndpoint(new SipEndpointConfig(), this, new Prng(1));
        _called = new SipEndpoint(new SipEndpointConfig(), this, new Prng(2));
    }

    /// <summary>Legs and transactions that the calls made so far have left behind.</summary>
    internal int Left => _caller.LegCount + _called.LegCount + _caller.TransactionCount + _called.TransactionCount;

    /// <summary>One call; a second between its steps, and the wait for the last timers after it.</summary>
    /// <returns>Messages sent by both: 7.</returns>
    internal int Run()
    {
        var leg = _caller.Invite(_now, _call, _outputs);
        var messages = Carry(isCaller: true);
        messages += Do(isCaller: false, _calledLeg, new SipRing());
        messages += Do(isCaller: false, _calledLeg, new SipAnswer(Sdp));
        messages += Do(isCaller: true, leg, new SipHangUp());
        _now += TimeSpan.FromSeconds(40);
        _caller.Tick(_now, _outputs);
        _called.Tick(_now, _outputs);
        _outputs.Clear();
        return messages;
    }

    /// <inheritdoc/>
    public SipAdmission Admit(Instant now, SipFlow flow, SipRequest request) => SipAdmission.Trusted("trunk");

    /// <inheritdoc/>
    public bool AnswersMalformed(SipFlow flow) => true;

    private static IPEndPoint Party(byte number) => new(new IPAddress([127, 0, 0, number]), 5060);

    private int Do(bool isCaller, SipLegId leg, SipLegInput input)
    {
        _now += TimeSpan.FromSeconds(1);
        (isCaller ? _caller : _called).Apply(_now, leg, input, _outputs);
        return Carry(isCaller);
    }

    private int Carry(bool isCaller)
    {
        var messages = Send(isCaller);
        while (_wire.TryDequeue(out var next))
        {
            (next.ToCalled ? _called : _caller).Receive(
                _now, next.ToCalled ? FromCalled : FromCaller, next.Bytes, _outputs);
            messages += Send(isCaller: !next.ToCalled);
        }

        return messages;
    }

    private int Send(bool isCaller)
    {
        var messages = 0;
        foreach (var output in _outputs)
        {
            if (output is SendBytes send)
            {
                _wire.Enqueue((isCaller, send.Bytes));
                messages++;
            }
            else if (output is DialogOffered offered)
            {
                _calledLeg = offered.Leg;
            }
        }

        _outputs.Clear();
        return messages;
    }
}

using Plateau.Contracts;

namespace Plateau.Media.Rtp;

/// <summary>Decides whose packets a leg believes, so that a stray or hostile source can neither inject nor take
/// over.</summary>
/// <remarks>
/// <code>
/// state      announced address          other address                          
/// Closed     drop                       drop                                   until an SDP came
/// Strict     accept, send there         drop                                   far end not behind NAT
/// Learning   accept, becomes Latched    probation; n in a row → Latched        NAT, inside the window
/// Latched    only if it is the learnt   drop                                   NAT; announced may return after
///            one, or that is silent                                            the learnt one fell silent
/// Expired    accept, becomes Latched    drop                                   NAT, window over, nobody came
/// </code>
/// A source on probation must send negotiated payload types with one SSRC and consecutive sequence numbers, and come
/// from the signalling address when that is known. Only new signalling opens the window again.
/// Source: RFC 4961 (symmetric RTP), RFC 7362 §4 (latching and its dangers).
/// </remarks>
public sealed class RtpReceiveLatch(LatchConfig config)
{
    private readonly Candidate[] _candidates = new Candidate[Limits.LatchCandidatesMax];
    private MediaEndpoint _announced;
    private UInt128? _signallingAddress;
    private PayloadTypeSet _payloadTypes;
    private bool _mayBeBehindNat;
    private Instant _windowEnd;
    private Instant _lastAccepted;
    private int _candidateCount;

    /// <summary>Whom we believe, and whom we send to; none until someone is believed.</summary>
    public MediaEndpoint Believed { get; private set; }

    /// <summary>Whom to send to: the believed source, else the announced address.</summary>
    public MediaEndpoint SendTo => Believed.IsNone ? _announced : Believed;

    /// <summary>Packets turned away since the last <see cref="Announce"/>.</summary>
    public long Refused { get; private set; }

    /// <summary>New signalling: what the far end's SDP says. An unchanged announcement changes nothing.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="announced">Address and port of its audio.</param>
    /// <param name="payloadTypes">All negotiated payload types.</param>
    /// <param name="mayBeBehindNat">Whether another source than the announced may be learnt.</param>
    /// <param name="signallingAddress">If known, the only address a source behind NAT may have.</param>
    public void Announce(
        Instant now, MediaEndpoint announced, PayloadTypeSet payloadTypes, bool mayBeBehindNat,
        UInt128? signallingAddress = null)
    {
        _payloadTypes = payloadTypes;
        if (announced == _announced && mayBeBehindNat == _mayBeBehindNat && signallingAddress == _signallingAddress)
        {
            return;
        }

        _announced = announced;
        _mayBeBehindNat = mayBeBehindNat;
        _signallingAddress = signallingAddress;
        _windowEnd = now + config.LearningWindow;
        _candidateCount = 0;
        Believed = default;
        Refused = 0;
    }

    /// <summary>Judges one packet.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="source">Where from.</param>
    /// <param name="packet">Its header.</param>
    public LatchVerdict Admit(Instant now, MediaEndpoint source, in RtpPacket packet)
    {
        var verdict = Judge(now, source, packet);
        if (verdict is LatchVerdict.Accepted or LatchVerdict.Latched)
        {
            _lastAccepted = now;
        }
        else
        {
            Refused++;
        }

        return verdict;
    }

    /// <summary>Whether RTCP from this source is believed: the address must be that of the media.</summary>
    /// <remarks>The port may differ, because NAT maps the two ports separately.</remarks>
    public bool AdmitsControl(MediaEndpoint source) => !SendTo.IsNone && source.Address == SendTo.Address;

    private LatchVerdict Judge(Instant now, MediaEndpoint source, in RtpPacket packet)
    {
        if (_announced.IsNone)
        {
            return LatchVerdict.NotAnnounced;
        }

        if (!_payloadTypes.Contains(packet.PayloadType))
        {
            return LatchVerdict.WrongPayloadType;
        }

        if (source == Believed)
        {
            return LatchVerdict.Accepted;
        }

        if (source == _announced)
        {
            return Believed.IsNone || now - _lastAccepted >= config.SilenceBeforeReturn
                ? Believe(source)
                : LatchVerdict.WrongSource;
        }

        var mayLearn = Believed.IsNone && _mayBeBehindNat && now <= _windowEnd
            && (_signallingAddress is not { } address || address == source.Address);
        return mayLearn ? Probe(source, packet) : LatchVerdict.WrongSource;
    }

    private LatchVerdict Probe(MediaEndpoint source, in RtpPacket packet)
    {
        for (var i = 0; i < _candidateCount; i++)
        {
            ref var candidate = ref _candidates[i];
            if (candidate.Source != source)
            {
                continue;
            }

            var isConsistent = candidate.Ssrc == packet.Ssrc && (ushort)(candidate.Sequence + 1) == packet.Sequence;
            candidate.Packets = isConsistent ? candidate.Packets + 1 : 1;
            candidate.Ssrc = packet.Ssrc;
            candidate.Sequence = packet.Sequence;
            return candidate.Packets >= config.ProbationPackets ? Believe(source) : LatchVerdict.OnProbation;
        }

        if (_candidateCount == _candidates.Length)
        {
            return LatchVerdict.WrongSource;
        }

        _candidates[_candidateCount++] = new Candidate
        {
            Source = source, Ssrc = packet.Ssrc, Sequence = packet.Sequence, Packets = 1,
        };
        return config.ProbationPackets <= 1 ? Believe(source) : LatchVerdict.OnProbation;
    }

    private LatchVerdict Believe(MediaEndpoint source)
    {
        Believed = source;
        return LatchVerdict.Latched;
    }

    private struct Candidate
    {
        public MediaEndpoint Source;
        public uint Ssrc;
        public ushort Sequence;
        public int Packets;
    }
}

using System.Net;
using Plateau.Media.Mixing;
using Plateau.Sip.Sdp;

namespace Plateau.Server.Telephony;

/// <summary>Offer and answer of one leg: what we bring, and what was agreed on last.</summary>
internal sealed class LegDescription
{
    private readonly bool _isPhone;
    private SdpLocal _local;
    private SdpSession? _offer;
    private byte[] _offerBytes = [];

    /// <summary>A leg's description before any exchange.</summary>
    /// <param name="address">Our address in SDP.</param>
    /// <param name="port">Our RTP port.</param>
    /// <param name="codecs">Names by preference; those this machine lacks are left out.</param>
    /// <param name="isPhone">Whether the party may be behind NAT.</param>
    internal LegDescription(string address, int port, IReadOnlyList<string> codecs, bool isPhone)
    {
        _isPhone = isPhone;
        _local = new SdpLocal(address, port, MediaAgreement.Codecs(codecs)) { SessionId = port };
    }

    /// <summary>What was agreed on last; null before.</summary>
    internal SdpAgreement? Agreement { get; private set; }

    /// <summary>Our offer; the same bytes until it is concluded or another one is made.</summary>
    internal byte[] Offer()
    {
        if (_offer is null)
        {
            _offer = SdpNegotiation.Offer(_local);
            _offerBytes = SdpWriter.ToBytes(_offer);
        }

        return _offerBytes;
    }

    /// <summary>Answers the peer's offer; null when there is nothing in common.</summary>
    internal byte[]? Answer(ReadOnlyMemory<byte> offer, out SdpRefusal refusal)
    {
        refusal = SdpRefusal.NoAudio;
        if (!SdpParser.TryParse(offer.Span, out var session, out _))
        {
            return null;
        }

        refusal = SdpNegotiation.Answer(session, _local, out var answer, out var agreement);
        if (answer is null)
        {
            return null;
        }

        Agree(agreement!);
        return SdpWriter.ToBytes(answer);
    }

    /// <summary>Takes the peer's answer to our offer; false when nothing is agreed by it.</summary>
    internal bool Conclude(ReadOnlyMemory<byte> answer)
    {
        if (_offer is null || !SdpParser.TryParse(answer.Span, out var session, out _)
            || SdpNegotiation.Conclude(_offer, session, _local, out var agreement) != SdpRefusal.None)
        {
            return false;
        }

        Agree(agreement!);
        return true;
    }

    /// <summary>What the data plane needs to know of the agreement; null before one.</summary>
    /// <param name="signalling">Where the party's signalling comes from; stands in for a name in the
    /// description.</param>
    internal LegMediaConfig? ConfigFor(IPAddress signalling)
    {
        if (Agreement is not { } agreed)
        {
            return null;
        }

        if (!IPAddress.TryParse(agreed.RemoteAddress, out var address))
        {
            agreed = agreed with { RemoteAddress = signalling.ToString() };
        }
        else if (address.Equals(IPAddress.Any))
        {
            // Before RFC 3264 an address of zero meant hold; some phones still write it.
            agreed = agreed with { Direction = SdpDirection.ReceiveOnly };
        }

        return MediaAgreement.ToMedia(agreed, signalling, _isPhone);
    }

    private void Agree(SdpAgreement agreement)
    {
        Agreement = agreement;
        _offer = null;
        _local = _local with { Version = _local.Version + 1 };
    }
}

namespace Plateau.Sip.Dialogs;

/// <summary>Who has an offer open.</summary>
internal enum OfferAnswerState
{
    /// <summary>No description has been exchanged yet.</summary>
    Initial,

    /// <summary>We offered and wait for the answer.</summary>
    LocalOffer,

    /// <summary>The peer offered and waits for our answer.</summary>
    RemoteOffer,

    /// <summary>The last offer was answered.</summary>
    Stable,
}

/// <summary>The offer/answer state of one dialog; it never looks inside the descriptions.</summary>
/// <remarks>
/// Source: RFC 3264 §4, RFC 6337 §2.
/// <code>
/// state                 input      next
/// Initial, Stable       Offer      LocalOffer
/// Initial, Stable       Receive    RemoteOffer     (as offer)
/// LocalOffer            Receive    Stable          (as answer)
/// RemoteOffer           Answer     Stable
/// LocalOffer            Withdraw   Stable or Initial, the description before
/// RemoteOffer           Withdraw   Stable or Initial, the description before
/// </code>
/// </remarks>
internal sealed class OfferAnswer
{
    private ReadOnlyMemory<byte> _open;
    private bool _hadAnswer;

    internal OfferAnswerState State { get; private set; } = OfferAnswerState.Initial;

    /// <summary>Our description in force; empty before the first exchange.</summary>
    internal ReadOnlyMemory<byte> Local { get; private set; }

    /// <summary>The peer's description in force; empty before the first exchange.</summary>
    internal ReadOnlyMemory<byte> Remote { get; private set; }

    /// <summary>Whether a new offer may be made by either side.</summary>
    internal bool IsIdle => State is OfferAnswerState.Initial or OfferAnswerState.Stable;

    /// <summary>Whether at least one exchange is complete.</summary>
    internal bool IsAgreed => _hadAnswer;

    /// <summary>We make an offer; false when one is open.</summary>
    internal bool Offer(ReadOnlyMemory<byte> sdp)
    {
        if (!IsIdle)
        {
            return false;
        }

        _open = sdp;
        State = OfferAnswerState.LocalOffer;
        return true;
    }

    /// <summary>A description came: the answer to our offer, or a new offer. False when it is neither's turn.</summary>
    internal bool Receive(ReadOnlyMemory<byte> sdp)
    {
        switch (State)
        {
            case OfferAnswerState.LocalOffer:
                Agree(_open, sdp);
                return true;

            case OfferAnswerState.Initial or OfferAnswerState.Stable:
                _open = sdp;
                State = OfferAnswerState.RemoteOffer;
                return true;

            default:
                return false;
        }
    }

    /// <summary>We answer the peer's offer; false when there is none.</summary>
    internal bool Answer(ReadOnlyMemory<byte> sdp)
    {
        if (State != OfferAnswerState.RemoteOffer)
        {
            return false;
        }

        Agree(sdp, _open);
        return true;
    }

    /// <summary>The open offer was refused: what was agreed before stays in force (RFC 3264 §8).</summary>
    internal void Withdraw()
    {
        _open = default;
        State = _hadAnswer ? OfferAnswerState.Stable : OfferAnswerState.Initial;
    }

    /// <summary>The offer of a forked INVITE, answered apart in each of its dialogs.</summary>
    internal static OfferAnswer Offered(ReadOnlyMemory<byte> sdp)
    {
        var result = new OfferAnswer();
        if (!sdp.IsEmpty)
        {
            result.Offer(sdp);
        }

        return result;
    }

    private void Agree(ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> remote)
    {
        Local = local;
        Remote = remote;
        _open = default;
        _hadAnswer = true;
        State = OfferAnswerState.Stable;
    }
}

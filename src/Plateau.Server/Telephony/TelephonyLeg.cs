using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Sip;

namespace Plateau.Server.Telephony;

/// <summary>A leg of a centre as telephony knows it: one party, its media, and the dialogs that may become its
/// own.</summary>
internal sealed class TelephonyLeg
{
    /// <summary>The centre's name for it.</summary>
    internal required LegId Id { get; init; }

    /// <summary>Whose.</summary>
    internal required TelephonyTenant Tenant { get; init; }

    /// <summary>Its media.</summary>
    internal required RtpLeg Media { get; init; }

    /// <summary>Its offers and answers.</summary>
    internal required LegDescription Description { get; init; }

    /// <summary>The phone of the house it is; null for a party outside.</summary>
    internal PhoneAccount? Phone { get; init; }

    /// <summary>What it was originated with; null for an incoming one.</summary>
    internal OriginateLeg? Origin { get; init; }

    /// <summary>When ringing is given up.</summary>
    internal Instant RingingEndsAt { get; init; } = Instant.Never;

    /// <summary>Our answer to an incoming offer, ready to be sent; empty when the caller leaves the offer to
    /// us.</summary>
    internal byte[] Answer { get; set; } = [];

    /// <summary>The dialogs being tried, or the one that is.</summary>
    internal List<LegAttempt> Attempts { get; } = [];

    /// <summary>Routes over trunks not yet tried.</summary>
    internal Queue<TrunkRoute> Routes { get; } = new();

    /// <summary>The dialog that is the leg's; null while several are tried.</summary>
    internal LegAttempt? Winner { get; set; }

    /// <summary>Whether audio goes before the answer.</summary>
    internal bool IsEarly { get; set; }

    /// <summary>Whether the party holds us.</summary>
    internal bool IsHeldByParty { get; set; }

    /// <summary>Whether the party asked for a transfer (REFER) and has no answer yet.</summary>
    internal bool AwaitsTransfer { get; set; }

    /// <summary>Why we end it; null while we do not.</summary>
    internal ClearingCause? Wanted { get; set; }

    /// <summary>Whether the centre has been told its end.</summary>
    internal bool IsCleared { get; set; }

    /// <summary>The worst that was heard of attempts, which tells why none succeeded.</summary>
    internal SipLegEnd? Failure { get; set; }

    /// <summary>Counts what the leg was given to hear: something loaded late is not played over something
    /// newer.</summary>
    internal int PlayTurn { get; set; }

    /// <summary>The way its first key came; null before.</summary>
    private KeyWay? KeysComeBy { get; set; }

    /// <summary>Whether the centre calls the party, as against the party us.</summary>
    internal bool IsOutgoing => Origin is not null;

    /// <summary>Hands an input to its centre.</summary>
    internal bool Tell(CentreInput input) => Tenant.Post(input);

    /// <summary>A key of the party. Some phones send each both ways: the way of the first one counts for the
    /// call.</summary>
    internal void Press(char key, KeyWay way)
    {
        KeysComeBy ??= way;
        if (KeysComeBy == way)
        {
            Tell(new LegDigit(Id, key));
        }
    }
}

/// <summary>One dialog that may become a leg's.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sip">The dialog.</param>
/// <param name="Signalling">Where its signalling comes from.</param>
internal sealed record LegAttempt(TelephonyLeg Leg, SipLegId Sip, IPAddress Signalling)
{
    /// <summary>The trunk whose channel it holds; null for a phone.</summary>
    internal TrunkState? Trunk { get; init; }

    /// <summary>The way it was sent; null for incoming ones and phones.</summary>
    internal TrunkRoute? Route { get; init; }
}

/// <summary>How a party's keys reach us.</summary>
internal enum KeyWay
{
    /// <summary>SIP INFO.</summary>
    Signalling,

    /// <summary>RFC 4733 events, or tones in the audio.</summary>
    Media,
}

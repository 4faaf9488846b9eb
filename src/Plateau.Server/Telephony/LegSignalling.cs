using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Calls;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>From SIP to the centres: what happens in dialogs becomes inputs.</summary>
/// <remarks>On the telephony thread.</remarks>
internal sealed class LegSignalling(LegDriver legs, SipDriver sip, SipDriverOptions options, ILogger log)
{
    private readonly IdSource _ids = new(options.Node);

    /// <summary>News of one dialog.</summary>
    internal void Hear(SipLegOutput output)
    {
        if (output is DialogOffered offered)
        {
            Offered(offered);
            return;
        }

        if (legs.Find(output.Leg) is not { } attempt)
        {
            return;
        }

        switch (output)
        {
            case DialogProgressed progressed:
                Progressed(attempt, progressed);
                break;
            case DialogAnswered answered:
                Answered(attempt, answered);
                break;
            case DialogConfirmed confirmed:
                Confirmed(attempt, confirmed);
                break;
            case DialogEnded ended:
                Ended(attempt, ended.End);
                break;
            case OfferReceived offer:
                OfferReceived(attempt, offer);
                break;
            case OfferAnswered answer when attempt.Leg.Description.Conclude(answer.Sdp):
                Agreed(attempt);
                break;
            case DigitReceived digit:
                attempt.Leg.Press(digit.Digit, KeyWay.Signalling);
                break;
            case ReferReceived refer:
                Referred(attempt, refer);
                break;
        }
    }

    private void Offered(DialogOffered offered)
    {
        var call = offered.Call;
        if (!call.Replaces.IsNone && legs.Find(call.Replaces) is { } replaced)
        {
            TakeOver(replaced, offered);
            return;
        }

        var trunk = sip.Trunks.Find(call.Peer);
        var phone = trunk is null ? sip.Phones.Find(call.Peer) : null;
        if (legs.Find(trunk?.Tenant ?? phone?.Tenant ?? default) is not { } tenant)
        {
            sip.Apply(offered.Leg, new SipReject(SipStatus.NotFound));
        }
        else if (trunk is not null && !trunk.TryTake(sip.Now, isOutgoing: false))
        {
            sip.Apply(offered.Leg, new SipReject(SipStatus.ServiceUnavailable, SipReason.Q850(34), 5));
        }
        else if (!TryOpen(offered, tenant, trunk, phone))
        {
            trunk?.Release();
        }
    }

    private bool TryOpen(DialogOffered offered, TelephonyTenant tenant, TrunkState? trunk, PhoneAccount? phone)
    {
        var call = offered.Call;
        var id = new LegId(_ids.Next(sip.Now));
        if (legs.OpenMedia(id, new CallId(id.Value)) is not { } media)
        {
            sip.Apply(offered.Leg, new SipReject(SipStatus.ServiceUnavailable, SipReason.Q850(34), 5));
            return false;
        }

        var codecs = trunk?.Config.Codecs ?? phone!.Config.Codecs;
        var description = new LegDescription(legs.MediaAddressFor(call.Flow), media.Port, codecs, phone is not null);
        var answer = call.Offer.IsEmpty ? [] : description.Answer(call.Offer, out _);
        if (answer is null)
        {
            media.CloseAsync();
            sip.Apply(offered.Leg, new SipReject(SipStatus.NotAcceptableHere, SipReason.Q850(88)));
            return false;
        }

        var leg = new TelephonyLeg
        {
            Id = id, Tenant = tenant, Media = media, Description = description, Phone = phone, Answer = answer,
        };
        if (!tenant.Post(Describe(leg, call, trunk, phone)))
        {
            media.CloseAsync();
            sip.Apply(offered.Leg, new SipReject(SipStatus.ServiceUnavailable, SipReason.Q850(42), 5));
            return false;
        }

        legs.Add(leg);
        legs.Add(new LegAttempt(leg, offered.Leg, call.Flow.Remote.Address) { Trunk = trunk });
        return true;
    }

    private static LegOffered Describe(TelephonyLeg leg, IncomingCall call, TrunkState? trunk, PhoneAccount? phone)
    {
        var party = call.AssertedIdentity ?? call.From;
        var caller = phone is not null ? phone.Config.Id.Value
            : call.IsPrivate || party.Uri.DecodedUser is null or "anonymous" ? "" : party.Uri.DecodedUser;
        var dialled = call.Called.DecodedUser ?? "";
        return new LegOffered(
            leg.Id, caller, trunk?.TranslateInbound(dialled) ?? dialled, trunk?.Config.Id, phone?.Config.Id,
            call.IsPrivate ? null : party.DisplayName,
            call.DivertedBy is [var last, ..] ? last.Uri.DecodedUser : null);
    }

    /// <summary>INVITE with Replaces: the same party goes on from another device (RFC 3891); the centre notices
    /// nothing.</summary>
    private void TakeOver(LegAttempt replaced, DialogOffered offered)
    {
        var leg = replaced.Leg;
        var answer = offered.Call.Offer.IsEmpty ? null : leg.Description.Answer(offered.Call.Offer, out _);
        if (leg.Winner != replaced || answer is null)
        {
            sip.Apply(offered.Leg, new SipReject(SipStatus.NotAcceptableHere));
            return;
        }

        legs.Remove(replaced); // its channel becomes free for the new one
        var keepsTrunk = replaced.Trunk?.TryTake(sip.Now, isOutgoing: false) ?? false;
        var next = new LegAttempt(leg, offered.Leg, offered.Call.Flow.Remote.Address)
        {
            Trunk = keepsTrunk ? replaced.Trunk : null,
        };
        legs.Add(next);
        leg.Winner = next;
        LegDriver.Configure(next);
        sip.Apply(next.Sip, new SipAnswer(answer));
        sip.Apply(replaced.Sip, new SipHangUp());
    }

    private static void Progressed(LegAttempt attempt, DialogProgressed progressed)
    {
        var leg = attempt.Leg;
        if (leg.Winner is not null || !leg.IsOutgoing)
        {
            return;
        }

        // With several devices ringing nobody can say whose early media is meant.
        var hasMedia = !progressed.Sdp.IsEmpty && leg.Attempts.Count == 1 && progressed.Fork == 0
            && (leg.IsEarly || leg.Description.Conclude(progressed.Sdp));
        if (hasMedia && !leg.IsEarly)
        {
            leg.IsEarly = true;
            LegDriver.Configure(attempt);
        }

        leg.Tell(new LegRinging(leg.Id, hasMedia));
    }

    private void Answered(LegAttempt attempt, DialogAnswered answered)
    {
        var leg = attempt.Leg;
        if (leg.Winner is not null)
        {
            sip.Apply(attempt.Sip, new SipHangUp(SipReason.Sip(200, "Call completed elsewhere")));
            return;
        }

        if (leg.IsEarly)
        {
            leg.Description.Offer(); // the same offer again: the final answer may differ from the early one
        }

        if (!answered.Sdp.IsEmpty && !leg.Description.Conclude(answered.Sdp) && leg.Description.Agreement is null)
        {
            leg.Winner = attempt;
            legs.Clear(leg, ClearingCause.NoCommonCodec);
            return;
        }

        leg.Winner = attempt;
        foreach (var other in leg.Attempts.Where(other => other != attempt).ToArray())
        {
            sip.Apply(other.Sip, new SipHangUp(SipReason.Sip(200, "Call completed elsewhere")));
        }

        LegDriver.Configure(attempt);
        leg.Tell(new LegAnswered(leg.Id));
    }

    private void Confirmed(LegAttempt attempt, DialogConfirmed confirmed)
    {
        var leg = attempt.Leg;
        if (!confirmed.Sdp.IsEmpty && leg.Answer.Length == 0 && leg.Description.Agreement is null)
        {
            if (!leg.Description.Conclude(confirmed.Sdp))
            {
                legs.Clear(leg, ClearingCause.NoCommonCodec);
                return;
            }

            LegDriver.Configure(attempt);
        }

        leg.Tell(new LegAnswered(leg.Id));
    }

    private void OfferReceived(LegAttempt attempt, OfferReceived offer)
    {
        var leg = attempt.Leg;
        if (offer.Sdp.IsEmpty)
        {
            sip.Apply(attempt.Sip, new SipAnswerOffer(leg.Description.Offer()));
            return;
        }

        if (leg.Description.Answer(offer.Sdp, out _) is not { } answer)
        {
            sip.Apply(attempt.Sip, new SipRejectOffer());
            return;
        }

        sip.Apply(attempt.Sip, new SipAnswerOffer(answer));
        Agreed(attempt);
    }

    private static void Agreed(LegAttempt attempt)
    {
        var leg = attempt.Leg;
        LegDriver.Configure(attempt);
        var isHeld = leg.Description.Agreement!.IsHeldByPeer;
        if (isHeld != leg.IsHeldByParty)
        {
            leg.IsHeldByParty = isHeld;
            leg.Tell(new LegHeldByParty(leg.Id, isHeld));
        }
    }

    private void Referred(LegAttempt attempt, ReferReceived refer)
    {
        var target = refer.Target.DecodedUser ?? "";
        LegId? replaces = legs.Find(refer.Replaces)?.Leg.Id;
        if (target.Length == 0 && replaces is null)
        {
            sip.Apply(attempt.Sip, new SipRejectRefer(SipStatus.NotFound));
            return;
        }

        attempt.Leg.AwaitsTransfer = true;
        attempt.Leg.Tell(new LegTransferRequested(attempt.Leg.Id, target, replaces));
    }

    private void Ended(LegAttempt attempt, SipLegEnd end)
    {
        var leg = attempt.Leg;
        TelephonyLog.LegEnded(log, leg.Id, end.Cause, end.Side, end.Status, end.Text);
        legs.Remove(attempt);
        if (legs.DropLine(attempt) || (leg.Winner is not null && leg.Winner != attempt))
        {
            return; // an idle line, or another device was faster
        }

        var isOver = leg.Winner == attempt || !leg.IsOutgoing;
        if (!isOver && leg.Wanted is null)
        {
            if (attempt.Route is { } route && LegCauses.InvitesFailover(end))
            {
                SuspectIfSilent(route, end);
                isOver = !legs.Origination.TryNextRoute(leg);
            }
            else
            {
                isOver = leg.Attempts.Count == 0;
            }

            leg.Failure = LegCauses.MoreTelling(leg.Failure, end);
        }

        if (isOver || leg.Attempts.Count == 0)
        {
            Cleared(leg, isOver && leg.Winner is null ? leg.Failure ?? end : end);
        }
    }

    private void SuspectIfSilent(TrunkRoute route, SipLegEnd end)
    {
        if (end.Cause is SipEndCause.NoResponse or SipEndCause.TransportFailed)
        {
            sip.Trunks.Suspect(route);
        }
    }

    private void Cleared(TelephonyLeg leg, SipLegEnd end) => legs.Cleared(leg, new LegCleared(
        leg.Id,
        leg.Wanted ?? LegCauses.Of(end),
        ByParty: end.Cause != SipEndCause.LimitReached
            && (leg.Wanted is null or ClearingCause.MediaLost or ClearingCause.NoCommonCodec),
        end.Q850 == 0 ? null : end.Q850,
        end.Status == 0 ? null : end.Status));
}

using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Calls;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>Calls parties for the centres: phones on all their devices at once, numbers over one trunk after the
/// other.</summary>
/// <remarks>On the telephony thread.</remarks>
internal sealed class LegOrigination(LegDriver legs, SipDriver sip, SipDriverOptions options)
{
    /// <summary>Calls a party for a centre.</summary>
    internal void Start(TenantId tenantId, OriginateLeg originate)
    {
        if (legs.Find(tenantId) is not { } tenant || legs.Find(originate.Leg) is not null)
        {
            return;
        }

        if (originate.Target.Phone is { } phone)
        {
            CallPhone(tenant, originate, sip.Phones.Find(tenantId, phone));
        }
        else
        {
            CallNumber(tenant, originate);
        }
    }

    /// <summary>Rings every device of a phone; the first that answers has the call.</summary>
    private void CallPhone(TelephonyTenant tenant, OriginateLeg originate, PhoneAccount? account)
    {
        if (account is { Config.IsNailedUp: true } && legs.Lines.Take(account) is { } line)
        {
            Resume(tenant, originate, account, line);
            return;
        }

        var targets = account is null ? [] : sip.Phones.TargetsOf(account);
        if (targets.Count == 0)
        {
            tenant.Post(new LegCleared(originate.Leg, ClearingCause.Unreachable, ByParty: false));
            return;
        }

        if (OpenLeg(tenant, originate, targets[0].Flow, account!.Config.Codecs, account) is not { } leg)
        {
            return;
        }

        var domain = options.Domain;
        var from = new NameAddress(
            originate.CallerName.Length == 0 ? null : originate.CallerName,
            SipUri.Sip(originate.Caller.Length == 0 ? "anonymous" : originate.Caller, domain), SipParameters.Empty);
        foreach (var target in targets)
        {
            Invite(
                leg,
                new OutgoingCall(target.Contact, target.Flow, from, leg.Description.Offer())
                {
                    Peer = account.Name,
                    To = new NameAddress(SipUri.Sip(account.Config.Id.Value, domain)),
                    Routes = target.Path,
                    AutoAnswer = originate.AutoAnswer || account.Config.AutoAnswerHeader,
                    StaysOnFlow = true,
                },
                null);
        }

        EndIfNothingIsTried(leg, ClearingCause.Congestion);
    }

    /// <summary>A leg takes the line of its phone: answered without ringing.</summary>
    private void Resume(TelephonyTenant tenant, OriginateLeg originate, PhoneAccount account, NailedLine line)
    {
        var leg = new TelephonyLeg
        {
            Id = originate.Leg, Tenant = tenant, Media = line.Media, Description = line.Description, Phone = account,
            Origin = originate,
        };
        legs.Add(leg);
        legs.GiveLine(line, leg);
        leg.Winner = new LegAttempt(leg, line.Sip, line.Signalling);
        legs.Add(leg.Winner);
        leg.Tell(new LegAnswered(leg.Id));
    }

    private void CallNumber(TelephonyTenant tenant, OriginateLeg originate)
    {
        var routes = sip.Trunks.RoutesFor(tenant.Id);
        if (routes.Count == 0)
        {
            tenant.Post(new LegCleared(originate.Leg, ClearingCause.Unreachable, ByParty: false));
            return;
        }

        if (OpenLeg(tenant, originate, routes[0].Flow, routes[0].Trunk.Config.Codecs, null) is not { } leg)
        {
            return;
        }

        routes.ForEach(leg.Routes.Enqueue);
        TryNextRoute(leg);
        EndIfNothingIsTried(leg, ClearingCause.Congestion);
    }

    private void EndIfNothingIsTried(TelephonyLeg leg, ClearingCause cause)
    {
        if (leg.Attempts.Count == 0)
        {
            legs.Cleared(leg, new LegCleared(leg.Id, cause, ByParty: false));
        }
    }

    private TelephonyLeg? OpenLeg(
        TelephonyTenant tenant, OriginateLeg originate, SipFlow flow, IReadOnlyList<string> codecs, PhoneAccount? phone)
    {
        if (legs.OpenMedia(originate.Leg, originate.Call) is not { } media)
        {
            tenant.Post(new LegCleared(originate.Leg, ClearingCause.Congestion, ByParty: false));
            return null;
        }

        var leg = new TelephonyLeg
        {
            Id = originate.Leg,
            Tenant = tenant,
            Media = media,
            Description = new LegDescription(legs.MediaAddressFor(flow), media.Port, codecs, phone is not null),
            Phone = phone,
            Origin = originate,
            RingingEndsAt = sip.Now + originate.RingMax,
        };
        legs.Add(leg);
        return leg;
    }

    private bool Invite(TelephonyLeg leg, OutgoingCall call, TrunkRoute? route)
    {
        var left = leg.RingingEndsAt - sip.Now;
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        SipLegId dialog = default;
        sip.Drive((endpoint, outputs) => dialog = endpoint.Invite(sip.Now, call with { RingingMax = left }, outputs));
        if (dialog.IsNone)
        {
            return false;
        }

        legs.Add(new LegAttempt(leg, dialog, call.Flow.Remote.Address) { Trunk = route?.Trunk, Route = route });
        return true;
    }
    /// <summary>Tries the next route of a leg that calls a number outside; false when there is none left.</summary>
    internal bool TryNextRoute(TelephonyLeg leg)
    {
        var origin = leg.Origin!;
        while (leg.Routes.TryDequeue(out var route))
        {
            if (!route.Trunk.TryTake(sip.Now, isOutgoing: true))
            {
                continue;
            }

            var call = sip.Trunks.CallOver(
                route, origin.Target.Number!, origin.Caller, origin.CallerName, leg.Description.Offer());
            if (Invite(leg, call with { SilenceMax = options.TrunkSilenceMax }, route))
            {
                return true;
            }

            route.Trunk.Release();
        }

        return false;
    }
}

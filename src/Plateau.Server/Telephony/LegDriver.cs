using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Media.Mixing;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>The legs of all centres: what a centre decides is done here with dialogs and media.</summary>
/// <remarks>
/// On the telephony thread. A B2BUA: each leg is a dialog of its own, and only the centre knows which belong together.
/// <see cref="LegSignalling"/> is the other direction, from SIP to the centre.
/// </remarks>
internal sealed class LegDriver
{
    private readonly SipDriver _sip;
    private readonly SipDriverOptions _options;
    private readonly RtpDriver _rtp;
    private readonly LegPlayback _playback;
    private readonly LegRecordings _recordings;
    private readonly Dictionary<TenantId, TelephonyTenant> _tenants = [];
    private readonly Dictionary<LegId, TelephonyLeg> _legs = [];
    private readonly Dictionary<SipLegId, LegAttempt> _attempts = [];

    internal LegDriver(SipDriver sip, SipDriverOptions options, RtpDriver rtp, ILogger log)
    {
        _sip = sip;
        _options = options;
        _rtp = rtp;
        _playback = new LegPlayback(sip, log);
        _recordings = new LegRecordings(this, log);
        Signalling = new LegSignalling(this, sip, options, log);
    }

    /// <summary>What SIP tells.</summary>
    internal LegSignalling Signalling { get; }

    /// <summary>Legs alive.</summary>
    internal int Count => _legs.Count;

    /// <summary>A tenant comes, or its configuration changes; legs keep the one they began with.</summary>
    internal void Configure(TelephonyTenant tenant) => _tenants[tenant.Id] = tenant;

    /// <summary>The tenant; null when there is none such.</summary>
    internal TelephonyTenant? Find(TenantId tenant) => _tenants.GetValueOrDefault(tenant);

    /// <summary>The leg; null when it is gone.</summary>
    internal TelephonyLeg? Find(LegId leg) => _legs.GetValueOrDefault(leg);

    /// <summary>The dialog and its leg; null when it is gone.</summary>
    internal LegAttempt? Find(SipLegId sip) => _attempts.GetValueOrDefault(sip);

    /// <summary>Does what a centre decided. Effects on legs that are gone do nothing: their end is told already.</summary>
    internal void Perform(TenantId tenant, CentreEffect effect)
    {
        switch (effect)
        {
            case OriginateLeg originate:
                Originate(tenant, originate);
                break;
            case RingLeg ring:
                Ask(ring.Leg, new SipRing());
                break;
            case AnswerLeg answer when Find(answer.Leg) is { } leg:
                Answer(leg);
                break;
            case ClearLeg clear when Find(clear.Leg) is { } leg:
                Clear(leg, clear.Cause);
                break;
            case JoinBridge join when Find(join.Leg) is { } leg:
                leg.PlayTurn++;
                leg.Media.StopPlaying();
                leg.Media.Join(join.Bridge, join.Role, join.Mode);
                break;
            case LeaveBridge leave:
                Find(leave.Leg)?.Media.Leave();
                break;
            case MuteBridgeLeg mute:
                Find(mute.Leg)?.Media.Mute(mute.Muted);
                break;
            case SendLegDigits digits:
                Find(digits.Leg)?.Media.SendDigits(digits.Digits);
                break;
            case AnswerTransfer transfer:
                AnswerRefer(transfer);
                break;
            default:
                PerformMedia(tenant, effect);
                break;
        }
    }

    /// <summary>The centre lost its calls: every leg of the tenant goes.</summary>
    internal void ClearAll(TenantId tenant)
    {
        foreach (var leg in _legs.Values.Where(leg => leg.Tenant.Id == tenant).OrderBy(leg => leg.Id).ToList())
        {
            Clear(leg, ClearingCause.Restart);
        }
    }

    /// <summary>News of the data plane.</summary>
    internal void Hear(MediaEvent happened)
    {
        if (_recordings.Hear(happened) || Find(happened.Leg) is not { } leg)
        {
            return;
        }

        switch (happened)
        {
            case DigitBegan digit:
                leg.Tell(new LegDigit(leg.Id, digit.Digit));
                break;
            case PlaybackFinished finished:
                leg.Tell(new PlaybackEnded(leg.Id, finished.Playback, finished.Completed));
                break;
            case MediaStopped when leg.Winner is not null && !leg.IsHeldByParty:
                Clear(leg, ClearingCause.MediaLost);
                break;
        }
    }

    /// <summary>Opens the media of a leg; null when all ports are taken.</summary>
    internal RtpLeg? OpenMedia(LegId leg, CallId call) => _rtp.TryOpen(leg, call);

    /// <summary>Our address in SDP towards a peer.</summary>
    internal string MediaAddressFor(SipFlow flow) => _options.MediaAddress ?? flow.Local.Address.ToString();

    /// <summary>Makes a leg known.</summary>
    internal void Add(TelephonyLeg leg) => _legs.Add(leg.Id, leg);

    /// <summary>Makes a dialog of a leg known.</summary>
    internal void Add(LegAttempt attempt)
    {
        attempt.Leg.Attempts.Add(attempt);
        _attempts[attempt.Sip] = attempt;
    }

    /// <summary>A dialog is over; its trunk's channel is free.</summary>
    internal void Remove(LegAttempt attempt)
    {
        attempt.Leg.Attempts.Remove(attempt);
        _attempts.Remove(attempt.Sip);
        attempt.Trunk?.Release();
    }

    /// <summary>Gives the data plane what was agreed on.</summary>
    internal static void Configure(LegAttempt attempt)
    {
        var leg = attempt.Leg;
        if (leg.Description.ConfigFor(attempt.Signalling) is { } config)
        {
            leg.Media.Configure(config);
            leg.Media.Watch(new LegWatch { InBandDigits = config.ReceiveEventPayloadType is null });
        }
    }

    /// <summary>Tries the next route of a leg that calls a number outside; false when there is none left.</summary>
    internal bool TryNextRoute(TelephonyLeg leg)
    {
        var origin = leg.Origin!;
        while (leg.Routes.TryDequeue(out var route))
        {
            if (!route.Trunk.TryTake(_sip.Now, isOutgoing: true))
            {
                continue;
            }

            var call = _sip.Trunks.CallOver(
                route, origin.Target.Number!, origin.Caller, origin.CallerName, leg.Description.Offer());
            if (Invite(leg, call with { SilenceMax = _options.TrunkSilenceMax }, route))
            {
                return true;
            }

            route.Trunk.Release();
        }

        return false;
    }

    /// <summary>Ends a leg: dialogs, then media, then the centre is told.</summary>
    internal void Clear(TelephonyLeg leg, ClearingCause cause)
    {
        leg.Wanted ??= cause;
        foreach (var attempt in leg.Attempts.ToArray())
        {
            var reason = SipReason.Q850(LegCauses.Q850For(cause));
            _sip.Apply(attempt.Sip, leg.IsOutgoing || leg.Winner is not null
                ? new SipHangUp(reason)
                : new SipReject(LegCauses.StatusFor(cause), reason));
        }

        if (leg.Attempts.Count == 0)
        {
            Cleared(leg, new LegCleared(leg.Id, cause, ByParty: false));
        }
    }

    /// <summary>A leg is over: its media is closed and the centre told, with the quality it had.</summary>
    internal void Cleared(TelephonyLeg leg, LegCleared cleared)
    {
        if (leg.IsCleared)
        {
            return;
        }

        leg.IsCleared = true;
        _legs.Remove(leg.Id);
        var hadMedia = leg.Media.Config is not null;
        leg.Media.CloseAsync().ContinueWith(
            closed => leg.Tell(closed.IsCompletedSuccessfully && hadMedia
                ? cleared with { Quality = closed.Result }
                : cleared),
            TaskScheduler.Default);
    }

    /// <summary>Puts an incoming leg's answer together with its media, before the 200 or as early media.</summary>
    internal void ProgressWithMedia(TelephonyLeg leg)
    {
        if (leg.IsOutgoing || leg.Winner is not null || leg.IsEarly || leg.Answer.Length == 0)
        {
            return;
        }

        leg.IsEarly = true;
        Configure(leg.Attempts[0]);
        _sip.Apply(leg.Attempts[0].Sip, new SipProgress(leg.Answer));
    }

    private void PerformMedia(TenantId tenant, CentreEffect effect)
    {
        switch (effect)
        {
            case PlayPrompts play when Find(play.Leg) is { } leg:
                ProgressWithMedia(leg);
                _playback.Play(leg, play);
                break;
            case PlayMusic music when Find(music.Leg) is { } leg:
                ProgressWithMedia(leg);
                _playback.PlayMusic(leg, music.Music);
                break;
            case PlayTone tone when Find(tone.Leg) is { } leg:
                ProgressWithMedia(leg);
                LegPlayback.PlayTone(leg, tone.Tone);
                break;
            case StopPlaying stop when Find(stop.Leg) is { } leg:
                leg.PlayTurn++;
                leg.Media.StopPlaying();
                break;
            default:
                _recordings.Perform(tenant, effect, _sip.Now);
                break;
        }
    }

    private void Answer(TelephonyLeg leg)
    {
        if (leg.IsOutgoing || leg.Winner is not null || leg.Attempts.Count == 0)
        {
            return;
        }

        leg.Winner = leg.Attempts[0];
        if (leg.Answer.Length > 0)
        {
            Configure(leg.Winner);
        }

        _sip.Apply(leg.Winner.Sip, new SipAnswer(leg.Answer.Length > 0 ? leg.Answer : leg.Description.Offer()));
    }

    private void AnswerRefer(AnswerTransfer transfer)
    {
        if (!transfer.Accepted)
        {
            Ask(transfer.Leg, new SipRejectRefer());
            return;
        }

        Ask(transfer.Leg, new SipAcceptRefer());
        Ask(transfer.Leg, new SipNotifyRefer(SipStatus.Ok));
    }

    private void Ask(LegId id, SipLegInput input)
    {
        if (Find(id) is { } leg && (leg.Winner ?? leg.Attempts.FirstOrDefault()) is { } attempt)
        {
            _sip.Apply(attempt.Sip, input);
        }
    }

    private void Originate(TenantId tenantId, OriginateLeg originate)
    {
        if (Find(tenantId) is not { } tenant || _legs.ContainsKey(originate.Leg))
        {
            return;
        }

        if (originate.Target.Phone is { } phone)
        {
            CallPhone(tenant, originate, _sip.Phones.Find(tenantId, phone));
        }
        else
        {
            CallNumber(tenant, originate);
        }
    }

    /// <summary>Rings every device of a phone; the first that answers has the call.</summary>
    private void CallPhone(TelephonyTenant tenant, OriginateLeg originate, PhoneAccount? account)
    {
        var targets = account is null ? [] : _sip.Phones.TargetsOf(account);
        if (targets.Count == 0)
        {
            tenant.Post(new LegCleared(originate.Leg, ClearingCause.Unreachable, ByParty: false));
            return;
        }

        if (OpenLeg(tenant, originate, targets[0].Flow, account!.Config.Codecs, account) is not { } leg)
        {
            return;
        }

        var domain = _options.Domain;
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

    private void CallNumber(TelephonyTenant tenant, OriginateLeg originate)
    {
        var routes = _sip.Trunks.RoutesFor(tenant.Id);
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
            Cleared(leg, new LegCleared(leg.Id, cause, ByParty: false));
        }
    }

    private TelephonyLeg? OpenLeg(
        TelephonyTenant tenant, OriginateLeg originate, SipFlow flow, IReadOnlyList<string> codecs, PhoneAccount? phone)
    {
        if (OpenMedia(originate.Leg, originate.Call) is not { } media)
        {
            tenant.Post(new LegCleared(originate.Leg, ClearingCause.Congestion, ByParty: false));
            return null;
        }

        var leg = new TelephonyLeg
        {
            Id = originate.Leg,
            Tenant = tenant,
            Media = media,
            Description = new LegDescription(MediaAddressFor(flow), media.Port, codecs, phone is not null),
            Phone = phone,
            Origin = originate,
            RingingEndsAt = _sip.Now + originate.RingMax,
        };
        Add(leg);
        return leg;
    }

    private bool Invite(TelephonyLeg leg, OutgoingCall call, TrunkRoute? route)
    {
        var left = leg.RingingEndsAt - _sip.Now;
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        SipLegId sip = default;
        _sip.Drive((endpoint, outputs) => sip = endpoint.Invite(_sip.Now, call with { RingingMax = left }, outputs));
        if (sip.IsNone)
        {
            return false;
        }

        Add(new LegAttempt(leg, sip, call.Flow.Remote.Address) { Trunk = route?.Trunk, Route = route });
        return true;
    }
}

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
    private readonly Dictionary<LegId, LegId> _usersOfLines = []; // whose the media of a nailed-up line is at present

    internal LegDriver(SipDriver sip, SipDriverOptions options, RtpDriver rtp, ILogger log)
    {
        _sip = sip;
        _options = options;
        _rtp = rtp;
        _playback = new LegPlayback(sip, log);
        _recordings = new LegRecordings(this, log);
        Signalling = new LegSignalling(this, sip, options, log);
        Origination = new LegOrigination(this, sip, options);
    }

    /// <summary>What SIP tells.</summary>
    internal LegSignalling Signalling { get; }

    /// <summary>How parties are called.</summary>
    internal LegOrigination Origination { get; }

    /// <summary>The idle calls to nailed-up phones.</summary>
    internal NailedLines Lines { get; } = new();

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

    /// <summary>Does what a centre decided. Effects on legs that are gone do nothing: their end is told
    /// already.</summary>
    internal void Perform(TenantId tenant, CentreEffect effect)
    {
        switch (effect)
        {
            case OriginateLeg originate:
                Origination.Start(tenant, originate);
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
        if (_recordings.Hear(happened, _sip.Now)
            || Find(_usersOfLines.GetValueOrDefault(happened.Leg, happened.Leg)) is not { } leg)
        {
            return;
        }

        switch (happened)
        {
            case DigitBegan digit:
                leg.Press(digit.Digit, KeyWay.Media);
                break;
            case PlaybackFinished finished:
                leg.Tell(new PlaybackEnded(leg.Id, finished.Playback, finished.Completed));
                break;
            case MediaStopped when leg.Winner is not null && !leg.IsHeldByParty:
                Clear(leg, ClearingCause.MediaLost);
                break;
        }
    }

    /// <summary>Hangs up the lines that were idle too long.</summary>
    internal void Tick(Instant now)
    {
        foreach (var line in Lines.Due(now))
        {
            _sip.Apply(line.Sip, new SipHangUp());
        }
    }

    /// <summary>The phone hung up its idle line; false when the dialog was none.</summary>
    internal bool DropLine(LegAttempt attempt)
    {
        if (Lines.Drop(attempt.Sip) is not { } line)
        {
            return false;
        }

        _usersOfLines.Remove(line.Media.Id);
        line.Media.CloseAsync();
        return true;
    }

    /// <summary>Opens the media of a leg; null when all ports are taken.</summary>
    internal RtpLeg? OpenMedia(LegId leg, CallId call) => _rtp.TryOpen(leg, call);

    /// <summary>Our address in SDP towards a peer.</summary>
    internal string MediaAddressFor(SipFlow flow) => _options.MediaAddress ?? flow.Local.Address.ToString();

    /// <summary>Makes a leg known.</summary>
    internal void Add(TelephonyLeg leg) => _legs.Add(leg.Id, leg);

    /// <summary>What happens on the media of a nailed-up line is the leg's from now on.</summary>
    internal void GiveLine(NailedLine line, TelephonyLeg leg) => _usersOfLines[line.Media.Id] = leg.Id;

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

    /// <summary>Ends a leg: dialogs, then media, then the centre is told.</summary>
    internal void Clear(TelephonyLeg leg, ClearingCause cause)
    {
        if (TryPark(leg, cause))
        {
            return;
        }

        leg.Wanted ??= cause;
        if (leg.AwaitsTransfer)
        {
            // The centre clears the leg before it answers: the phone hears what became of its REFER before the BYE.
            AnswerRefer(new AnswerTransfer(leg.Id, cause == ClearingCause.Transferred));
        }

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
        _usersOfLines.Remove(leg.Media.Id);
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
        if (Find(transfer.Leg) is not { AwaitsTransfer: true } leg)
        {
            return;
        }

        leg.AwaitsTransfer = false;
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

    /// <summary>The leg of a nailed-up phone ends, its call stays: the next leg takes it.</summary>
    private bool TryPark(TelephonyLeg leg, ClearingCause cause)
    {
        if (leg is not { Phone: { Config.IsNailedUp: true } account, Origin: not null, Winner: { } winner }
            || leg.IsCleared
            || cause is ClearingCause.MediaLost or ClearingCause.SignallingLost or ClearingCause.NoCommonCodec
                or ClearingCause.Restart)
        {
            return false;
        }

        var line = new NailedLine(
            leg.Media, leg.Description, winner.Sip, winner.Signalling, _sip.Now + NailedLines.IdleMax);
        if (!Lines.TryPark(account, line))
        {
            return false;
        }

        leg.PlayTurn++;
        leg.Media.Leave();
        leg.Media.StopPlaying();
        leg.Media.Mute(false);
        leg.IsCleared = true;
        _legs.Remove(leg.Id);
        leg.Tell(new LegCleared(leg.Id, cause, ByParty: false));
        return true;
    }
}

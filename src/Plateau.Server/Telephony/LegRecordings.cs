using System.Globalization;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;

namespace Plateau.Server.Telephony;

/// <summary>Recordings of calls and messages: which leg each is made at, and whose call it belongs to.</summary>
/// <remarks>On the telephony thread. A recording of a call is made at the customer's leg, so transfers do not touch
/// it.</remarks>
internal sealed class LegRecordings(LegDriver legs, ILogger log)
{
    private readonly Dictionary<RecordingId, (TenantId Tenant, CallId Call, LegId Leg)> _recordings = [];
    private readonly Dictionary<LegId, RecordingId> _messages = [];

    /// <summary>Does what a centre decided about recordings; other effects are none of ours.</summary>
    internal void Perform(TenantId tenant, CentreEffect effect, Instant now)
    {
        switch (effect)
        {
            case StartRecording start when legs.Find(start.CustomerLeg) is { } leg:
                _recordings[start.Recording] = (tenant, start.Call, leg.Id);
                leg.Media.StartRecording(
                    start.Recording, PathOf(tenant, start.Recording, now), new RecordingOptions());
                break;
            case StartRecording start:
                TellNone(tenant, start.Call, start.Recording, now);
                break;
            case PauseRecording pause:
                LegOf(pause.Recording)?.Media.PauseRecording();
                break;
            case ResumeRecording resume:
                LegOf(resume.Recording)?.Media.ResumeRecording();
                break;
            case StopRecording stop:
                LegOf(stop.Recording)?.Media.StopRecording();
                break;
            case RecordMessage message when legs.Find(message.Leg) is { } leg:
                Record(tenant, leg, message, now);
                break;
            case RecordMessage message:
                TellNone(tenant, message.Call, message.Recording, now);
                break;
        }
    }

    /// <summary>Whether the event was about recordings, and the leg need not hear of it.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="now">When.</param>
    internal bool Hear(MediaEvent happened, Instant now)
    {
        switch (happened)
        {
            case RecordingStored stored:
                if (Forget(stored.Recording.Recording, stored.Leg) is { } kept && legs.Find(kept.Tenant) is { } tenant)
                {
                    tenant.Post(new RecordingFinished(kept.Call, stored.Recording));
                }

                return true;
            case RecordingFailed failed:
                if (Forget(failed.Recording, failed.Leg) is { } lost)
                {
                    TellNone(lost.Tenant, lost.Call, failed.Recording, now);
                }

                TelephonyLog.RecordingLost(log, failed.Recording, failed.Reason);
                return true;
            case SpeechStopped when _messages.ContainsKey(happened.Leg):
                legs.Find(happened.Leg)?.Media.StopRecording();
                return true;
            default:
                return false;
        }
    }

    /// <summary>The leg was gone already, or the disk is full: the call's record need not wait.</summary>
    private void TellNone(TenantId tenant, CallId call, RecordingId recording, Instant now) => legs.Find(tenant)?.Post(
        new RecordingFinished(call, new RecordingRecord(recording, now, TimeSpan.Zero, "", 0, "")));

    private void Record(TenantId tenant, TelephonyLeg leg, RecordMessage message, Instant now)
    {
        _recordings[message.Recording] = (tenant, message.Call, leg.Id);
        _messages[leg.Id] = message.Recording;
        if (message.SilenceMax > TimeSpan.Zero)
        {
            leg.Media.Watch(new LegWatch
            {
                InBandDigits = leg.Media.Config?.ReceiveEventPayloadType is null,
                SpeechSilence = message.SilenceMax,
            });
        }

        leg.Media.StartRecording(
            message.Recording,
            PathOf(tenant, message.Recording, now),
            new RecordingOptions { IsMono = true, LengthMax = message.LengthMax });
    }

    private (TenantId Tenant, CallId Call, LegId Leg)? Forget(RecordingId recording, LegId leg)
    {
        if (_messages.GetValueOrDefault(leg) == recording)
        {
            _messages.Remove(leg);
        }

        return _recordings.Remove(recording, out var kept) ? kept : null;
    }

    private TelephonyLeg? LegOf(RecordingId recording) =>
        _recordings.TryGetValue(recording, out var kept) ? legs.Find(kept.Leg) : null;

    private static string PathOf(TenantId tenant, RecordingId recording, Instant now) => string.Create(
        CultureInfo.InvariantCulture, $"{tenant}/{now.ToDateTimeOffset():yyyy/MM/dd}/{recording}.wav");
}

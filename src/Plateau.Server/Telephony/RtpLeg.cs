using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Dtmf;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Media.Tones;

namespace Plateau.Server.Telephony;

/// <summary>The control plane's handle of one leg's media.</summary>
/// <remarks>
/// Every method returns at once; the data plane does it at its next tick, at most 20 ms later, in the order asked for.
/// Any thread, but keep to one per leg where the order matters. After <see cref="CloseAsync"/> all do nothing.
/// </remarks>
internal sealed class RtpLeg
{
    private readonly RtpDriver _driver;

    internal RtpLeg(RtpDriver driver, RtpSeat seat, RtpThread thread)
    {
        _driver = driver;
        Seat = seat;
        Thread = thread;
    }

    /// <summary>The leg.</summary>
    internal LegId Id => Seat.Leg.Id;

    /// <summary>Our port, for the SDP; RTCP has the next one.</summary>
    internal int Port => Seat.Ports.Port;

    internal RtpSeat Seat { get; }

    /// <summary>The thread requests go to; under the driver's lock.</summary>
    internal RtpThread Thread { get; set; }

    /// <summary>The bridge it was last sent to; under the driver's lock.</summary>
    internal BridgeId? Bridge { get; set; }

    /// <summary>Whether it takes no more requests; under the driver's lock.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Codec agreed on, for which clips are prepared; null before.</summary>
    internal LegMediaConfig? Config { get; private set; }

    /// <summary>New signalling: what the far end's SDP and ours agree on.</summary>
    /// <exception cref="ArgumentException">A codec that this machine has no library for; it must not be
    /// offered.</exception>
    internal void Configure(LegMediaConfig config)
    {
        if (!config.Codec.IsAvailable || config.Receives.Any(r => !r.Codec.IsAvailable))
        {
            throw new ArgumentException($"{config.Codec} needs a library that is absent", nameof(config));
        }

        Config = config;
        Post((_, now) => Seat.Leg.Configure(now, config));
    }

    /// <summary>Lets it take part in a bridge; it leaves any other one first. Again: changes its role or
    /// mode.</summary>
    /// <param name="bridge">The bridge; it comes to be with its first leg.</param>
    /// <param name="role">What the leg is to the call.</param>
    /// <param name="mode">For supervisors: how they take part.</param>
    internal void Join(BridgeId bridge, LegRole role, MonitorMode? mode = null) =>
        _driver.Join(this, bridge, role, mode);

    /// <summary>Takes it out of its bridge; it hears nothing until something is played to it.</summary>
    internal void Leave() => _driver.Leave(this);

    /// <summary>Whether its bridge hears it.</summary>
    internal void Mute(bool isMuted) => Post((_, _) => Seat.Leg.Mute(isMuted));

    /// <summary>What to look for in its audio.</summary>
    internal void Watch(LegWatch watch) => Post((_, _) => Seat.Leg.Watch(watch));

    /// <summary>Plays clips, replacing what is being played; <see cref="PlaybackFinished"/> follows if it has an
    /// id.</summary>
    internal void Play(IReadOnlyList<AudioClip> clips, PlayOptions options)
    {
        foreach (var clip in clips)
        {
            Prepare(clip);
        }

        Post((_, _) => Seat.Leg.Play(clips, options));
    }

    /// <summary>Plays music for ever; all legs that hear the same clip hear the same place of it.</summary>
    internal void PlayMusic(AudioClip music) => Play([music], new PlayOptions { IsLooped = true, IsShared = true });

    /// <summary>Plays a tone; one that repeats goes on until something else is played.</summary>
    internal void PlayTone(TonePlan tone) =>
        Play([_driver.Clips.Of(tone)], new PlayOptions { IsLooped = tone.Repeats });

    /// <summary>Stops prompts, music and tones.</summary>
    internal void StopPlaying() => Post((_, _) => Seat.Leg.StopPlaying());

    /// <summary>Sends keys: telephone events if the party takes them, else tones. Characters that are no keys are
    /// left out.</summary>
    /// <param name="digits">Such as "12*#".</param>
    /// <param name="durationMs">Length of each, 60 to 1 000 milliseconds.</param>
    internal void SendDigits(string digits, int durationMs = 100)
    {
        var keys = digits.Where(c => DtmfDigit.TryParse(c, out _))
            .Select(c => DtmfDigit.TryParse(c, out var key) ? key : default).ToArray();
        if (keys.Length > 0)
        {
            var tones = ToneClips.Render(TonePlan.Keys(keys, durationMs));
            Post((_, _) => Seat.Leg.SendDigits(keys, durationMs, tones));
        }
    }

    /// <summary>Begins to record; <see cref="RecordingStored"/> or <see cref="RecordingFailed"/> follows its
    /// end.</summary>
    /// <param name="recording">Its id.</param>
    /// <param name="path">Path below the recordings folder with '/', ending in .wav.</param>
    /// <param name="options">Format, mono, pauses, length.</param>
    internal void StartRecording(RecordingId recording, string path, RecordingOptions options) =>
        Post((_, now) =>
        {
            var format = options.FormatFor(Seat.Leg.Config?.Codec ?? Plateau.Media.Codecs.Codec.Pcma);
            _driver.Recordings.Begin(new RecordingStart(recording, Id, path, format, options.IsMono, now));
            Seat.Leg.StartRecording(new RecordingTap(recording, format, options, _driver.Recordings));
        });

    /// <summary>Keeps nothing until <see cref="ResumeRecording"/>.</summary>
    internal void PauseRecording() => Post((_, _) => Seat.Leg.Recording?.Pause());

    /// <summary>Goes on after a pause.</summary>
    internal void ResumeRecording() => Post((_, _) => Seat.Leg.Recording?.Resume());

    /// <summary>Ends the recording.</summary>
    internal void StopRecording() => Post((_, _) => Seat.Leg.StopRecording());

    /// <summary>Media quality up to now.</summary>
    internal Task<LegQuality> MeasureQualityAsync() => _driver.Ask(this, (_, _) => Seat.Leg.MeasureQuality());

    /// <summary>Level of what the party last said, dBov; -127 while its audio is only forwarded.</summary>
    internal Task<double> MeasureLevelAsync() => _driver.Ask(this, (_, _) => Seat.Leg.LevelDbov);

    /// <summary>Ends the leg's media: goodbye to the party, recording ended, ports free for others.</summary>
    /// <returns>The quality over its whole life.</returns>
    internal Task<LegQuality> CloseAsync() => _driver.CloseAsync(this);

    private void Prepare(AudioClip clip)
    {
        if (Config is { } config)
        {
            clip.Prepare(config.Codec);
        }
    }

    private void Post(Action<RtpThread, Instant> run) => _driver.Post(this, run);
}

using Plateau.Contracts;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Dtmf;
using Plateau.Media.Recording;

namespace Plateau.Media.Mixing;

/// <content>What the party is made to hear, tick by tick.</content>
public sealed partial class MediaLeg
{
    /// <summary>Frames of silence sent before a leg that has nothing to hear is only kept alive: 200 ms.</summary>
    private const int TrailingFrames = 10;

    /// <summary>Then one frame a second keeps NAT bindings and the far end's media watch alive (RFC 6263
    /// §4.4).</summary>
    private const int KeepAliveFrames = 50;

    private readonly short[] _resampled = new short[CodecLimits.FrameSamplesMax];
    private readonly short[] _toEncode = new short[CodecLimits.FrameSamplesMax];
    private readonly byte[] _payload = new byte[CodecLimits.PayloadBytesMax];
    private TelephoneEventSender? _digitsOut;
    private IAudioEncoder? _encoder;
    private RateConverter? _up;
    private RateConverter? _down;
    private RateConverter? _heardUp;
    private RateConverter? _heardDown;
    private int _idleFrames;
    private int _mixSamples;
    private bool _isMixFrameOwn = true;
    private bool _isConverted;

    /// <summary>Whether digits are being sent to the party, so that nothing may be forwarded to it.</summary>
    internal bool IsSendingDigits => _digitsOut is { IsActive: true };

    /// <summary>Plays, replacing what is being played.</summary>
    /// <param name="items">In order; must not change while it is played.</param>
    /// <param name="options">How.</param>
    public void Play(IReadOnlyList<AudioClip> items, PlayOptions options)
    {
        StopPlaying();
        if (!_player.Start(items, options) && options.Playback is { } playback)
        {
            _events.Raise(new PlaybackFinished(Id, playback, true));
        }

        Bridge?.Reconsider();
    }

    /// <summary>Stops what is being played, if anything.</summary>
    public void StopPlaying()
    {
        if (!_player.IsActive)
        {
            return;
        }

        _player.Stop();
        if (_player.Playback is { } playback)
        {
            _events.Raise(new PlaybackFinished(Id, playback, false));
        }

        Bridge?.Reconsider();
    }

    /// <summary>Stops what is played without an id: music and tones, which only fill a wait.</summary>
    internal void StopWaitingAudio()
    {
        if (_player.IsActive && _player.Playback is null)
        {
            StopPlaying();
        }
    }

    /// <summary>Sends keys: as telephone events if the party takes them, else by playing the tones.</summary>
    /// <param name="digits">The keys; beyond <see cref="TelephoneEventSender.PendingMax"/> waiting they are
    /// dropped.</param>
    /// <param name="durationMs">Length of each, milliseconds.</param>
    /// <param name="tones">The same keys as tones.</param>
    public void SendDigits(IReadOnlyList<DtmfDigit> digits, int durationMs, AudioClip tones)
    {
        if (Config?.SendEventPayloadType is null || _digitsOut is null)
        {
            Play([tones], PlayOptions.Default);
            return;
        }

        for (var i = 0; i < digits.Count; i++)
        {
            _digitsOut.Enqueue(digits[i], durationMs);
        }
    }

    /// <summary>Repeats a key of another leg, if the party takes telephone events.</summary>
    internal void RelayDigit(DtmfDigit digit, int durationMs) => _digitsOut?.Enqueue(digit, durationMs);

    /// <summary>A tick begins: clocks move on, time-outs are looked at, reports are sent.</summary>
    internal void BeginTick(Instant now)
    {
        Out.Tick();
        if (_digitsIn is not null && now >= _digitsIn.NextDeadline)
        {
            Span<DtmfSignal> signals = stackalloc DtmfSignal[1];
            if (_digitsIn.Tick(now, signals) > 0)
            {
                Report(signals[0]);
            }
        }

        if (now >= _control.NextDeadline && !Out.To.IsNone)
        {
            SendControl(now, false);
        }

        WatchMedia(now);
    }

    /// <summary>The tick of a leg that is in no bridge.</summary>
    internal void TickAlone(Instant now, long frameNumber)
    {
        if (NeedsAudio)
        {
            ReadAudio(now);
            TapFrame(RecordingSide.Own, In.Frame, In.Codec!.SampleRateHz);
        }

        SendHeard(frameNumber, [], 8_000);
    }

    /// <summary>A tick ends: the recording's time line moves on.</summary>
    internal void EndTick()
    {
        if (Recording is not { } tap)
        {
            return;
        }

        tap.Tick();
        if (tap.IsFinished)
        {
            Recording = null;
            Bridge?.Reconsider();
        }
    }

    /// <summary>Decodes the next frame and looks into it.</summary>
    internal void ReadAudio(Instant now)
    {
        In.ReadFrame(now, _analysis.IsQuiet);
        _isConverted = false;
        var narrow = _watch.InBandDigits ? FrameAt(8_000) : [];
        if (_analysis.Hear(now, _watch, In.Frame, narrow) is not null)
        {
            StopOnDigit();
        }
    }

    /// <summary>Decodes the next frame and brings it to the rate of the mixer.</summary>
    internal void ReadForMix(Instant now, int sampleRateHz)
    {
        ReadAudio(now);
        _isMixFrameOwn = (In.Codec?.SampleRateHz ?? 8_000) == sampleRateHz;
        _mixSamples = FrameAt(sampleRateHz).Length;
    }

    /// <summary>The frame just read, at the rate of the mixer.</summary>
    internal ReadOnlySpan<short> MixFrame => _isMixFrameOwn ? In.Frame : _resampled.AsSpan(0, _mixSamples);

    private ReadOnlySpan<short> FrameAt(int sampleRateHz)
    {
        var own = In.Codec?.SampleRateHz ?? 8_000;
        if (own == sampleRateHz)
        {
            return In.Frame;
        }

        // A converter has a memory: each frame must pass through it once.
        if (!_isConverted)
        {
            _isConverted = true;
            var converter = sampleRateHz > own
                ? _up ??= new RateConverter(RateFilter.From8To16)
                : _down ??= new RateConverter(RateFilter.From16To8);
            _ = converter.Convert(In.Frame, _resampled);
        }

        return _resampled.AsSpan(0, sampleRateHz / CodecLimits.FramesPerSecond);
    }

    /// <summary>Keeps a frame in the recording, if there is one.</summary>
    internal void TapFrame(RecordingSide side, ReadOnlySpan<short> pcm, int sampleRateHz) =>
        Recording?.Frame(side, pcm, sampleRateHz);

    /// <summary>Sends what the party is to hear now: keys before prompts before the others.</summary>
    /// <param name="frameNumber">Number of the tick, for shared music.</param>
    /// <param name="mix">What the others say; empty when there is nobody to be heard.</param>
    /// <param name="sampleRateHz">Rate of the mix.</param>
    internal void SendHeard(long frameNumber, ReadOnlySpan<short> mix, int sampleRateHz)
    {
        if (Config is not { } config || SendDigitPacket())
        {
            return;
        }

        if (_player.IsActive)
        {
            SendPlayed(config.Codec, frameNumber);
        }
        else if (!mix.IsEmpty)
        {
            _idleFrames = 0;
            Encode(ToCodecRate(config.Codec, mix, sampleRateHz));
        }
        else
        {
            SendIdle(config.Codec);
        }
    }

    /// <summary>The part of a tick that a leg needs whose others are forwarded to it.</summary>
    internal void SendOwnDigits() => SendDigitPacket();

    private bool SendDigitPacket()
    {
        if (_digitsOut is not { IsActive: true } sender)
        {
            return false;
        }

        var wasSent = sender.TryNext(Out.Clock, out var packet);
        if (wasSent)
        {
            Span<byte> payload = stackalloc byte[TelephoneEvent.Bytes];
            packet.Event.Write(payload);
            Out.SendEvent(packet.Timestamp, packet.IsMarked, payload);
        }

        if (!sender.IsActive)
        {
            _events.Raise(new DigitsSent(Id));
        }

        return wasSent;
    }

    private void SendPlayed(Codec codec, long frameNumber)
    {
        _idleFrames = 0;
        var isLast = _player.Next(frameNumber, out var clip, out var frame);
        var payload = clip.Encoded(codec, frame);
        if (payload.IsEmpty)
        {
            Encode(clip.Frame(codec.SampleRateHz, frame));
        }
        else
        {
            Out.SendFrame(payload);
        }

        if (isLast)
        {
            if (_player.Playback is { } playback)
            {
                _events.Raise(new PlaybackFinished(Id, playback, true));
            }

            Bridge?.Reconsider();
        }
    }

    private void SendIdle(Codec codec)
    {
        _idleFrames++;
        if (_idleFrames <= TrailingFrames || _idleFrames % KeepAliveFrames == 0)
        {
            var silence = _toEncode.AsSpan(0, codec.SamplesPerFrame);
            silence.Clear();
            Encode(silence);
        }
        else
        {
            Out.SkipFrame();
        }
    }

    private void Encode(ReadOnlySpan<short> pcm)
    {
        _encoder ??= Config!.Codec.CreateEncoder();
        var bytes = _encoder.Encode(pcm, _payload);
        Out.SendFrame(_payload.AsSpan(0, bytes));
    }

    private ReadOnlySpan<short> ToCodecRate(Codec codec, ReadOnlySpan<short> mix, int sampleRateHz)
    {
        if (codec.SampleRateHz == sampleRateHz)
        {
            return mix;
        }

        var converter = codec.SampleRateHz > sampleRateHz
            ? _heardUp ??= new RateConverter(RateFilter.From8To16)
            : _heardDown ??= new RateConverter(RateFilter.From16To8);
        return _toEncode.AsSpan(0, converter.Convert(mix, _toEncode));
    }

    private void StopOnDigit()
    {
        if (_player.StopsOnDigit)
        {
            StopPlaying();
        }
    }

    private void SendControl(Instant now, bool isLast)
    {
        var to = Config!.RtcpMux ? Out.To
            : !Config.Rtcp.IsNone && Out.To == Config.Rtp ? Config.Rtcp
            : Out.To.WithPort(Out.To.Port + 1);
        _path.SendRtcp(to, Config.RtcpMux, _control.Report(now, In, Out, isLast));
    }

    private void WatchMedia(Instant now)
    {
        if (_isMediaStopped || _watch.MediaSilence <= TimeSpan.Zero || _configuredAt.IsNever
            || (Config!.Direction & MediaDirection.Receive) == 0)
        {
            return;
        }

        var last = In.LastPacket.IsNever ? _configuredAt : Instant.Max(In.LastPacket, _configuredAt);
        if (now - last >= _watch.MediaSilence)
        {
            _isMediaStopped = true;
            _events.Raise(new MediaStopped(Id, _watch.MediaSilence));
        }
    }
}

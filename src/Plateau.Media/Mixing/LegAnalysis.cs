using Plateau.Contracts;
using Plateau.Media.Audio;
using Plateau.Media.Detection;
using Plateau.Media.Dtmf;

namespace Plateau.Media.Mixing;

/// <summary>What is heard in a leg's linear audio: level, speech, keys as tones.</summary>
internal sealed class LegAnalysis(LegId leg, IMediaEvents events)
{
    private const double QuietDbov = -50;

    private readonly SpeechDetector _speech = new();
    private DtmfDetector? _digits;
    private DtmfDigit? _pressed;
    private Instant _pressedAt;
    private int _silentMs;
    private bool _hasReported;

    /// <summary>Level of the last frame, dBov.</summary>
    public double LevelDbov { get; private set; } = AudioLevel.SilenceDbov;

    /// <summary>Whether the last frame was so quiet that one more or less is not heard.</summary>
    public bool IsQuiet => LevelDbov < QuietDbov;

    /// <summary>Whether the party speaks.</summary>
    public bool IsSpeaking => _speech.IsSpeaking;

    /// <summary>Hears one frame.</summary>
    /// <param name="now">The current tick.</param>
    /// <param name="watch">What to look for.</param>
    /// <param name="pcm">20 ms at 8 or 16 kHz.</param>
    /// <param name="narrow">The same at 8 kHz, for tones; may be empty when keys are not looked for.</param>
    /// <returns>The key that went down in this frame, if any.</returns>
    public DtmfDigit? Hear(Instant now, LegWatch watch, ReadOnlySpan<short> pcm, ReadOnlySpan<short> narrow)
    {
        var wasSpeaking = _speech.IsSpeaking;
        _speech.Hear(pcm);
        LevelDbov = _speech.LevelDbov;
        if (watch.SpeechSilence > TimeSpan.Zero)
        {
            ReportSpeech(watch.SpeechSilence, wasSpeaking);
        }

        return watch.InBandDigits ? HearDigit(now, narrow) : null;
    }

    private void ReportSpeech(TimeSpan silence, bool wasSpeaking)
    {
        if (_speech.IsSpeaking)
        {
            _silentMs = 0;
            _hasReported = false;
            if (!wasSpeaking)
            {
                events.Raise(new SpeechStarted(leg));
            }

            return;
        }

        _silentMs += 20;
        if (!_hasReported && _silentMs >= silence.TotalMilliseconds)
        {
            _hasReported = true;
            events.Raise(new SpeechStopped(leg, silence));
        }
    }

    private DtmfDigit? HearDigit(Instant now, ReadOnlySpan<short> narrow)
    {
        _digits ??= new DtmfDetector();
        Span<DtmfDigit> found = stackalloc DtmfDigit[DtmfDetector.DigitsMax];
        var count = _digits.Hear(narrow, found);
        if (_pressed is { } old && (count > 0 || _digits.Current != old))
        {
            events.Raise(new DigitEnded(leg, old.Symbol, now - _pressedAt));
            _pressed = null;
        }

        if (count == 0)
        {
            return null;
        }

        _pressed = found[count - 1];
        _pressedAt = now;
        events.Raise(new DigitBegan(leg, found[count - 1].Symbol, true));
        return _pressed;
    }
}

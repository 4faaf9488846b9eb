using Plateau.Media.Audio;

namespace Plateau.Media.Tones;

/// <summary>Plays a <see cref="TonePlan"/> into frames; nothing is allocated after construction.</summary>
/// <remarks>Segments begin and end with 2 ms of fade, so that they do not click.</remarks>
public sealed class ToneGenerator
{
    private readonly TonePlan _plan;
    private readonly int _sampleRateHz;
    private readonly int _ramp;
    private readonly SineWave[] _waves = new SineWave[ToneSegment.FrequenciesMax];
    private int _segment;
    private int _position;
    private int _length;
    private int _voices;
    private float _amplitude;
    private readonly bool _isSustained;

    /// <summary>A generator at the beginning of its plan.</summary>
    /// <param name="plan">What to play.</param>
    /// <param name="sampleRateHz">Rate of the frames asked for.</param>
    public ToneGenerator(TonePlan plan, int sampleRateHz)
    {
        if (plan.Segments.Count == 0)
        {
            throw new ArgumentException("A tone has at least one segment", nameof(plan));
        }

        _plan = plan;
        _sampleRateHz = sampleRateHz;
        _ramp = sampleRateHz / 500;
        // A plan of one repeated segment is one endless sound: it fades in once and its phase never breaks.
        _isSustained = plan.Repeats && plan.Segments.Count == 1;
        Enter(0);
    }

    /// <summary>Whether a plan that does not repeat is over; frames are silent from then on.</summary>
    public bool IsFinished => _segment == _plan.Segments.Count;

    /// <summary>Writes the next frame.</summary>
    /// <param name="pcm">Fully overwritten; any length.</param>
    /// <returns>Whether any of it was within the plan.</returns>
    public bool Fill(Span<short> pcm)
    {
        var isPlaying = !IsFinished;
        while (!pcm.IsEmpty && !IsFinished)
        {
            var count = Math.Min(pcm.Length, _length - _position);
            FillWithin(pcm[..count]);
            pcm = pcm[count..];
            if (_position == _length)
            {
                Advance();
            }
        }

        pcm.Clear();
        return isPlaying;
    }

    private void FillWithin(Span<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            var edge = Math.Min(_position, _length - 1 - _position);
            var gain = edge >= _ramp || _isSustained ? _amplitude : _amplitude * edge / _ramp;
            float sum = 0;
            for (var voice = 0; voice < _voices; voice++)
            {
                sum += _waves[voice].Next();
            }

            pcm[i] = (short)Math.Clamp(MathF.Round(sum * gain), short.MinValue, short.MaxValue);
            _position++;
        }
    }

    private void Advance()
    {
        if (_isSustained)
        {
            _position = 0;
            return;
        }

        var next = _segment + 1;
        Enter(next == _plan.Segments.Count && _plan.Repeats ? 0 : next);
    }

    private void Enter(int index)
    {
        _segment = index;
        if (IsFinished)
        {
            return;
        }

        var segment = _plan.Segments[index];
        _position = 0;
        _length = Math.Max(1, (int)((long)segment.DurationMs * _sampleRateHz / 1000));
        _voices = Math.Min(segment.FrequenciesHz.Count, ToneSegment.FrequenciesMax);
        _amplitude = (float)AudioLevel.SineAmplitude(segment.LevelDbov);
        for (var voice = 0; voice < _voices; voice++)
        {
            _waves[voice] = new SineWave(segment.FrequenciesHz[voice], _sampleRateHz);
        }
    }
}

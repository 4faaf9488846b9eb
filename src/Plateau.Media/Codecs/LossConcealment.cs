namespace Plateau.Media.Codecs;

/// <summary>Fills gaps by repeating the last pitch period heard, fading to silence in 60 ms.</summary>
/// <remarks>
/// In the spirit of ITU-T G.711 Appendix I, without its 3.75 ms delay: the join at the beginning of a gap is smooth
/// because whole periods are repeated, the join at the end is a cross-fade into the first good samples.
/// </remarks>
public sealed class LossConcealment
{
    /// <summary>Time after the first 10 ms in which the repetition falls to silence, milliseconds.</summary>
    private const int FadeMs = 50;

    private readonly short[] _history;
    private readonly int _lagMin;
    private readonly int _lagMax;
    private readonly int _crossFade;
    private readonly int _stride;
    private readonly int _perMs;
    private int _period;
    private int _phase;
    private int _lostSamples;

    /// <summary>Concealment with nothing heard yet: a gap now would be silence.</summary>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    public LossConcealment(int sampleRateHz)
    {
        _perMs = sampleRateHz / 1000;
        _stride = _perMs / 8;
        _lagMin = 5 * _perMs; // 200 Hz and
        _lagMax = 15 * _perMs; // 66 Hz: the pitches of Appendix I.
        _crossFade = 5 * _perMs;
        _history = new short[3 * _lagMax + _crossFade];
    }

    /// <summary>Whether the last frame given was invented.</summary>
    public bool IsConcealing => _lostSamples > 0;

    /// <summary>Takes note of good audio; after a gap its beginning is blended with what was invented.</summary>
    /// <param name="pcm">Decoded samples in order, any length; the first 5 ms may be changed after a gap.</param>
    public void Heard(Span<short> pcm)
    {
        if (_lostSamples > 0)
        {
            BlendIn(pcm);
            _lostSamples = 0;
        }

        Remember(pcm);
    }

    /// <summary>Invents the samples of a gap.</summary>
    /// <param name="pcm">Fully overwritten.</param>
    public void Conceal(Span<short> pcm)
    {
        if (_lostSamples == 0)
        {
            _period = FindPeriod();
            _phase = 0;
        }

        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = NextInvented();
        }
    }

    /// <summary>Forgets everything heard.</summary>
    public void Reset()
    {
        Array.Clear(_history);
        _lostSamples = 0;
    }

    private short NextInvented()
    {
        var sample = _history[_history.Length - _period + _phase];
        _phase = _phase + 1 == _period ? 0 : _phase + 1;
        var fading = _lostSamples - 10 * _perMs;
        _lostSamples = Math.Min(_lostSamples + 1, 1_000 * _perMs);
        var fade = FadeMs * _perMs;
        return fading <= 0 ? sample : fading >= fade ? (short)0 : (short)(sample * (fade - fading) / fade);
    }

    private void BlendIn(Span<short> pcm)
    {
        var length = Math.Min(_crossFade, pcm.Length);
        for (var i = 0; i < length; i++)
        {
            pcm[i] = (short)((NextInvented() * (length - i) + pcm[i] * i) / length);
        }
    }

    private void Remember(ReadOnlySpan<short> pcm)
    {
        if (pcm.Length >= _history.Length)
        {
            pcm[^_history.Length..].CopyTo(_history);
            return;
        }

        _history.AsSpan(pcm.Length).CopyTo(_history);
        pcm.CopyTo(_history.AsSpan(_history.Length - pcm.Length));
    }

    /// <summary>The lag at which the recent past resembles itself most: coarse in steps of 0.25 ms, then
    /// exact.</summary>
    private int FindPeriod()
    {
        var coarse = 2 * _stride;
        var best = Best(_lagMin, _lagMax, coarse);
        return Best(Math.Max(_lagMin, best - coarse), Math.Min(_lagMax, best + coarse), 1);
    }

    private int Best(int from, int to, int step)
    {
        var best = to;
        var bestScore = float.NegativeInfinity;
        for (var lag = from; lag <= to; lag += step)
        {
            var score = Resemblance(lag);
            if (score > bestScore)
            {
                bestScore = score;
                best = lag;
            }
        }

        return best;
    }

    /// <summary>Normalised correlation of the last 20 ms with the same stretch a lag earlier.</summary>
    private float Resemblance(int lag)
    {
        float cross = 0;
        float energy = 1;
        var end = _history.Length;
        for (var i = end - 20 * _perMs; i < end; i += _stride)
        {
            float past = _history[i - lag];
            cross += _history[i] * past;
            energy += past * past;
        }

        return cross / MathF.Sqrt(energy);
    }
}

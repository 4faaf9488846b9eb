using System.Runtime.Intrinsics;
using Plateau.Media.Detection;

namespace Plateau.Media.Dtmf;

/// <summary>Hears keys in narrowband audio, for callers whose network sends no telephone events.</summary>
/// <remarks>
/// Blocks of 102 samples (12.75 ms); a key counts when two blocks in a row agree and is over after two blocks without
/// it.
/// Against talk-off: both tones must carry most of the block's energy, dominate their group, keep the twist of Q.24,
/// and
/// the high one not come with a second harmonic, which voices have and telephones have not.
/// A named limit: blocks this short cannot refuse tones 3.5 % off their pitch, as Q.24 asks.
/// Source: ITU-T Q.23, Q.24.
/// </remarks>
public sealed class DtmfDetector
{
    /// <summary>The only sample rate it takes, Hz.</summary>
    public const int SampleRateHz = 8_000;

    /// <summary>Most keys one call of <see cref="Hear"/> can find per 20 ms given.</summary>
    public const int DigitsMax = 2;

    private const int BlockSamples = 102;
    private const int BlocksToStart = 2;
    private const int BlocksToEnd = 2;

    /// <summary>Weakest tone heard: -45 dBov (-39 dBm0), where Q.24 leaves the choice to the administration.</summary>
    private const float AmplitudeMin = 260;

    /// <summary>Both weakest tones together, as squared magnitudes over a block.</summary>
    private const float EnergyMin = 2 * (AmplitudeMin * BlockSamples / 2) * (AmplitudeMin * BlockSamples / 2);

    private const float NormalTwistMax = 6.31f; // 8 dB: high tone weaker.
    private const float ReverseTwistMax = 2.82f; // 4.5 dB: low tone weaker.
    private const float GroupRatioMin = 6.31f; // 8 dB above the others of the group.
    private const float ShareMin = 0.72f; // Of all energy in the block; 1 for two pure tones.
    private const float HarmonicMax = 0.1f; // -10 dB

    /// <summary>The four rows, then the four columns: one lane of a vector each.</summary>
    private static readonly Vector256<float> Coefficients = Vector256.Create(
        Goertzel.Coefficient(697, SampleRateHz),
        Goertzel.Coefficient(770, SampleRateHz),
        Goertzel.Coefficient(852, SampleRateHz),
        Goertzel.Coefficient(941, SampleRateHz),
        Goertzel.Coefficient(1_209, SampleRateHz),
        Goertzel.Coefficient(1_336, SampleRateHz),
        Goertzel.Coefficient(1_477, SampleRateHz),
        Goertzel.Coefficient(1_633, SampleRateHz));

    private static readonly float[] HighHarmonics =
        [.. DtmfDigit.HighFrequenciesHz.ToArray().Select(f => Goertzel.Coefficient(2 * f, SampleRateHz))];

    private readonly short[] _block = new short[BlockSamples];
    private int _filled;
    private DtmfDigit? _candidate;
    private DtmfDigit? _current;
    private int _hits;
    private int _misses;

    /// <summary>The key that is down now, if any; legs that carry card numbers are muted by it.</summary>
    public DtmfDigit? Current => _current;

    /// <summary>Whether the last block sounded like a key, even if not long enough to count yet.</summary>
    public bool IsSuspected => _candidate is not null || _current is not null;

    /// <summary>Hears the next samples.</summary>
    /// <param name="pcm">8 kHz mono, any number.</param>
    /// <param name="digits">Room for <see cref="DigitsMax"/> per 20 ms given.</param>
    /// <returns>Number of keys that went down.</returns>
    public int Hear(ReadOnlySpan<short> pcm, Span<DtmfDigit> digits)
    {
        var count = 0;
        while (!pcm.IsEmpty)
        {
            var take = Math.Min(BlockSamples - _filled, pcm.Length);
            pcm[..take].CopyTo(_block.AsSpan(_filled));
            pcm = pcm[take..];
            _filled += take;
            if (_filled == BlockSamples)
            {
                _filled = 0;
                if (Decide(Recognise(_block)) is { } digit)
                {
                    digits[count++] = digit;
                }
            }
        }

        return count;
    }

    /// <summary>Forgets the past.</summary>
    public void Reset()
    {
        _filled = 0;
        _candidate = null;
        _current = null;
        _hits = 0;
        _misses = 0;
    }

    /// <summary>The key that has just gone down, or null.</summary>
    private DtmfDigit? Decide(DtmfDigit? heard)
    {
        _hits = heard is null ? 0 : heard == _candidate ? _hits + 1 : 1;
        _candidate = heard;
        _misses = heard == _current ? 0 : _misses + 1;
        var isOther = _hits >= BlocksToStart && heard != _current;
        if (isOther)
        {
            _current = heard;
            _misses = 0;
            return heard;
        }

        if (_misses >= BlocksToEnd)
        {
            _current = null;
        }

        return null;
    }

    private static DtmfDigit? Recognise(ReadOnlySpan<short> block)
    {
        float total = 0;
        foreach (var sample in block)
        {
            total += (float)sample * sample;
        }

        if (total * BlockSamples / 2 < EnergyMin)
        {
            return null;
        }

        Span<float> energies = stackalloc float[8];
        Measure(block).CopyTo(energies);
        var row = Strongest(energies[..4], out var low);
        var column = Strongest(energies[4..], out var high);
        if (row < 0 || column < 0
            || low + high < EnergyMin
            || high > low * ReverseTwistMax || low > high * NormalTwistMax
            || low + high < ShareMin * total * BlockSamples / 2)
        {
            return null;
        }

        // The harmonics of the rows lie too near the columns (2 × 697 Hz to 1 336 Hz) to be told apart in one block.
        return Goertzel.Energy(block, HighHarmonics[column]) > HarmonicMax * high ? null : DtmfDigit.At(row, column);
    }

    /// <summary>Goertzel's recursion (<see cref="Goertzel.Energy"/>) for all eight tones at once.</summary>
    private static Vector256<float> Measure(ReadOnlySpan<short> block)
    {
        var one = Vector256<float>.Zero;
        var two = Vector256<float>.Zero;
        foreach (var sample in block)
        {
            var zero = Vector256.Create((float)sample) + Coefficients * one - two;
            two = one;
            one = zero;
        }

        return one * one + two * two - Coefficients * one * two;
    }

    /// <summary>The strongest tone of a group, or -1 when it does not stand out.</summary>
    private static int Strongest(ReadOnlySpan<float> energies, out float energy)
    {
        var best = -1;
        float second = 0;
        energy = 0;
        for (var i = 0; i < energies.Length; i++)
        {
            if (energies[i] > energy)
            {
                second = energy;
                energy = energies[i];
                best = i;
            }
            else
            {
                second = Math.Max(second, energies[i]);
            }
        }

        return energy > second * GroupRatioMin ? best : -1;
    }
}

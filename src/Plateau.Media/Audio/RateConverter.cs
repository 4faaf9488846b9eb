using System.Numerics;

namespace Plateau.Media.Audio;

/// <summary>Changes the sample rate of one mono stream; nothing is allocated after construction.</summary>
/// <param name="filter">The shared filter of the wanted pair of rates.</param>
public sealed class RateConverter(RateFilter filter)
{
    private const int ChunkSamples = 960;

    private readonly float[] _window = new float[filter.TapsPerPhase - 1 + ChunkSamples];
    private int _next;
    private int _phase;

    /// <summary>Both rates and the filter between them.</summary>
    public RateFilter Filter => filter;

    /// <summary>The most samples that converting so many can give now; exact for 8 to 16 kHz and back.</summary>
    public int OutputMax(int inputSamples) => (int)(((long)inputSamples * filter.Up + filter.Down - 1) / filter.Down);

    /// <summary>Converts the next stretch of the stream.</summary>
    /// <param name="input">Any number of samples.</param>
    /// <param name="output">At least <see cref="OutputMax"/> samples; must not overlap the input.</param>
    /// <returns>Samples written.</returns>
    public int Convert(ReadOnlySpan<short> input, Span<short> output)
    {
        var written = 0;
        while (!input.IsEmpty)
        {
            var count = Math.Min(ChunkSamples, input.Length);
            written += ConvertChunk(input[..count], output[written..]);
            input = input[count..];
        }

        return written;
    }

    /// <summary>Forgets the past, as if newly constructed.</summary>
    public void Reset()
    {
        Array.Clear(_window);
        _next = 0;
        _phase = 0;
    }

    /// <summary>Converts a whole recording at once, without the filter's delay at its beginning.</summary>
    /// <returns>A new array of <paramref name="input"/>'s duration; the input itself when the rates are
    /// equal.</returns>
    public static short[] ConvertWhole(short[] input, int fromHz, int toHz)
    {
        if (fromHz == toHz)
        {
            return input;
        }

        var filter = new RateFilter(fromHz, toHz);
        var converter = new RateConverter(filter);
        var delay = filter.TapsPerPhase / 2;
        var length = (int)((long)input.Length * toHz / fromHz);
        var padded = new short[input.Length + delay + filter.Down];
        input.CopyTo(padded, 0);
        var output = new short[converter.OutputMax(padded.Length)];
        _ = converter.Convert(padded, output);
        var skip = (int)((long)delay * toHz / fromHz);
        return output.AsSpan(skip, Math.Min(length, output.Length - skip)).ToArray();
    }

    private int ConvertChunk(ReadOnlySpan<short> input, Span<short> output)
    {
        var past = filter.TapsPerPhase - 1;
        for (var i = 0; i < input.Length; i++)
        {
            _window[past + i] = input[i];
        }

        var written = 0;
        while (_next < input.Length)
        {
            var sum = Dot(_window.AsSpan(_next, filter.TapsPerPhase), filter.Phase(_phase));
            output[written++] = (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
            _phase += filter.Down;
            _next += _phase / filter.Up;
            _phase %= filter.Up;
        }

        _next -= input.Length;
        _window.AsSpan(input.Length, past).CopyTo(_window);
        return written;
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i + Vector<float>.Count <= left.Length; i += Vector<float>.Count)
        {
            sum += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
        }

        var total = Vector.Sum(sum);
        for (; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }
}

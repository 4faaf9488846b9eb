using Plateau.Media.Codecs;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>A prompt as RTP payloads of 20 ms: encoded once, read by all calls at once.</summary>
/// <remarks>Immutable. The payloads lie one behind the other; the last frame is filled up with silence.</remarks>
public sealed class PromptFrames
{
    private readonly byte[] _payloads;
    private readonly int[] _starts;

    private PromptFrames(Codec codec, byte[] payloads, int[] starts)
    {
        Codec = codec;
        _payloads = payloads;
        _starts = starts;
    }

    /// <summary>What they are encoded in.</summary>
    public Codec Codec { get; }

    /// <summary>Number of 20 ms frames.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>All payloads; frame i of a constant-rate codec is at i × 160.</summary>
    public ReadOnlyMemory<byte> Payloads => _payloads;

    /// <summary>The payload of one frame.</summary>
    public ReadOnlySpan<byte> this[int index] => _payloads.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    /// <summary>Encodes samples of the codec's rate.</summary>
    public static PromptFrames Encode(Codec codec, ReadOnlySpan<short> pcm)
    {
        using var encoder = codec.CreateEncoder();
        var samples = codec.SamplesPerFrame;
        var count = (pcm.Length + samples - 1) / samples;
        var starts = new int[count + 1];
        var payloads = new byte[count * 160];
        var frame = new short[samples];
        var payload = new byte[CodecLimits.PayloadBytesMax];
        for (var i = 0; i < count; i++)
        {
            var part = pcm[(i * samples)..Math.Min((i + 1) * samples, pcm.Length)];
            part.CopyTo(frame);
            frame.AsSpan(part.Length).Clear();
            var bytes = encoder.Encode(frame, payload);
            starts[i + 1] = starts[i] + bytes;
            if (starts[i + 1] > payloads.Length)
            {
                Array.Resize(ref payloads, Math.Max(starts[i + 1], payloads.Length * 2));
            }

            payload.AsSpan(0, bytes).CopyTo(payloads.AsSpan(starts[i]));
        }

        Array.Resize(ref payloads, starts[count]);
        return new PromptFrames(codec, payloads, starts);
    }

    /// <summary>The frames of several prompts of one codec, one after the other.</summary>
    public static PromptFrames Join(IReadOnlyList<PromptFrames> parts)
    {
        var payloads = new byte[parts.Sum(p => p._payloads.Length)];
        var starts = new List<int> { 0 };
        foreach (var part in parts)
        {
            var offset = starts[^1];
            part._payloads.CopyTo(payloads, offset);
            starts.AddRange(part._starts.Skip(1).Select(start => start + offset));
        }

        return new PromptFrames(parts[0].Codec, payloads, [.. starts]);
    }
}

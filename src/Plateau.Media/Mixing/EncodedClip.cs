using Plateau.Media.Codecs;

namespace Plateau.Media.Mixing;

/// <summary>A clip in one codec: the payloads of its frames one after the other.</summary>
internal sealed class EncodedClip
{
    private readonly byte[] _payloads;
    private readonly int[] _ends;

    private EncodedClip(byte[] payloads, int[] ends)
    {
        _payloads = payloads;
        _ends = ends;
    }

    /// <summary>Encodes whole frames of 20 ms at the codec's sample rate.</summary>
    public static EncodedClip Encode(Codec codec, ReadOnlySpan<short> pcm)
    {
        using var encoder = codec.CreateEncoder();
        var frames = pcm.Length / codec.SamplesPerFrame;
        var payloads = new MemoryStream(frames * 160);
        var ends = new int[frames];
        Span<byte> payload = stackalloc byte[CodecLimits.PayloadBytesMax];
        for (var i = 0; i < frames; i++)
        {
            var length = encoder.Encode(pcm.Slice(i * codec.SamplesPerFrame, codec.SamplesPerFrame), payload);
            payloads.Write(payload[..length]);
            ends[i] = (int)payloads.Length;
        }

        return new EncodedClip(payloads.ToArray(), ends);
    }

    public ReadOnlySpan<byte> Frame(int frame)
    {
        var start = frame == 0 ? 0 : _ends[frame - 1];
        return _payloads.AsSpan(start, _ends[frame] - start);
    }
}

using Plateau.Media.Audio;
using Plateau.Media.Codecs;

namespace Plateau.Media.Mixing;

/// <summary>A piece of audio that can be played to any number of legs at once, encoded once per codec.</summary>
/// <remarks>
/// Immutable but for the encodings, which are made by <see cref="Prepare"/> on the control plane and then only read;
/// any thread. A leg whose codec was not prepared for gets the linear audio and encodes it itself.
/// </remarks>
public sealed class AudioClip
{
    private readonly short[] _narrow;
    private readonly short[] _wide;
    private readonly EncodedClip?[] _encoded = new EncodedClip?[Codec.All.Count];

    /// <summary>A clip from linear audio.</summary>
    /// <param name="pcm">Mono 16-bit samples; the end is filled up with silence to whole frames of 20 ms.</param>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    /// <exception cref="ArgumentException">Another rate, or longer than
    /// <see cref="Limits.ClipSecondsMax"/>.</exception>
    public AudioClip(ReadOnlySpan<short> pcm, int sampleRateHz)
    {
        if (sampleRateHz is not (8_000 or 16_000) || pcm.Length > Limits.ClipSecondsMax * sampleRateHz)
        {
            throw new ArgumentException($"A clip of {pcm.Length} samples at {sampleRateHz} Hz is not possible");
        }

        var frameSamples = sampleRateHz / CodecLimits.FramesPerSecond;
        Frames = (pcm.Length + frameSamples - 1) / frameSamples;
        var whole = new short[Frames * frameSamples];
        pcm.CopyTo(whole);
        _narrow = sampleRateHz == 8_000 ? whole : RateConverter.ConvertWhole(whole, 16_000, 8_000);
        _wide = sampleRateHz == 16_000 ? whole : RateConverter.ConvertWhole(whole, 8_000, 16_000);
    }

    /// <summary>Length in frames of 20 ms.</summary>
    public int Frames { get; }

    /// <summary>Length.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Frames * CodecLimits.FrameMs);

    /// <summary>Encodes for a codec, unless that has been done. Control plane: it allocates and takes its
    /// time.</summary>
    public void Prepare(Codec codec)
    {
        ref var encoded = ref _encoded[IndexOf(codec)];
        if (Volatile.Read(ref encoded) is null)
        {
            Interlocked.CompareExchange(ref encoded, EncodedClip.Encode(codec, Pcm(codec.SampleRateHz)), null);
        }
    }

    /// <summary>One frame in a codec, ready for the payload of a packet; empty when the codec was not prepared
    /// for.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="frame">0 up to but not including <see cref="Frames"/>.</param>
    public ReadOnlySpan<byte> Encoded(Codec codec, int frame) =>
        Volatile.Read(ref _encoded[IndexOf(codec)]) is { } clip ? clip.Frame(frame) : [];

    /// <summary>One frame of linear audio.</summary>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    /// <param name="frame">0 up to but not including <see cref="Frames"/>.</param>
    public ReadOnlySpan<short> Frame(int sampleRateHz, int frame)
    {
        var samples = sampleRateHz / CodecLimits.FramesPerSecond;
        return Pcm(sampleRateHz).Slice(frame * samples, samples);
    }

    /// <summary>All of it at 8 000 or 16 000 Hz.</summary>
    public ReadOnlySpan<short> Pcm(int sampleRateHz) => sampleRateHz == 8_000 ? _narrow : _wide;

    private static int IndexOf(Codec codec) =>
        codec == Codec.Pcma ? 0 : codec == Codec.Pcmu ? 1 : codec == Codec.G722 ? 2 : 3;
}

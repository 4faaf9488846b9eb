using Plateau.Contracts;

namespace Plateau.Media.Codecs;

/// <summary>Quiet, slightly dull noise, so that a muted or silent leg does not sound dead.</summary>
/// <remarks>Source: RFC 3389 §3 for the level octet; the spectrum is a fixed one-pole low-pass, not
/// transmitted.</remarks>
public sealed class ComfortNoise
{
    private readonly Prng _chance;
    private float _amplitude;
    private float _last;

    /// <summary>Noise whose sequence follows from the generator's seed.</summary>
    /// <param name="chance">Used by this object alone.</param>
    /// <param name="levelDbov">RFC 3389 level: 0 is overload, 127 silence; 60 to 70 is usual.</param>
    public ComfortNoise(Prng chance, int levelDbov)
    {
        _chance = chance;
        SetLevel(levelDbov);
    }

    /// <summary>Changes the level, for instance to that of a received comfort-noise packet.</summary>
    /// <param name="levelDbov">0 to 127, decibels below overload.</param>
    public void SetLevel(int levelDbov)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(levelDbov);
        // Uniform noise of amplitude a has power a²/3; the low-pass below passes 1/3 of it.
        _amplitude = levelDbov >= 127 ? 0 : 32_767f * MathF.Pow(10, -levelDbov / 20f) * 3f;
    }

    /// <summary>Fills a frame.</summary>
    /// <param name="pcm">Fully overwritten.</param>
    public void Fill(Span<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            var white = (float)(2 * _chance.NextUnit() - 1) * _amplitude;
            _last = 0.5f * _last + 0.5f * white;
            pcm[i] = (short)Math.Clamp(_last, short.MinValue, short.MaxValue);
        }
    }
}

namespace Plateau.Media.Codecs;

/// <summary>How an Opus encoder trades bits and processor time for sound.</summary>
/// <param name="BitsPerSecond">Target bit rate, 6 000 to 510 000.</param>
/// <param name="Complexity">0 to 10; 10 costs about three times what 0 costs.</param>
/// <param name="ExpectedLossPercent">Loss the in-band redundancy is sized for, 0 to 100; 0 writes none.</param>
/// <param name="UsesDtx">Whether silence is sent as one short packet every 400 ms.</param>
public sealed record OpusOptions(int BitsPerSecond, int Complexity, int ExpectedLossPercent, bool UsesDtx)
{
    /// <summary>Speech in wide band for browsers: 24 kbit/s, medium effort, redundancy for 5 % loss, no gaps.</summary>
    public static readonly OpusOptions Default = new(24_000, 5, 5, false);
}

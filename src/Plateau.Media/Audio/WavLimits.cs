namespace Plateau.Media.Audio;

/// <summary>Bounds of uploaded WAV files.</summary>
public static class WavLimits
{
    /// <summary>Largest file read, bytes: ten minutes of CD audio, more than any prompt or music on hold
    /// needs.</summary>
    public const int FileBytesMax = 110 * 1024 * 1024;

    /// <summary>Most chunks looked at; real files have fewer than ten.</summary>
    public const int ChunksMax = 256;
}

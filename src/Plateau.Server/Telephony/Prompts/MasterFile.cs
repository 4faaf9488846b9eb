using System.Runtime.InteropServices;
using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Writes master audio (16 kHz, mono, 16 bit) so that the file is there whole or not at all.</summary>
internal static class MasterFile
{
    public static async Task WriteAsync(string path, short[] pcm)
    {
        var header = new WavHeader(WavEncoding.Pcm16, PromptLimits.MasterRateHz, 1);
        var bytes = new byte[header.Bytes + pcm.Length * 2];
        header.Write(bytes, pcm.Length * 2);
        // WAV is little-endian like every machine .NET 10 runs on.
        MemoryMarshal.AsBytes(pcm.AsSpan()).CopyTo(bytes.AsSpan(header.Bytes));
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        await File.WriteAllBytesAsync(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }
}

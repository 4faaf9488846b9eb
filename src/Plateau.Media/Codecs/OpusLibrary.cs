using System.Runtime.InteropServices;

namespace Plateau.Media.Codecs;

/// <summary>The functions of libopus.so.0 that we call; absent libraries are a named, visible case.</summary>
/// <remarks>
/// Source: RFC 6716, libopus 1.3. The ctl functions are variadic in C; importing them with fixed signatures is correct
/// on Linux x64 and arm64, where variadic and ordinary arguments travel alike, and is not to be used elsewhere.
/// </remarks>
public static partial class OpusLibrary
{
    internal const int Ok = 0;
    internal const int ApplicationVoip = 2048;
    internal const int SetBitrate = 4002;
    internal const int SetComplexity = 4010;
    internal const int SetInbandFec = 4012;
    internal const int SetPacketLossPercent = 4014;
    internal const int SetDtx = 4016;
    internal const int SetSignal = 4024;
    internal const int SignalVoice = 3001;
    internal const int ResetState = 4028;

    private const string Name = "libopus.so.0";

    /// <summary>Whether the library is installed and loads; asked once.</summary>
    public static bool IsPresent { get; } =
        NativeLibrary.TryLoad(Name, typeof(OpusLibrary).Assembly, DllImportSearchPath.SafeDirectories, out _);

    [LibraryImport(Name, EntryPoint = "opus_encoder_create")]
    internal static unsafe partial nint EncoderCreate(int sampleRateHz, int channels, int application, int* error);

    [LibraryImport(Name, EntryPoint = "opus_encoder_destroy")]
    internal static partial void EncoderDestroy(nint encoder);

    [LibraryImport(Name, EntryPoint = "opus_encode")]
    internal static unsafe partial int Encode(nint encoder, short* pcm, int samples, byte* payload, int bytesMax);

    [LibraryImport(Name, EntryPoint = "opus_encoder_ctl")]
    internal static partial int EncoderControl(nint encoder, int request, int value);

    [LibraryImport(Name, EntryPoint = "opus_decoder_create")]
    internal static unsafe partial nint DecoderCreate(int sampleRateHz, int channels, int* error);

    [LibraryImport(Name, EntryPoint = "opus_decoder_destroy")]
    internal static partial void DecoderDestroy(nint decoder);

    [LibraryImport(Name, EntryPoint = "opus_decode")]
    internal static unsafe partial int Decode(
        nint decoder, byte* payload, int bytes, short* pcm, int samplesMax, int useFec);

    [LibraryImport(Name, EntryPoint = "opus_decoder_ctl")]
    internal static partial int DecoderControl(nint decoder, int request, int value);
}

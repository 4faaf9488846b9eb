using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Why an uploaded file is no prompt.</summary>
public enum AudioImportError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>No bytes, or no samples in them.</summary>
    Empty,

    /// <summary>More than <see cref="PromptLimits.UploadBytesMax"/>.</summary>
    TooLarge,

    /// <summary>More than <see cref="PromptLimits.AudioSecondsMax"/>.</summary>
    TooLong,

    /// <summary>None of WAV, MP3, Ogg (Vorbis, Opus), FLAC, AIFF, AU, CAF.</summary>
    FormatUnknown,

    /// <summary>A WAV file that cannot be used; the WAV error says why.</summary>
    BadWav,

    /// <summary>Not WAV, and sox is not installed.</summary>
    ConverterAbsent,

    /// <summary>sox refused it, or has no reader for its format.</summary>
    ConverterFailed,

    /// <summary>sox did not finish within <see cref="PromptLimits.ConvertTimeout"/>.</summary>
    TimedOut,
}

/// <summary>Master audio, or the reason why there is none.</summary>
/// <param name="Pcm">Mono samples at <see cref="PromptLimits.MasterRateHz"/>; null on error.</param>
/// <param name="Error">Why, else <see cref="AudioImportError.None"/>.</param>
/// <param name="WavError">With <see cref="AudioImportError.BadWav"/>, what is wrong.</param>
public sealed record ImportedAudio(short[]? Pcm, AudioImportError Error, WavError WavError = WavError.None);

/// <summary>Turns an uploaded file of any common format into master audio: WAV ourselves, the rest through
/// sox.</summary>
/// <remarks>The format is told by the first bytes; names and content types of uploads are not believed.</remarks>
public sealed class AudioImport : IDisposable
{
    private readonly ExternalProgram _sox = new(
        "sox",
        PromptLimits.ConvertersMax,
        PromptLimits.ConvertTimeout,
        (PromptLimits.AudioSecondsMax + 1) * PromptLimits.MasterRateHz * 2 + 1_024);

    /// <summary>Converts a file; failures are outcomes, not exceptions.</summary>
    public async Task<ImportedAudio> ConvertAsync(ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        if (file.IsEmpty || file.Length > PromptLimits.UploadBytesMax)
        {
            return Failed(file.IsEmpty ? AudioImportError.Empty : AudioImportError.TooLarge);
        }

        var format = FormatOf(file.Span);
        return format switch
        {
            null => Failed(AudioImportError.FormatUnknown),
            "wav" => FromWav(file.Span),
            _ => await ThroughSoxAsync(format, file, cancel),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _sox.Dispose();

    private async Task<ImportedAudio> ThroughSoxAsync(string format, ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        string[] arguments =
            ["-t", format, "-", "-t", "wav", "-e", "signed", "-b", "16", "-c", "1", "-r", "16000", "-", "trim", "0",
             $"{PromptLimits.AudioSecondsMax + 1}"];
        var (end, output) = await _sox.RunAsync(arguments, file, cancel);
        return end switch
        {
            ProgramEnd.Succeeded => FromWav(output),
            ProgramEnd.Absent => Failed(AudioImportError.ConverterAbsent),
            ProgramEnd.TimedOut => Failed(AudioImportError.TimedOut),
            ProgramEnd.TooMuchOutput => Failed(AudioImportError.TooLong),
            _ => Failed(AudioImportError.ConverterFailed),
        };
    }

    private static ImportedAudio FromWav(ReadOnlySpan<byte> file)
    {
        var audio = WavParser.Parse(file, out var error);
        return audio is null
            ? error == WavError.NoAudio
                ? Failed(AudioImportError.Empty)
                : new ImportedAudio(null, AudioImportError.BadWav, error)
            : audio.Duration.TotalSeconds > PromptLimits.AudioSecondsMax
                ? Failed(AudioImportError.TooLong)
                : new ImportedAudio(audio.ToMono(PromptLimits.MasterRateHz), AudioImportError.None);
    }

    /// <summary>sox's name of the format that the first bytes announce.</summary>
    private static string? FormatOf(ReadOnlySpan<byte> file) =>
        file.StartsWith("RIFF"u8) || file.StartsWith("RF64"u8) ? "wav"
        : file.StartsWith("OggS"u8) ? file[..Math.Min(64, file.Length)].IndexOf("OpusHead"u8) >= 0 ? "opus" : "vorbis"
        : file.StartsWith("fLaC"u8) ? "flac"
        : file.StartsWith("FORM"u8) ? "aiff"
        : file.StartsWith(".snd"u8) ? "au"
        : file.StartsWith("caff"u8) ? "caf"
        : file.StartsWith("ID3"u8) || (file.Length > 1 && file[0] == 0xFF && (file[1] & 0xE0) == 0xE0) ? "mp3"
        : null;

    private static ImportedAudio Failed(AudioImportError error) => new(null, error);
}

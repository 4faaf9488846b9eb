using System.Globalization;
using System.Text;
using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Speaks with espeak-ng: offline, plain, always understandable; recorded audio sounds better.</summary>
/// <remarks>The text goes through standard input as UTF-8, so no part of it is ever an argument.</remarks>
public sealed class EspeakSynthesizer : ISpeechSynthesizer, IDisposable
{
    // espeak-ng writes 22 050 Hz, 16 bit; the longest text at the slowest speed stays below five minutes.
    private readonly ExternalProgram _program = new(
        "espeak-ng", PromptLimits.SpeakersMax, PromptLimits.SpeakTimeout, 300 * 22_050 * 2);

    /// <inheritdoc/>
    public string VoiceOf(string language) => $"espeak-ng/{Voice(language) ?? "none"}";

    /// <inheritdoc/>
    public async Task<SpokenAudio> SpeakAsync(SpeechRequest request, CancellationToken cancel)
    {
        var text = Clean(request.Text);
        var voice = Voice(request.Language);
        var error = text.Length == 0 ? SpeechError.TextEmpty
            : text.Length > PromptLimits.TextCharactersMax ? SpeechError.TextTooLong
            : voice is null ? SpeechError.LanguageUnknown
            : SpeechError.None;
        if (error != SpeechError.None)
        {
            return SpokenAudio.Failed(error);
        }

        var speed = Math.Clamp(request.WordsPerMinute, 80, 300).ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["-v", voice!, "-s", speed, "-b", "1", "--stdin", "--stdout"];
        var (end, output) = await _program.RunAsync(arguments, Encoding.UTF8.GetBytes(text + "\n"), cancel);
        return end switch
        {
            ProgramEnd.Succeeded => Parse(output),
            ProgramEnd.Absent => SpokenAudio.Failed(SpeechError.EngineAbsent),
            ProgramEnd.TimedOut => SpokenAudio.Failed(SpeechError.TimedOut),
            _ => SpokenAudio.Failed(SpeechError.EngineFailed),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();

    private static SpokenAudio Parse(byte[] output)
    {
        var audio = WavParser.Parse(output, out _);
        if (audio is null)
        {
            return SpokenAudio.Failed(SpeechError.EngineFailed);
        }

        var pcm = SpeechTrim.Apply(audio.ToMono(PromptLimits.MasterRateHz), PromptLimits.MasterRateHz);
        return new SpokenAudio(pcm, SpeechError.None);
    }

    private static string? Voice(string language) => language.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "fr" => "fr",
        "en" => "en-gb",
        _ => null,
    };

    /// <summary>Control characters become blanks, and brackets vanish: espeak-ng reads [[…]] as phoneme
    /// names.</summary>
    private static string Clean(string text) => string.Concat(
        text.Select(c => char.IsControl(c) ? ' ' : c is '[' or ']' ? ' ' : c)).Trim();
}

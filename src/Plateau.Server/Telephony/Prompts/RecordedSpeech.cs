using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Speaks by joining recordings of a human voice: "vous êtes en" + "troisième" + "position".</summary>
/// <remarks>
/// A folder per language holds WAV files named by what they say ("vingt et un.wav"); case and punctuation do not
/// matter.
/// The longest recording that fits is taken each time; a text with a gap is refused, so that another voice says it all.
/// The folder is read once, when constructed.
/// </remarks>
public sealed class RecordedSpeech : ISpeechSynthesizer
{
    private const int WordsMax = 12;

    private readonly string _root;
    private readonly Dictionary<string, Dictionary<string, string>> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _stamp;

    /// <summary>Speech from a folder; an absent folder speaks nothing.</summary>
    /// <param name="root">Folder whose sub-folders are languages.</param>
    public RecordedSpeech(string root)
    {
        _root = root;
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (var language in Directory.EnumerateDirectories(root))
        {
            var phrases = _files[Path.GetFileName(language)] = [];
            foreach (var file in Directory.EnumerateFiles(language, "*.wav").Order(StringComparer.Ordinal))
            {
                phrases[string.Join(' ', Words(Path.GetFileNameWithoutExtension(file)))] = file;
                _stamp = Math.Max(_stamp, File.GetLastWriteTimeUtc(file).Ticks);
            }
        }
    }

    /// <inheritdoc/>
    public string VoiceOf(string language) => $"recorded/{_root}/{_stamp}";

    /// <inheritdoc/>
    public async Task<SpokenAudio> SpeakAsync(SpeechRequest request, CancellationToken cancel)
    {
        if (!_files.TryGetValue(request.Language.Split('-', '_')[0], out var phrases))
        {
            return SpokenAudio.Failed(SpeechError.LanguageUnknown);
        }

        var parts = Find(request.Text, phrases);
        if (parts is null || parts.Count == 0)
        {
            return SpokenAudio.Failed(parts is null ? SpeechError.NotRecorded : SpeechError.TextEmpty);
        }

        var pcm = new List<short>();
        foreach (var (file, pauseMs) in parts)
        {
            var audio = WavParser.Parse(await File.ReadAllBytesAsync(file, cancel), out _);
            if (audio is null)
            {
                return SpokenAudio.Failed(SpeechError.EngineFailed);
            }

            pcm.AddRange(audio.ToMono(PromptLimits.MasterRateHz));
            pcm.AddRange(new short[pauseMs * PromptLimits.MasterRateHz / 1000]);
        }

        return new SpokenAudio([.. pcm], SpeechError.None);
    }

    /// <summary>The recordings of a text with the pause after each, or null when a word has none.</summary>
    private static List<(string File, int PauseMs)>? Find(string text, Dictionary<string, string> phrases)
    {
        var found = new List<(string, int)>();
        foreach (var (clause, pauseMs) in Clauses(text))
        {
            var words = Words(clause);
            for (var at = 0; at < words.Length;)
            {
                var length = Math.Min(WordsMax, words.Length - at);
                while (length > 0 && !phrases.ContainsKey(string.Join(' ', words, at, length)))
                {
                    length--;
                }

                if (length == 0)
                {
                    return null;
                }

                var isLast = at + length == words.Length;
                found.Add((phrases[string.Join(' ', words, at, length)], isLast ? pauseMs : 0));
                at += length;
            }
        }

        return found;
    }

    private static IEnumerable<(string Clause, int PauseMs)> Clauses(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var pauseMs = i == text.Length ? 0 : text[i] switch
            {
                ',' or ';' or ':' => 200,
                '.' or '!' or '?' => 400,
                _ => -1,
            };
            if (pauseMs >= 0)
            {
                yield return (text[start..i], pauseMs);
                start = i + 1;
            }
        }
    }

    private static string[] Words(string text) => new string(
        [.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c is '-' or '\'' ? c : c == '’' ? '\'' : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

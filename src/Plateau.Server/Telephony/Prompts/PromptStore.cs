using System.Collections.Frozen;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Tenancy;
using Plateau.Media.Tones;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>The prompts of one tenant: uploaded audio first, spoken text where there is none, music on hold.</summary>
/// <remarks>
/// A prompt is looked for in the caller's language, then in the fallback language: its configured file, the file
/// uploaded
/// under its name, its text. What the item itself says comes last. A defect on the way does not silence the call: the
/// next
/// best is played and the defect reported. Thread-safe.
/// </remarks>
public sealed class PromptStore : IDisposable
{
    private static readonly Lazy<Prompt> BuiltInMusic =
        new(() => new Prompt("built-in music", HoldMusic.Compose(PromptLimits.MasterRateHz)));

    private readonly string _folder;
    private readonly IReadOnlyList<ISpeechSynthesizer> _voices;
    private readonly string _fallbackLanguage;
    private readonly AudioImport _import = new();
    private readonly PromptCache _cache = new(PromptLimits.CachedSamplesMax);
    private volatile FrozenDictionary<PromptId, PromptConfig> _configs = FrozenDictionary<PromptId, PromptConfig>.Empty;

    /// <summary>A store with no prompt configured yet.</summary>
    /// <param name="folder">The tenant's prompts folder; created.</param>
    /// <param name="voices">Asked in order until one speaks; recorded speech before an engine.</param>
    /// <param name="fallbackLanguage">Language of the centre.</param>
    public PromptStore(string folder, IReadOnlyList<ISpeechSynthesizer> voices, string fallbackLanguage)
    {
        _folder = Path.GetFullPath(folder);
        _voices = voices;
        _fallbackLanguage = fallbackLanguage;
        Directory.CreateDirectory(_folder);
    }

    /// <summary>The usual store: recordings in the folder "voice", then espeak-ng, what it said kept in
    /// "spoken".</summary>
    public static PromptStore Open(string folder, string fallbackLanguage, EspeakSynthesizer espeak) => new(
        folder,
        [new RecordedSpeech(Path.Combine(folder, "voice")), new SpeechArchive(espeak, Path.Combine(folder, "spoken"))],
        fallbackLanguage);

    /// <summary>Takes a new set of prompts; calls that play old ones are not disturbed.</summary>
    public void Configure(IEnumerable<PromptConfig> prompts) => _configs = prompts.ToFrozenDictionary(p => p.Id);

    /// <summary>The audio of one item.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<PromptOutcome> GetAsync(PromptItem item, CancellationToken cancel)
    {
        var problems = new List<PromptProblem>();
        if (item.Prompt is { } id)
        {
            if (!_configs.ContainsKey(id))
            {
                problems.Add(new PromptProblem(PromptError.Unknown, id.Value));
            }

            foreach (var language in LanguagesFor(item.Language))
            {
                if (await FindAsync(id, language, problems, cancel) is { } found)
                {
                    return new PromptOutcome(found, problems);
                }
            }
        }

        var spoken = string.IsNullOrWhiteSpace(item.Text)
            ? null
            : await SpeakAsync(item.Text, item.Language, problems, cancel);
        if (spoken is null)
        {
            problems.Add(new PromptProblem(PromptError.NothingToPlay, item.Prompt?.Value ?? item.Text ?? ""));
        }

        return new PromptOutcome(spoken, problems);
    }

    /// <summary>The audio of several items, one after the other; those that cannot be played are left out.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<PromptOutcome> GetAsync(IReadOnlyList<PromptItem> items, CancellationToken cancel)
    {
        var outcomes = await Task.WhenAll(items.Select(item => GetAsync(item, cancel)));
        var prompts = outcomes.Select(o => o.Prompt).OfType<Prompt>().ToList();
        return new PromptOutcome(
            prompts.Count == 0 ? null : Prompt.Concatenate(prompts),
            [.. outcomes.SelectMany(o => o.Problems)]);
    }

    /// <summary>Music on hold: the prompt named, or the built-in loop when there is none or it cannot be
    /// played.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<PromptOutcome> GetMusicAsync(PromptId? music, CancellationToken cancel)
    {
        if (music is null)
        {
            return new PromptOutcome(await Task.Run(() => BuiltInMusic.Value, cancel), []);
        }

        var outcome = await GetAsync(new PromptItem(music, null, _fallbackLanguage), cancel);
        return outcome.Prompt is null ? outcome with { Prompt = BuiltInMusic.Value } : outcome;
    }

    /// <summary>Makes every configured prompt ready in every language it has, so that no caller waits for a
    /// voice.</summary>
    /// <returns>The defects an administrator should repair; empty when all is well.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<PromptProblem>> PrepareAsync(CancellationToken cancel)
    {
        var problems = new List<PromptProblem>();
        foreach (var config in _configs.Values.OrderBy(c => c.Id))
        {
            var languages = (config.Texts?.Keys ?? []).Concat(config.Files?.Keys ?? []).Distinct().Order(StringComparer.Ordinal);
            foreach (var language in languages)
            {
                problems.AddRange((await GetAsync(new PromptItem(config.Id, null, language), cancel)).Problems);
            }
        }

        return problems;
    }

    /// <summary>Takes an uploaded file: converted to master audio and found under the prompt's name from then
    /// on.</summary>
    /// <returns>The error, or <see cref="AudioImportError.None"/>; on error the old audio stays.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ImportedAudio> ImportAsync(
        PromptId id, string language, ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        var imported = await _import.ConvertAsync(file, cancel);
        if (imported.Pcm is not null)
        {
            await MasterFile.WriteAsync(UploadedPath(id, language), imported.Pcm);
        }

        return imported;
    }

    /// <summary>Removes uploaded audio; the prompt is spoken again.</summary>
    public void RemoveUpload(PromptId id, string language) => File.Delete(UploadedPath(id, language));

    /// <inheritdoc/>
    public void Dispose() => _import.Dispose();

    private string[] LanguagesFor(string language) =>
        language == _fallbackLanguage ? [language] : [language, _fallbackLanguage];

    private async Task<Prompt?> FindAsync(
        PromptId id, string language, List<PromptProblem> problems, CancellationToken cancel)
    {
        var config = _configs.GetValueOrDefault(id);
        var path = config?.Files?.GetValueOrDefault(language) is { } name
            ? Path.GetFullPath(Path.Combine(_folder, name))
            : UploadedPath(id, language);
        if (config?.Files?.ContainsKey(language) == true || File.Exists(path))
        {
            var loaded = await LoadAsync(path, cancel);
            problems.AddRange(loaded.Problems);
            if (loaded.Prompt is not null)
            {
                return loaded.Prompt;
            }
        }

        return config?.Texts?.GetValueOrDefault(language) is { Length: > 0 } text
            ? await SpeakAsync(text, language, problems, cancel)
            : null;
    }

    private async Task<PromptOutcome> LoadAsync(string path, CancellationToken cancel)
    {
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Problem(PromptError.FileOutsideFolder, path);
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return Problem(PromptError.FileMissing, path);
        }

        // A replaced file has another time or length, so it is read anew.
        var key = $"file\n{path}\n{file.LastWriteTimeUtc.Ticks}\n{file.Length}";
        return await _cache.GetAsync(key, () => ReadAsync(file), cancel);
    }

    private async Task<PromptOutcome> ReadAsync(FileInfo file)
    {
        if (file.Length > PromptLimits.UploadBytesMax)
        {
            return Problem(PromptError.FileUnusable, $"{file.FullName}: {AudioImportError.TooLarge}");
        }

        var bytes = await File.ReadAllBytesAsync(file.FullName);
        var audio = await _import.ConvertAsync(bytes, CancellationToken.None);
        return audio.Pcm is null
            ? Problem(PromptError.FileUnusable, $"{file.FullName}: {audio.Error} {audio.WavError}")
            : new PromptOutcome(new Prompt(file.Name, audio.Pcm), []);
    }

    private async Task<Prompt?> SpeakAsync(
        string text, string language, List<PromptProblem> problems, CancellationToken cancel)
    {
        var request = new SpeechRequest(text, language);
        var outcome = await _cache.GetAsync($"text\n{language}\n{text}", () => SpeakFirstAsync(request), cancel);
        problems.AddRange(outcome.Problems);
        return outcome.Prompt;
    }

    private async Task<PromptOutcome> SpeakFirstAsync(SpeechRequest request)
    {
        var errors = new List<string>();
        foreach (var voice in _voices)
        {
            var spoken = await voice.SpeakAsync(request, CancellationToken.None);
            if (spoken.Pcm is not null)
            {
                return new PromptOutcome(new Prompt(request.Text, spoken.Pcm), []);
            }

            errors.Add($"{voice.VoiceOf(request.Language)}: {spoken.Error}");
        }

        return Problem(PromptError.SpeechFailed, string.Join("; ", errors));
    }

    private string UploadedPath(PromptId id, string language) => PromptId.TryParse(id.Value, out _)
        && language.Length is >= 2 and <= 8 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? Path.Combine(_folder, $"{id.Value}.{language}.wav")
            : throw new ArgumentException($"'{id.Value}' in '{language}' cannot be a file name");

    private static PromptOutcome Problem(PromptError error, string detail) => new(null, [new PromptProblem(error, detail)]);
}

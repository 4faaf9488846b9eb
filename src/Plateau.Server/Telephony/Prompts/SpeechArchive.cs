using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Keeps what another voice has said, on disk, so that no text is spoken twice, even across
/// restarts.</summary>
/// <remarks>
/// Files are named by the SHA-256 of voice, speed, language and text, and appear whole or not at all. Texts asked for
/// by
/// several callers at once are spoken once. Failures are not kept.
/// </remarks>
public sealed class SpeechArchive : ISpeechSynthesizer
{
    private readonly ISpeechSynthesizer _voice;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, Lazy<Task<SpokenAudio>>> _underWay = new(StringComparer.Ordinal);

    /// <summary>An archive in a folder, which is created; the oldest files above the limit are removed.</summary>
    public SpeechArchive(ISpeechSynthesizer voice, string folder)
    {
        _voice = voice;
        _folder = folder;
        Directory.CreateDirectory(folder);
        Prune();
    }

    /// <inheritdoc/>
    public string VoiceOf(string language) => _voice.VoiceOf(language);

    /// <inheritdoc/>
    public async Task<SpokenAudio> SpeakAsync(SpeechRequest request, CancellationToken cancel)
    {
        var name = NameOf(request);
        var work = _underWay.GetOrAdd(name, _ => new Lazy<Task<SpokenAudio>>(() => FindOrSpeakAsync(name, request)));
        try
        {
            // The work itself is not cancelled: others may wait for it, and the archive gains anyway.
            return await work.Value.WaitAsync(cancel);
        }
        finally
        {
            if (work.Value.IsCompleted)
            {
                _underWay.TryRemove(name, out _);
            }
        }
    }

    private async Task<SpokenAudio> FindOrSpeakAsync(string name, SpeechRequest request)
    {
        var path = Path.Combine(_folder, name + ".wav");
        if (File.Exists(path)
            && WavParser.Parse(await File.ReadAllBytesAsync(path), out _) is { SampleRateHz: PromptLimits.MasterRateHz } kept)
        {
            File.SetLastAccessTimeUtc(path, DateTime.UtcNow);
            return new SpokenAudio(kept.Samples, SpeechError.None);
        }

        var spoken = await _voice.SpeakAsync(request, CancellationToken.None);
        if (spoken.Pcm is not null)
        {
            await MasterFile.WriteAsync(path, spoken.Pcm);
        }

        return spoken;
    }

    private string NameOf(SpeechRequest request)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{_voice.VoiceOf(request.Language)}\n{request.WordsPerMinute}\n{request.Language}\n{request.Text}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    private void Prune()
    {
        long kept = 0;
        var files = new DirectoryInfo(_folder).GetFiles("*.wav").OrderByDescending(f => f.LastAccessTimeUtc);
        foreach (var file in files)
        {
            kept += file.Length;
            if (kept > PromptLimits.SpokenBytesMax)
            {
                file.Delete();
            }
        }
    }
}

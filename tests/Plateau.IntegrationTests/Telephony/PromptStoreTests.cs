using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Tenancy;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Detection;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.IntegrationTests.Telephony;

public sealed class PromptStoreTests : IDisposable
{
    private const int Spoken = 900;

    private static readonly PromptId Welcome = new("welcome");

    private readonly TemporaryFolder _folder = new();
    private readonly ToneVoice _voice = new(Spoken);
    private readonly PromptStore _store;

    public PromptStoreTests() => _store = new PromptStore(_folder.Path, [_voice], "fr");

    [Fact]
    public async Task Audio_in_the_callers_language_wins_over_text()
    {
        Put("bonjour.wav", 500);
        Configure(texts: new() { ["fr"] = "Bonjour", ["en"] = "Hello" }, files: new() { ["fr"] = "bonjour.wav" });
        Assert.Equal(500, await HeardAsync("fr"));
        Assert.Equal(Spoken, await HeardAsync("en"));
    }

    [Fact]
    public async Task A_language_without_anything_falls_back_to_the_centres_language()
    {
        Put("bonjour.wav", 500);
        Configure(texts: null, files: new() { ["fr"] = "bonjour.wav" });
        Assert.Equal(500, await HeardAsync("en"));
    }

    [Fact]
    public async Task The_text_of_the_item_is_the_last_resort()
    {
        Configure(texts: null, files: null);
        Assert.Equal(Spoken, await HeardAsync("fr", "Bonjour"));
        var nothing = await GetAsync("fr", null);
        Assert.Null(nothing.Prompt);
        Assert.Equal(PromptError.NothingToPlay, Assert.Single(nothing.Problems).Error);
    }

    [Theory]
    [InlineData("absent.wav", PromptError.FileMissing)]
    [InlineData("../outside.wav", PromptError.FileOutsideFolder)]
    [InlineData("broken.wav", PromptError.FileUnusable)]
    public async Task A_file_that_cannot_be_played_is_reported_and_the_text_spoken(string file, PromptError error)
    {
        await File.WriteAllTextAsync(_folder.File("broken.wav"), "RIFF????WAVE", TestContext.Current.CancellationToken);
        Configure(texts: new() { ["fr"] = "Bonjour" }, files: new() { ["fr"] = file });
        var outcome = await GetAsync("fr", null);
        Assert.Equal(error, Assert.Single(outcome.Problems).Error);
        Assert.Equal(Spoken, Pitch(outcome.Prompt!));
    }

    [Fact]
    public async Task A_prompt_nobody_configured_is_reported()
    {
        var outcome = await GetAsync("fr", "Bonjour");
        Assert.Equal(PromptError.Unknown, Assert.Single(outcome.Problems).Error);
        Assert.NotNull(outcome.Prompt);
    }

    [Fact]
    public async Task A_voice_that_fails_is_reported_by_name()
    {
        _voice.Error = SpeechError.TimedOut;
        Configure(texts: new() { ["fr"] = "Bonjour" }, files: null);
        var outcome = await GetAsync("fr", null);
        Assert.Null(outcome.Prompt);
        Assert.Contains(outcome.Problems, p => p.Error == PromptError.SpeechFailed && p.Detail.Contains("TimedOut"));
        _voice.Error = SpeechError.None;
        Assert.NotNull((await GetAsync("fr", null)).Prompt);
    }

    [Fact]
    public async Task An_upload_replaces_the_voice_and_a_new_upload_the_old_one()
    {
        Configure(texts: new() { ["fr"] = "Bonjour" }, files: null);
        Assert.Equal(Spoken, await HeardAsync("fr"));
        foreach (var (frequency, durationMs) in new[] { (500, 400), (700, 500) })
        {
            var wav = TestAudio.Wav(TestAudio.Tone(frequency, durationMs, 44_100), 44_100);
            Assert.Equal(AudioImportError.None, (await ImportAsync(wav)).Error);
            Assert.Equal(frequency, await HeardAsync("fr"));
        }

        _store.RemoveUpload(Welcome, "fr");
        Assert.Equal(Spoken, await HeardAsync("fr"));
    }

    [Theory]
    [InlineData("mp3")]
    [InlineData("ogg")]
    [InlineData("flac")]
    [InlineData("aiff")]
    [InlineData("au")]
    public async Task Common_formats_are_converted(string format)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var sox = new ExternalProgram("sox", 1, TimeSpan.FromSeconds(20), 10_000_000);
        var wav = TestAudio.Wav(TestAudio.Tone(700, 1_000, 44_100), 44_100);
        var (end, encoded) = await sox.RunAsync(["-t", "wav", "-", "-t", format, "-"], wav, cancel);
        if (end != ProgramEnd.Succeeded)
        {
            Assert.Skip($"sox cannot write {format} here ({end})");
        }

        Assert.Equal(AudioImportError.None, (await ImportAsync(encoded)).Error);
        Configure(texts: null, files: null);
        Assert.Equal(700, await HeardAsync("fr"));
    }

    [Fact]
    public async Task What_is_no_audio_is_refused_by_name_and_leaves_the_old_audio()
    {
        Assert.Equal(AudioImportError.None, (await ImportAsync(TestAudio.Wav(TestAudio.Tone(500, 200)))).Error);
        Assert.Equal(AudioImportError.Empty, (await ImportAsync([])).Error);
        Assert.Equal(AudioImportError.FormatUnknown, (await ImportAsync("<html>"u8.ToArray())).Error);
        Assert.Equal(AudioImportError.TooLong, (await ImportAsync(
            TestAudio.Wav(new short[4_000 * (PromptLimits.AudioSecondsMax + 2)], 4_000))).Error);
        var bad = await ImportAsync("RIFF\0\0\0\0WAVEdata"u8.ToArray());
        Assert.Equal((AudioImportError.BadWav, WavError.FormatMissing), (bad.Error, bad.WavError));
        Configure(texts: null, files: null);
        Assert.Equal(500, await HeardAsync("fr"));
    }

    [Fact]
    public async Task A_prompt_is_made_and_encoded_once_for_all_calls()
    {
        Configure(texts: new() { ["fr"] = "Bonjour" }, files: null);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync("fr", null)));
        var prompt = Assert.Single(outcomes.Select(o => o.Prompt).Distinct());
        Assert.Equal(1, _voice.Asked);
        var frames = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => prompt!.GetFrames(Codec.Pcma))));
        Assert.Single(frames.Distinct());
        Assert.Equal((5, 800), (frames[0].Count, frames[0].Payloads.Length));
    }

    [Fact]
    public async Task Frames_of_every_codec_decode_to_the_prompt()
    {
        Put("tone.wav", 600, 1_010);
        Configure(texts: null, files: new() { ["fr"] = "tone.wav" });
        var prompt = (await GetAsync("fr", null)).Prompt!;
        foreach (var codec in Codec.All.Where(c => c.IsAvailable))
        {
            var frames = prompt.GetFrames(codec);
            Assert.Equal(51, frames.Count);
            using var decoder = codec.CreateDecoder();
            var pcm = new short[codec.SamplesPerFrame * frames.Count];
            for (var i = 0; i < frames.Count; i++)
            {
                Assert.Equal(codec.SamplesPerFrame, decoder.Decode(frames[i], pcm.AsSpan(i * codec.SamplesPerFrame)));
            }

            var level = ToneMeter.MeasureDbov(pcm.AsSpan(0, codec.SampleRateHz), 600, codec.SampleRateHz);
            Assert.InRange(level, -19, -14);
        }
    }

    [Fact]
    public async Task Several_items_become_one_prompt_and_what_cannot_be_played_is_left_out()
    {
        Put("a.wav", 500, 300);
        Configure(texts: null, files: new() { ["fr"] = "a.wav" });
        PromptItem[] items = [new(Welcome, null, "fr"), new(new PromptId("none"), null, "fr"), new(null, "trois", "fr")];
        var outcome = await _store.GetAsync(items, TestContext.Current.CancellationToken);
        Assert.Equal(400, outcome.Prompt!.Duration.TotalMilliseconds);
        Assert.Equal([PromptError.Unknown, PromptError.NothingToPlay], outcome.Problems.Select(p => p.Error));

        var joined = outcome.Prompt.GetFrames(Codec.Pcma);
        var first = (await GetAsync("fr", null)).Prompt!.GetFrames(Codec.Pcma);
        Assert.Equal((20, 15), (joined.Count, first.Count));
        Assert.Equal(first.Payloads.ToArray(), joined.Payloads[..first.Payloads.Length].ToArray());
        Assert.True(joined[14].SequenceEqual(first[14]));
        Assert.Equal(outcome.Prompt.Master.Length, 2 * outcome.Prompt.GetPcm(8_000).Length);
    }

    [Fact]
    public async Task Prompts_are_made_ready_before_anybody_calls_and_their_defects_told()
    {
        _store.Configure(
        [
            new(Welcome, new Dictionary<string, string> { ["fr"] = "Bonjour", ["en"] = "Hello" }),
            new(new PromptId("bye"), null, new Dictionary<string, string> { ["fr"] = "absent.wav" }),
        ]);
        var problems = await _store.PrepareAsync(TestContext.Current.CancellationToken);
        Assert.Equal([PromptError.FileMissing, PromptError.NothingToPlay], problems.Select(p => p.Error));
        Assert.Equal(2, _voice.Asked);
        await GetAsync("fr", null);
        await GetAsync("en", null);
        Assert.Equal(2, _voice.Asked);
    }

    [Fact]
    public async Task Music_is_built_in_unless_a_prompt_can_be_played()
    {
        var cancel = TestContext.Current.CancellationToken;
        var builtIn = (await _store.GetMusicAsync(null, cancel)).Prompt!;
        Assert.InRange(builtIn.Duration.TotalSeconds, 45, 90);
        Put("music.wav", 500);
        Configure(texts: null, files: new() { ["fr"] = "music.wav" });
        Assert.Equal(500, Pitch((await _store.GetMusicAsync(Welcome, cancel)).Prompt!));
        var absent = await _store.GetMusicAsync(new PromptId("absent"), cancel);
        Assert.Same(builtIn, absent.Prompt);
        Assert.NotEmpty(absent.Problems);
    }

    [Fact]
    public async Task The_least_recently_used_prompts_are_forgotten_first()
    {
        var cancel = TestContext.Current.CancellationToken;
        var cache = new PromptCache(samplesMax: 250);
        var made = new List<string>();
        async Task AskAsync(string key) => _ = await cache.GetAsync(
            key,
            () =>
            {
                made.Add(key);
                return Task.FromResult(new PromptOutcome(new Prompt(key, new short[100]), []));
            },
            cancel);
        foreach (var key in new[] { "a", "b", "a", "c", "a", "b" })
        {
            await AskAsync(key);
        }

        Assert.Equal(["a", "b", "c", "b"], made);
        Assert.Equal(2, cache.Count);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private void Put(string name, double frequencyHz, int durationMs = 200) =>
        File.WriteAllBytes(_folder.File(name), TestAudio.Wav(TestAudio.Tone(frequencyHz, durationMs)));

    private void Configure(Dictionary<string, string>? texts, Dictionary<string, string>? files) =>
        _store.Configure([new PromptConfig(Welcome, texts, files)]);

    private Task<PromptOutcome> GetAsync(string language, string? text) =>
        _store.GetAsync(new PromptItem(Welcome, text, language), TestContext.Current.CancellationToken);

    private Task<ImportedAudio> ImportAsync(byte[] file) =>
        _store.ImportAsync(Welcome, "fr", file, TestContext.Current.CancellationToken);

    private async Task<int> HeardAsync(string language, string? text = null) =>
        Pitch((await GetAsync(language, text)).Prompt!);

    private static int Pitch(Prompt prompt) => new[] { 500, 600, 700, Spoken }
        .MaxBy(f => ToneMeter.MeasureDbov(prompt.Master.Span, f, PromptLimits.MasterRateHz));
}

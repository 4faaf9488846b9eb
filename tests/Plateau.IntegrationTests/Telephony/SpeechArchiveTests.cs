using Plateau.Server.Telephony.Prompts;

namespace Plateau.IntegrationTests.Telephony;

public sealed class SpeechArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ToneVoice _voice = new(440);

    [Fact]
    public async Task A_text_is_spoken_once_even_across_a_restart()
    {
        var first = await SpeakAsync(new SpeechArchive(_voice, _folder.Path), "bonjour");
        var second = await SpeakAsync(new SpeechArchive(_voice, _folder.Path), "bonjour");
        Assert.Equal(1, _voice.Asked);
        Assert.Equal(first.Pcm, second.Pcm);
    }

    [Fact]
    public async Task Many_who_ask_at_once_wait_for_one_voice()
    {
        var archive = new SpeechArchive(_voice, _folder.Path);
        var held = new TaskCompletionSource();
        _voice.Held = held.Task;
        var all = Enumerable.Range(0, 20).Select(_ => SpeakAsync(archive, "bonjour")).ToList();
        held.SetResult();
        var spoken = await Task.WhenAll(all);
        Assert.Equal(1, _voice.Asked);
        Assert.All(spoken, s => Assert.NotNull(s.Pcm));
    }

    [Fact]
    public async Task Text_language_and_speed_make_a_difference()
    {
        var archive = new SpeechArchive(_voice, _folder.Path);
        foreach (var request in new SpeechRequest[] { new("a", "fr"), new("b", "fr"), new("a", "en"), new("a", "fr", 200) })
        {
            await archive.SpeakAsync(request, TestContext.Current.CancellationToken);
        }

        Assert.Equal(4, _voice.Asked);
        Assert.Equal(4, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var archive = new SpeechArchive(_voice, _folder.Path);
        _voice.Error = SpeechError.TimedOut;
        Assert.Equal(SpeechError.TimedOut, (await SpeakAsync(archive, "bonjour")).Error);
        _voice.Error = SpeechError.None;
        Assert.Equal(SpeechError.None, (await SpeakAsync(archive, "bonjour")).Error);
    }

    [Fact]
    public async Task A_damaged_file_is_spoken_anew()
    {
        var archive = new SpeechArchive(_voice, _folder.Path);
        await SpeakAsync(archive, "bonjour");
        await File.WriteAllTextAsync(
            Assert.Single(Directory.GetFiles(_folder.Path)), "not audio", TestContext.Current.CancellationToken);
        Assert.NotNull((await SpeakAsync(archive, "bonjour")).Pcm);
        Assert.Equal(2, _voice.Asked);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<SpokenAudio> SpeakAsync(SpeechArchive archive, string text) =>
        archive.SpeakAsync(new SpeechRequest(text, "fr"), TestContext.Current.CancellationToken);
}

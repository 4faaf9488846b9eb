using Plateau.Media.Detection;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.IntegrationTests.Telephony;

public sealed class RecordedSpeechTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RecordedSpeechTests()
    {
        Directory.CreateDirectory(_folder.File("fr"));
        Record("vous êtes en", 500);
        Record("troisième", 700);
        Record("vingt", 900);
        Record("vingt et un", 1_100);
        Record("position", 1_300);
    }

    [Fact]
    public async Task Recordings_are_joined_in_order_with_pauses_where_the_text_has_them()
    {
        var spoken = await SpeakAsync("Vous êtes en troisième position, vingt et un.");
        Assert.Equal(SpeechError.None, spoken.Error);
        var pcm = spoken.Pcm!;
        var frequencies = new[] { 500, 700, 1_300, 0, 1_100 };
        Assert.Equal(4 * 3_200 + 200 * 16 + 400 * 16, pcm.Length);
        for (var i = 0; i < frequencies.Length; i++)
        {
            var part = pcm.AsSpan(i * 3_200, 3_200);
            var level = frequencies[i] == 0 ? -127 : ToneMeter.MeasureDbov(part, frequencies[i], 16_000);
            Assert.InRange(level, frequencies[i] == 0 ? -127 : -17, -15);
        }
    }

    [Theory]
    [InlineData("vous êtes en quatrième position", SpeechError.NotRecorded)]
    [InlineData("", SpeechError.TextEmpty)]
    public async Task A_gap_is_a_named_outcome(string text, SpeechError error) =>
        Assert.Equal(error, (await SpeakAsync(text)).Error);

    [Fact]
    public async Task A_language_without_recordings_is_a_named_outcome()
    {
        var spoken = await new RecordedSpeech(_folder.Path).SpeakAsync(
            new SpeechRequest("hello", "en"), TestContext.Current.CancellationToken);
        Assert.Equal(SpeechError.LanguageUnknown, spoken.Error);
    }

    public void Dispose() => _folder.Dispose();

    private void Record(string phrase, double frequencyHz) =>
        File.WriteAllBytes(_folder.File($"fr/{phrase}.wav"), TestAudio.Wav(TestAudio.Tone(frequencyHz, 200)));

    private Task<SpokenAudio> SpeakAsync(string text) => new RecordedSpeech(_folder.Path).SpeakAsync(
        new SpeechRequest(text, "fr"), TestContext.Current.CancellationToken);
}

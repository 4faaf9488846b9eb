using Plateau.Media.Audio;
using Plateau.Media.Detection;
using Plateau.Media.Dtmf;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.IntegrationTests.Telephony;

public sealed class EspeakTests
{
    private const string French =
        "Bonjour, et merci de votre appel. Vous êtes en troisième position. Votre temps d'attente est d'environ "
        + "quatre minutes. Pour parler à un conseiller, tapez un. Pour suivre votre commande, tapez deux. Nos bureaux sont "
        + "ouverts du lundi au vendredi, de neuf heures à dix-huit heures trente.";

    [Theory]
    [InlineData("fr", French, 12, 35)]
    [InlineData("en", "Good morning, and thank you for calling. You are number three in the queue.", 3, 8)]
    public async Task A_sentence_is_spoken_at_the_right_rate_and_level(
        string language, string text, int secondsMin, int secondsMax)
    {
        var pcm = await SpeakAsync(text, language);
        Assert.InRange(pcm.Length / (double)PromptLimits.MasterRateHz, secondsMin, secondsMax);

        var detector = new SpeechDetector();
        var frames = pcm.Chunk(320).ToList();
        var speaking = frames.Count(frame => detector.Hear(frame));
        Assert.InRange(speaking / (double)frames.Count, 0.6, 1);
        Assert.InRange(AudioLevel.MeasureDbov(pcm), -28, -18);

        // A voice has most of its energy below 4 kHz: were the rate read wrongly, it would not.
        var narrow = RateConverter.ConvertWhole(pcm, 16_000, 8_000);
        Assert.InRange(AudioLevel.MeasureDbov(narrow) - AudioLevel.MeasureDbov(pcm), -2, 0.5);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Speech_dials_nothing(string language)
    {
        var pcm = await SpeakAsync(French, language);
        var digits = new DtmfDigit[4_000];
        Assert.Equal(0, new DtmfDetector().Hear(RateConverter.ConvertWhole(pcm, 16_000, 8_000), digits.AsSpan()));
    }

    [Theory]
    [InlineData("--version -w /dev/null")]
    [InlineData("$(exit 1); `exit 2` | exit 3 > /dev/null")]
    [InlineData("[[unknown phonemes]] <speak> & \" '")]
    [InlineData("un\0deux\ntrois\u001b[31m")]
    public async Task A_hostile_text_is_only_read_aloud(string text) => Assert.NotEmpty(await SpeakAsync(text, "fr"));

    [Theory]
    [InlineData("", "fr", SpeechError.TextEmpty)]
    [InlineData(" \n", "fr", SpeechError.TextEmpty)]
    [InlineData("Guten Tag", "de", SpeechError.LanguageUnknown)]
    public async Task What_cannot_be_spoken_has_a_name(string text, string language, SpeechError error)
    {
        using var espeak = new EspeakSynthesizer();
        var spoken = await espeak.SpeakAsync(new SpeechRequest(text, language), TestContext.Current.CancellationToken);
        Assert.Equal((null, error), (spoken.Pcm, spoken.Error));
    }

    [Fact]
    public async Task A_text_has_a_longest_length()
    {
        using var espeak = new EspeakSynthesizer();
        var request = new SpeechRequest(new string('a', PromptLimits.TextCharactersMax + 1), "fr");
        var spoken = await espeak.SpeakAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(SpeechError.TextTooLong, spoken.Error);
    }

    [Fact]
    public async Task An_absent_program_is_a_named_outcome_and_a_slow_or_talkative_one_is_stopped()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var absent = new ExternalProgram("plateau-no-such-program", 1, TimeSpan.FromSeconds(5), 100);
        Assert.Equal(ProgramEnd.Absent, (await absent.RunAsync([], default, cancel)).End);
        using var slow = new ExternalProgram("sleep", 1, TimeSpan.FromMilliseconds(50), 100);
        Assert.Equal(ProgramEnd.TimedOut, (await slow.RunAsync(["30"], default, cancel)).End);
        using var talkative = new ExternalProgram("yes", 1, TimeSpan.FromSeconds(5), 100);
        Assert.Equal(ProgramEnd.TooMuchOutput, (await talkative.RunAsync([], default, cancel)).End);
        using var failing = new ExternalProgram("false", 1, TimeSpan.FromSeconds(5), 100);
        Assert.Equal(ProgramEnd.Failed, (await failing.RunAsync([], new byte[1_000_000], cancel)).End);
    }

    private static async Task<short[]> SpeakAsync(string text, string language)
    {
        using var espeak = new EspeakSynthesizer();
        var spoken = await espeak.SpeakAsync(new SpeechRequest(text, language), TestContext.Current.CancellationToken);
        if (spoken.Error == SpeechError.EngineAbsent)
        {
            Assert.Skip("espeak-ng is not installed");
        }

        Assert.Equal(SpeechError.None, spoken.Error);
        return spoken.Pcm!;
    }
}

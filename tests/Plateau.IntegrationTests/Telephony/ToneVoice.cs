using Plateau.Server.Telephony.Prompts;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>A voice that says everything as a tone and counts how often it was asked; it waits while held.</summary>
internal sealed class ToneVoice(double frequencyHz) : ISpeechSynthesizer
{
    private int _asked;

    public int Asked => _asked;

    public Task Held { get; set; } = Task.CompletedTask;

    public SpeechError Error { get; set; } = SpeechError.None;

    public string VoiceOf(string language) => $"tone/{frequencyHz}/{language}";

    public async Task<SpokenAudio> SpeakAsync(SpeechRequest request, CancellationToken cancel)
    {
        Interlocked.Increment(ref _asked);
        await Held.WaitAsync(cancel);
        return Error == SpeechError.None
            ? new SpokenAudio(TestAudio.Tone(frequencyHz, 100), SpeechError.None)
            : SpokenAudio.Failed(Error);
    }
}

namespace Plateau.Server.Telephony.Prompts;

/// <summary>What is to be spoken.</summary>
/// <param name="Text">Plain text, no markup.</param>
/// <param name="Language">"fr" or "en", a region may follow.</param>
/// <param name="WordsPerMinute">Speed, 80 to 300; 150 suits announcements.</param>
public sealed record SpeechRequest(string Text, string Language, int WordsPerMinute = 150);

/// <summary>Speech, or the reason why there is none.</summary>
/// <param name="Pcm">Mono samples at <see cref="PromptLimits.MasterRateHz"/>; null on error.</param>
/// <param name="Error">Why, else <see cref="SpeechError.None"/>.</param>
public sealed record SpokenAudio(short[]? Pcm, SpeechError Error)
{
    /// <summary>The outcome of a failure.</summary>
    public static SpokenAudio Failed(SpeechError error) => new(null, error);
}

/// <summary>Turns text into speech.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Engine and voice for a language, as part of cache keys: a change of it makes old audio
    /// unusable.</summary>
    string VoiceOf(string language);

    /// <summary>Speaks a text; failures are outcomes, not exceptions.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<SpokenAudio> SpeakAsync(SpeechRequest request, CancellationToken cancel);
}

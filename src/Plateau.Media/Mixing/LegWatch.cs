namespace Plateau.Media.Mixing;

/// <summary>What is looked for in the audio that a leg's party sends.</summary>
/// <remarks>Digits in band and speech need linear audio: a leg that is watched for them is never just
/// forwarded.</remarks>
public sealed record LegWatch
{
    /// <summary>Nothing but the loss of media after 30 s.</summary>
    public static readonly LegWatch Default = new();

    /// <summary>Whether keys are heard as tones, for parties that do not signal them by RFC 4733.</summary>
    public bool InBandDigits { get; init; }

    /// <summary>Whether <see cref="SpeechStarted"/> is reported, and <see cref="SpeechStopped"/> after so long; zero
    /// = no.</summary>
    public TimeSpan SpeechSilence { get; init; }

    /// <summary>Time without a packet after which <see cref="MediaStopped"/> is reported; zero = never.</summary>
    public TimeSpan MediaSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether linear audio is needed.</summary>
    internal bool NeedsAudio => InBandDigits || SpeechSilence > TimeSpan.Zero;
}

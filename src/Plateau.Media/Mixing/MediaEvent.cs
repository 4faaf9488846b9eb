using Plateau.Contracts;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>Something the control plane wants to know.</summary>
/// <param name="Leg">Where it happened.</param>
public abstract record MediaEvent(LegId Leg);

/// <summary>A key went down.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Digit">0-9, *, #, A-D.</param>
/// <param name="IsInBand">Heard as a tone, as against signalled by RFC 4733.</param>
public sealed record DigitBegan(LegId Leg, char Digit, bool IsInBand) : MediaEvent(Leg);

/// <summary>A key went up; exactly one for each <see cref="DigitBegan"/>.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Digit">0-9, *, #, A-D.</param>
/// <param name="Duration">How long it was pressed, as the sender says or as heard.</param>
public sealed record DigitEnded(LegId Leg, char Digit, TimeSpan Duration) : MediaEvent(Leg);

/// <summary>All digits given to a leg have been sent.</summary>
public sealed record DigitsSent(LegId Leg) : MediaEvent(Leg);

/// <summary>A playing is over; exactly one for each playing that was given an id.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Playback">Which.</param>
/// <param name="Completed">Whether it was heard to the end, as against stopped, replaced or cut off by a key.</param>
public sealed record PlaybackFinished(LegId Leg, PlaybackId Playback, bool Completed) : MediaEvent(Leg);

/// <summary>The first believed packet came.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Source">From.</param>
public sealed record MediaStarted(LegId Leg, MediaEndpoint Source) : MediaEvent(Leg);

/// <summary>No packet came for the time that is watched for.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Silence">For how long.</param>
public sealed record MediaStopped(LegId Leg, TimeSpan Silence) : MediaEvent(Leg);

/// <summary>Packets come again after <see cref="MediaStopped"/>.</summary>
public sealed record MediaResumed(LegId Leg) : MediaEvent(Leg);

/// <summary>The party has not spoken for the time that is watched for; once until it speaks again.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Silence">For how long.</param>
public sealed record SpeechStopped(LegId Leg, TimeSpan Silence) : MediaEvent(Leg);

/// <summary>The party speaks, for the first time or after <see cref="SpeechStopped"/>.</summary>
public sealed record SpeechStarted(LegId Leg) : MediaEvent(Leg);

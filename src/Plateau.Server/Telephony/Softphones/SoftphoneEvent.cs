using Plateau.Sip;

namespace Plateau.Server.Telephony.Softphones;

/// <summary>What a softphone's call tells its user.</summary>
internal abstract record SoftphoneEvent;

/// <summary>The other side rings.</summary>
/// <param name="HasEarlyMedia">Whether audio comes before the answer.</param>
internal sealed record Rings(bool HasEarlyMedia) : SoftphoneEvent;

/// <summary>Both sides are connected.</summary>
/// <param name="Codec">The codec agreed on.</param>
internal sealed record Connected(string Codec) : SoftphoneEvent;

/// <summary>A key of the other side.</summary>
internal sealed record DigitHeard(char Digit) : SoftphoneEvent;

/// <summary>What was played is over.</summary>
internal sealed record Played(bool Completed) : SoftphoneEvent;

/// <summary>The first audio packet arrived.</summary>
internal sealed record AudioArrived : SoftphoneEvent;

/// <summary>The other side began to speak, or has been silent for the time listened for.</summary>
internal sealed record SpeechHeard(bool IsSpeaking) : SoftphoneEvent;

/// <summary>The call is over; the last event.</summary>
/// <param name="End">Why and by whom.</param>
/// <param name="Quality">Media quality; null when no media flowed.</param>
internal sealed record Ended(SipLegEnd End, Plateau.Contracts.Calls.LegQuality? Quality) : SoftphoneEvent;

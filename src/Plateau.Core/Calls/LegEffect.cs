using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Calls;

/// <summary>Tell the caller that it rings (180).</summary>
public sealed record RingLeg(LegId Leg) : CentreEffect;

/// <summary>Answer an offered leg (200); <see cref="LegAnswered"/> follows.</summary>
public sealed record AnswerLeg(LegId Leg) : CentreEffect;

/// <summary>End a leg in whatever state it is: refuse, cancel or hang up. <see cref="LegCleared"/> follows.</summary>
public sealed record ClearLeg(LegId Leg, ClearingCause Cause) : CentreEffect;

/// <summary>Call a party; <see cref="LegRinging"/>, <see cref="LegAnswered"/> or <see cref="LegCleared"/>
/// follow.</summary>
/// <param name="Leg">Id of the new leg, given by the centre.</param>
/// <param name="Call">The call it belongs to (its media is kept on the same data-plane thread).</param>
/// <param name="Target">Whom: a phone of the house, or a number outside.</param>
/// <param name="Caller">Number to show.</param>
/// <param name="CallerName">Name to show, or empty.</param>
/// <param name="RingMax">Longest ringing; then the driver gives up with <see cref="ClearingCause.NoAnswer"/>.</param>
/// <param name="AutoAnswer">Ask the phone to answer by itself.</param>
public sealed record OriginateLeg(
    LegId Leg, CallId Call, LegTarget Target, string Caller, string CallerName, TimeSpan RingMax,
    bool AutoAnswer = false) : CentreEffect;

/// <summary>Whom to call: exactly one of the two is set.</summary>
/// <param name="Phone">A phone of the house; all its registrations ring.</param>
/// <param name="Number">A number outside, by the best trunk.</param>
public sealed record LegTarget(PhoneId? Phone, string? Number);

/// <summary>Let a leg take part in a bridge; a bridge exists as long as a leg is in it. Leaves any other bridge
/// first.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Bridge">The bridge.</param>
/// <param name="Role">What the leg is to the call.</param>
/// <param name="Mode">For supervisors: how they take part; null otherwise.</param>
public sealed record JoinBridge(LegId Leg, BridgeId Bridge, LegRole Role, MonitorMode? Mode = null) : CentreEffect;

/// <summary>Take a leg out of its bridge; it hears nothing until something is played to it.</summary>
public sealed record LeaveBridge(LegId Leg) : CentreEffect;

/// <summary>Silence what a leg says to its bridge, or let it be heard again.</summary>
public sealed record MuteBridgeLeg(LegId Leg, bool Muted) : CentreEffect;

/// <summary>Play prompts to a leg, replacing what is being played; <see cref="PlaybackEnded"/> follows.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Playback">Id of the playing, given by the centre.</param>
/// <param name="Items">In order.</param>
/// <param name="BargeIn">Whether a key stops it (the key is reported all the same).</param>
public sealed record PlayPrompts(
    LegId Leg, PlaybackId Playback, IReadOnlyList<PromptItem> Items, bool BargeIn = false) : CentreEffect;

/// <summary>Play music until something else is played or the leg joins a bridge. No end is reported.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Music">The prompt; null for the built-in music.</param>
public sealed record PlayMusic(LegId Leg, PromptId? Music) : CentreEffect;

/// <summary>Play a tone until something else is played or the leg joins a bridge; a beep ends by itself,
/// unreported.</summary>
public sealed record PlayTone(LegId Leg, LegTone Tone) : CentreEffect;

/// <summary>Tones a leg may hear.</summary>
public enum LegTone
{
    /// <summary>The far end rings.</summary>
    Ringback,

    /// <summary>The far end is busy.</summary>
    Busy,

    /// <summary>No way through.</summary>
    Congestion,

    /// <summary>One short beep: connection follows, speak now.</summary>
    Beep,
}

/// <summary>Stop prompts, music and tones on a leg.</summary>
public sealed record StopPlaying(LegId Leg) : CentreEffect;

/// <summary>Send digits to a leg's party (RFC 4733, else in-band).</summary>
public sealed record SendLegDigits(LegId Leg, string Digits) : CentreEffect;

/// <summary>Begin to record a call: customer left, all others right; goes on through transfers until stopped.</summary>
/// <param name="Call">The call.</param>
/// <param name="Recording">Id given by the centre.</param>
/// <param name="CustomerLeg">Whose side is left.</param>
public sealed record StartRecording(CallId Call, RecordingId Recording, LegId CustomerLeg) : CentreEffect;

/// <summary>Pause a recording: nothing of the pause is kept.</summary>
public sealed record PauseRecording(CallId Call, RecordingId Recording) : CentreEffect;

/// <summary>Go on with a recording.</summary>
public sealed record ResumeRecording(CallId Call, RecordingId Recording) : CentreEffect;

/// <summary>End a recording; <see cref="RecordingFinished"/> follows.</summary>
public sealed record StopRecording(CallId Call, RecordingId Recording) : CentreEffect;

/// <summary>Record what one leg says (voicemail) until stopped; <see cref="RecordingFinished"/> follows.</summary>
/// <param name="Call">The call.</param>
/// <param name="Recording">Id given by the centre.</param>
/// <param name="Leg">Who speaks.</param>
/// <param name="LengthMax">Longest message.</param>
/// <param name="SilenceMax">Silence that ends it; zero = none.</param>
public sealed record RecordMessage(
    CallId Call, RecordingId Recording, LegId Leg, TimeSpan LengthMax, TimeSpan SilenceMax) : CentreEffect;

/// <summary>Answer a REFER: whether the transfer was done.</summary>
public sealed record AnswerTransfer(LegId Leg, bool Accepted) : CentreEffect;

/// <summary>Send a request of a flow to a foreign web server; <see cref="HttpAnswered"/> follows.</summary>
/// <param name="Call">The call.</param>
/// <param name="Http">Id given by the centre.</param>
/// <param name="Method">GET, POST, PUT.</param>
/// <param name="Url">Absolute http or https URL, variables filled in.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Body">Body; null for none.</param>
/// <param name="Timeout">At most 10 s.</param>
public sealed record CallHttp(
    CallId Call, HttpRequestId Http, string Method, string Url, IReadOnlyDictionary<string, string> Headers,
    string? Body, TimeSpan Timeout) : CentreEffect;

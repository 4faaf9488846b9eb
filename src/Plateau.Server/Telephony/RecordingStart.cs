using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Audio;
using Plateau.Media.Mixing;

namespace Plateau.Server.Telephony;

/// <summary>A recording that begins.</summary>
/// <param name="Recording">Its id.</param>
/// <param name="Leg">The leg it is made at.</param>
/// <param name="Path">Path below the recordings folder, with '/'.</param>
/// <param name="Format">Coding, rate, channels.</param>
/// <param name="IsMessage">Mono: a message.</param>
/// <param name="Started">When.</param>
internal sealed record RecordingStart(
    RecordingId Recording, LegId Leg, string Path, WavHeader Format, bool IsMessage, Instant Started);

/// <summary>A recording is complete on disk, flushed and under its final name.</summary>
/// <param name="Leg">The leg it was made at.</param>
/// <param name="Recording">What was kept.</param>
internal sealed record RecordingStored(LegId Leg, RecordingRecord Recording) : MediaEvent(Leg);

/// <summary>A recording could not be written; what was kept of it lies under its .part name.</summary>
/// <param name="Leg">The leg it was made at.</param>
/// <param name="Recording">Which.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record RecordingFailed(LegId Leg, RecordingId Recording, string Reason) : MediaEvent(Leg);

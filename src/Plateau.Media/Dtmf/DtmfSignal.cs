namespace Plateau.Media.Dtmf;

/// <summary>A key going down or coming up; each key gives exactly one of both.</summary>
/// <param name="Digit">The key.</param>
/// <param name="IsEnd">False when it goes down, true when it comes up.</param>
/// <param name="DurationMs">How long it was down, milliseconds; 0 when it goes down.</param>
public readonly record struct DtmfSignal(DtmfDigit Digit, bool IsEnd, int DurationMs);

using Plateau.Contracts;

namespace Plateau.Media.Rtp;

/// <summary>Instants as RTCP writes them: seconds since 1900 with a binary fraction.</summary>
/// <remarks>Source: RFC 3550 §4, RFC 5905 §6.</remarks>
public static class NtpTime
{
    private const long SecondsFrom1900To1970 = 2_208_988_800;

    /// <summary>The 64-bit form, modulo the era of 136 years.</summary>
    public static ulong From(Instant instant)
    {
        var seconds = Math.DivRem(instant.Microseconds, 1_000_000, out var microseconds);
        return ((ulong)(uint)(seconds + SecondsFrom1900To1970) << 32) | (((ulong)microseconds << 32) / 1_000_000);
    }

    /// <summary>The middle 32 bits: 1/65 536 s, wraps after 18 hours.</summary>
    public static uint Compact(Instant instant) => (uint)(From(instant) >> 16);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plateau.Contracts;

/// <summary>A point on the UTC time line with microsecond resolution; always passed in, never read from a
/// clock.</summary>
/// <param name="Microseconds">Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted; may be
/// negative.</param>
/// <remarks>It knows no time zone and no calendar. The default value is the Unix epoch.</remarks>
[JsonConverter(typeof(InstantJsonConverter))]
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    /// <summary>1970-01-01T00:00:00Z, the default value.</summary>
    public static readonly Instant Epoch;

    /// <summary>The last instant that can be held; used as "no deadline".</summary>
    public static readonly Instant Never = new(long.MaxValue);

    /// <summary>Whether this is <see cref="Never"/>.</summary>
    public bool IsNever => Microseconds == long.MaxValue;

    /// <summary>The instant <paramref name="duration"/> later; saturates at <see cref="Never"/>.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration)
    {
        if (instant.IsNever)
        {
            return Never;
        }

        var microseconds = duration.Ticks / TimeSpan.TicksPerMicrosecond;
        return microseconds > 0 && instant.Microseconds > long.MaxValue - microseconds
            ? Never
            : new Instant(instant.Microseconds + microseconds);
    }

    /// <summary>The instant <paramref name="duration"/> earlier.</summary>
    public static Instant operator -(Instant instant, TimeSpan duration) => instant + duration.Negate();

    /// <summary>The time from <paramref name="right"/> to <paramref name="left"/>; negative when left is
    /// earlier.</summary>
    public static TimeSpan operator -(Instant left, Instant right) =>
        new((left.Microseconds - right.Microseconds) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Whether left is earlier than right.</summary>
    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether left is later than right.</summary>
    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether left is not later than right.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether left is not earlier than right.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;

    /// <summary>The earlier of the two.</summary>
    public static Instant Min(Instant left, Instant right) => left < right ? left : right;

    /// <summary>The later of the two.</summary>
    public static Instant Max(Instant left, Instant right) => left > right ? left : right;

    /// <summary>An instant from whole seconds since the epoch.</summary>
    public static Instant FromUnixSeconds(long seconds) => new(seconds * 1_000_000);

    /// <summary>An instant from the framework's type; ticks below a microsecond are cut off.</summary>
    public static Instant FromDateTimeOffset(DateTimeOffset value) =>
        new((value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Parses ISO 8601 with a zone, as written by <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">The text is not such a date.</exception>
    public static Instant Parse(string text) => FromDateTimeOffset(
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>The framework's type, in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        new(DateTimeOffset.UnixEpoch.Ticks + Microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>ISO 8601 in UTC with microseconds, such as 2026-11-22T15:16:09.000000Z; "never" for
    /// <see cref="Never"/>.</summary>
    public override string ToString() => IsNever
        ? "never"
        : ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Writes an <see cref="Instant"/> as ISO 8601 text in UTC and reads it back.</summary>
public sealed class InstantJsonConverter : JsonConverter<Instant>
{
    /// <inheritdoc/>
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is not { } text || text == "never" ? Instant.Never : ParseNamed(text);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    private static Instant ParseNamed(string text)
    {
        try
        {
            return Instant.Parse(text);
        }
        catch (FormatException e)
        {
            throw new JsonException($"'{text}' is not an ISO 8601 instant", e);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plateau.Contracts;

/// <summary>An identifier that has one text form, used in JSON, in URLs and in logs.</summary>
/// <typeparam name="TSelf">The identifier type itself.</typeparam>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>Reads the text form; false when the text is none.</summary>
    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);
}

/// <summary>Writes an identifier as its text form, as a value and as a property name.</summary>
/// <typeparam name="T">The identifier type.</typeparam>
public sealed class IdJsonConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"not a valid {typeof(T).Name}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString() ?? string.Empty);
}

/// <summary>The text forms of identifiers: names people choose, and numbers the centre gives out.</summary>
internal static class IdText
{
    /// <summary>Longest configured name, in characters: long enough for any slug, short enough for a log
    /// line.</summary>
    internal const int NameCharactersMax = 64;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A configured name: letters, digits, '-', '_' and '.', 1 to 64 characters.</summary>
    internal static bool IsName([NotNullWhen(true)] string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > NameCharactersMax)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>13 digits of Crockford's base 32, lower case; sorts like the number.</summary>
    internal static string Write(ulong value) => string.Create(13, value, static (span, v) =>
    {
        for (var i = span.Length - 1; i >= 0; i--)
        {
            span[i] = Alphabet[(int)(v & 31)];
            v >>= 5;
        }
    });

    internal static bool TryRead([NotNullWhen(true)] string? text, out ulong value)
    {
        value = 0;
        if (text is not { Length: 13 })
        {
            return false;
        }

        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (digit < 0 || value >> 59 != 0)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        return true;
    }
}

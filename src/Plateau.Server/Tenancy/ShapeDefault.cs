using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Plateau.Contracts;

namespace Plateau.Server.Tenancy;

/// <summary>What stands in for a value that could not be read, and how the value expected is called.</summary>
internal static class ShapeDefault
{
    /// <summary>Stands in for a name that could not be read; rules do not compare it with others.</summary>
    public const string Unset = "unset";

    public static JsonNode? Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is not null)
        {
            return null;
        }

        var contract = PlateauJson.Options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new JsonArray(),
            JsonTypeInfoKind.Dictionary => new JsonObject(),
            JsonTypeInfoKind.Object => new JsonObject(contract.Properties
                .Where(p => p.IsRequired || p.AssociatedParameter is { HasDefaultValue: false })
                .Select(p => KeyValuePair.Create(p.Name, Of(p.PropertyType)))),
            _ => Leaf(type),
        };
    }

    /// <summary>The kind of JSON value a leaf is written as; true stands for both truth values.</summary>
    public static JsonValueKind JsonKind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) || t == typeof(long) || t == typeof(double) => JsonValueKind.Number,
        var t when t == typeof(bool) => JsonValueKind.True,
        _ => JsonValueKind.String,
    };

    public static Phrase Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            var names = string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
            return new Phrase($"one of {names}", $"l'une des valeurs {names}");
        }

        return type.Name switch
        {
            nameof(String) => new Phrase("a text", "un texte"),
            nameof(Boolean) => new Phrase("true or false", "true ou false"),
            nameof(Int32) or nameof(Int64) => new Phrase("a whole number", "un nombre entier"),
            nameof(Double) => new Phrase("a number", "un nombre"),
            nameof(Char) => new Phrase("one character", "un caractère"),
            nameof(TimeOnly) => new Phrase("a time such as 09:00", "une heure comme 09:00"),
            nameof(DateOnly) => new Phrase("a date such as 2026-12-24", "une date comme 2026-12-24"),
            nameof(JsonObject) => new Phrase("an object", "un objet"),
            _ when IsId(type) => new Phrase(
                "a name of 1 to 64 letters, digits, '-', '_' or '.'",
                "un nom de 1 à 64 lettres, chiffres, « - », « _ » ou « . »"),
            _ => new Phrase("an object", "un objet"),
        };
    }

    private static JsonNode Leaf(Type type) => type switch
    {
        _ when type == typeof(string) || IsId(type) => JsonValue.Create(Unset),
        _ when type == typeof(bool) => JsonValue.Create(false),
        _ when type == typeof(char) => JsonValue.Create("0"),
        _ when type == typeof(TimeOnly) => JsonValue.Create("00:00:00"),
        _ when type == typeof(DateOnly) => JsonValue.Create("2000-01-01"),
        _ when type == typeof(JsonObject) => new JsonObject(),
        _ when type.IsEnum => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(type)[0])),
        _ => JsonValue.Create(0),
    };

    private static bool IsId(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}

using System.Text.Json;
using Plateau.Contracts;

namespace Plateau.Server.Hosting;

/// <summary>Reads query parameters; a wrong one is a named error and not an empty answer.</summary>
internal static class Parameter
{
    public static Instant? Instant(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return Contracts.Instant.Parse(text);
        }
        catch (FormatException)
        {
            throw ApiFault.BadParameter(name,
                "an ISO 8601 instant is expected, such as 2026-11-22T09:00:00Z",
                "il faut un instant ISO 8601, comme 2026-11-22T09:00:00Z");
        }
    }

    public static T? Id<T>(string name, string? text)
        where T : struct, IId<T> => text is null ? null
        : T.TryParse(text, out var id) ? id
        : throw ApiFault.BadParameter(name, "not a valid id", "identifiant non valable");

    public static T? Name<T>(string name, string? text)
        where T : struct, Enum => text is null ? null
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0]) ? value
        : throw ApiFault.BadParameter(name,
            $"one of {Names<T>()} is expected", $"il faut l'une des valeurs {Names<T>()}");

    public static int Limit(int? limit, int max) => limit is null ? Math.Min(100, max)
        : limit >= 1 && limit <= max ? limit.Value
        : throw ApiFault.BadParameter("limit", $"1 to {max}", $"1 à {max}");

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));
}

using System.Reflection;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>A request's JSON body, read so strictly that every error has its pointer; an empty one counts as
/// {}.</summary>
internal sealed record Body<T>(T Value)
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var reading = ConfigParser.ParsePart<T>(await RequestBytes.Read(http));
        return new Body<T>(reading.Value ?? throw ApiFault.Invalid(reading.Errors));
    }
}

/// <summary>Reads request bodies within the limit.</summary>
internal static class RequestBytes
{
    public static async Task<byte[]> Read(HttpContext http)
    {
        if (http.Request.ContentType is { } type
            && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiFault(415, "notJson", new Phrase("application/json is expected.", "Il faut application/json."));
        }

        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.Length == 0 ? "{}"u8.ToArray() : bytes.ToArray();
    }
}

using System.Diagnostics;
using System.Text.Json;
using Plateau.Contracts;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>What every error of the API looks like: problem details of RFC 9457 with a stable code.</summary>
/// <param name="Type">urn:plateau:problem: and the code.</param>
/// <param name="Title">The HTTP status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">In words, in the language asked for (Accept-Language fr or en).</param>
/// <param name="Code">Stable name of the problem.</param>
/// <param name="TraceId">Finds the request in logs and traces.</param>
/// <param name="Errors">What is wrong with the body.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string? TraceId,
    IReadOnlyList<BodyError>? Errors = null);

/// <summary>One thing wrong with a body.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to the value.</param>
/// <param name="Line">Line in the body, 1 upwards; 0 when unknown.</param>
/// <param name="Column">Column, 1 upwards.</param>
/// <param name="Code">Stable name of the kind of error.</param>
/// <param name="Detail">In words.</param>
internal sealed record BodyError(string Pointer, int Line, int Column, string Code, string Detail);

/// <summary>Writes problems.</summary>
internal static class ProblemWriter
{
    public const string MediaType = "application/problem+json";

    public static async Task Write(HttpContext http, ApiFault fault)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        var language = LanguageOf(http.Request);
        var problem = new Problem(
            "urn:plateau:problem:" + fault.Code,
            Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(fault.Status),
            fault.Status, fault.Text.In(language), fault.Code, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
            fault.Errors.Count == 0 ? null : [.. fault.Errors.Select(e =>
                new BodyError(e.Path.ToPointer(), e.Line, e.Column, e.Code, e.Text.In(language)))]);
        http.Response.Clear();
        http.Response.StatusCode = fault.Status;
        if (fault.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = fault.Status == StatusCodes.Status429TooManyRequests ? "1" : "5";
        }

        if (fault.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        http.Response.ContentType = MediaType;
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, PlateauJson.Options));
    }

    private static string LanguageOf(HttpRequest request) =>
        request.Headers.AcceptLanguage.ToString().StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr" : "en";
}

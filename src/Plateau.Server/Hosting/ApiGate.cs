using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Identity;
using Plateau.Server.Storage;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>What a route asks of its caller.</summary>
/// <param name="Scope">The scope.</param>
internal sealed record ScopeNeeded(ApiScope Scope);

/// <summary>The door of the API: who asks, how often, whether they may, and for which tenant; and the one place where
/// errors
/// become answers.</summary>
internal sealed class ApiGate(
    RequestDelegate next, ApiKeys keys, RequestRates rates, TenantHosts tenants, ILogger<ApiGate> log)
{
    /// <summary>Names the tenant for keys that may enter several.</summary>
    public const string TenantHeader = "Plateau-Tenant";

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            if (http.Request.Path.StartsWithSegments("/api"))
            {
                await Enter(http);
            }

            await next(http);
            if (http.Response is { StatusCode: 404 or 405 or 415, HasStarted: false, ContentLength: null, ContentType: null })
            {
                throw Bare(http.Response.StatusCode);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception e) when (ToFault(e) is { } fault)
        {
            if (fault.Status == StatusCodes.Status500InternalServerError)
            {
                ApiLog.Failed(log, http.Request.Method, http.Request.Path, e);
            }

            await ProblemWriter.Write(http, fault);
        }
    }

    private static ApiFault Bare(int status) => status switch
    {
        405 => new ApiFault(405, "methodNotAllowed", new Phrase("Not with this method.", "Pas avec cette méthode.")),
        415 => new ApiFault(415, "notJson", new Phrase("application/json is expected.", "Il faut application/json.")),
        _ => ApiFault.NotFound(),
    };

    private static ApiFault ToFault(Exception error) => error switch
    {
        ApiFault fault => fault,
        BadHttpRequestException { StatusCode: 413 } => TooLarge(),
        BadHttpRequestException bad => new ApiFault(
            bad.StatusCode, "badRequest", new Phrase("The request cannot be read.", "La demande est illisible.")),
        TimeoutException => new ApiFault(503, "centreBusy", new Phrase(
            "The centre did not answer in time; the request may still take effect.",
            "Le centre n'a pas répondu à temps ; la demande peut encore prendre effet.")),
        _ when Database.IsOutage(error) => new ApiFault(503, "databaseAway", new Phrase(
            "The database cannot be reached; calls go on.",
            "La base de données est injoignable ; les appels continuent.")),
        _ => new ApiFault(500, "internal", new Phrase("An error of ours; it is in the log.", "Une erreur de notre part ; voir le journal.")),
    };

    public static ApiFault TooLarge() => new(413, "bodyTooLarge", new Phrase(
        "The body is larger than allowed.", "Le corps dépasse la taille permise."));

    private async Task Enter(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ScopeNeeded>() is not { } needed)
        {
            if (http.GetEndpoint() is null)
            {
                await Known(http);
            }

            return;
        }

        var caller = await Known(http);
        if (!rates.TakeRequest(caller.Key))
        {
            throw new ApiFault(429, "tooManyRequests", new Phrase("Too many requests.", "Trop de demandes."));
        }

        if (!caller.May(needed.Scope))
        {
            var scope = needed.Scope.ToString().ToLowerInvariant();
            throw new ApiFault(403, "scopeMissing", new Phrase(
                $"The key lacks the scope '{scope}'.", $"La clé n'a pas le droit « {scope} »."));
        }

        http.Features.Set(new ApiCall(caller, TenantOf(http, caller), http));
    }

    private async Task<Caller> Known(HttpContext http)
    {
        var source = http.Connection.RemoteIpAddress?.ToString() ?? string.Empty;
        if (!rates.MayTry(source))
        {
            throw new ApiFault(429, "tooManyWrongKeys", new Phrase("Too many wrong keys.", "Trop de clés fausses."));
        }

        var text = KeyOf(http.Request);
        if (text is not null && await keys.Find(text) is { } caller)
        {
            return caller;
        }

        if (text is not null)
        {
            rates.TakeWrongKey(source);
            ApiLog.WrongKey(log, source);
        }

        throw new ApiFault(401, "keyNeeded", new Phrase(
            "A valid API key is needed: Authorization: Bearer KEY.",
            "Il faut une clé d'API valable : Authorization: Bearer CLÉ."));
    }

    /// <summary>The bearer key; browsers' WebSockets cannot set headers and offer it as subprotocol
    /// "bearer.KEY".</summary>
    private static string? KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }

        return request.HttpContext.WebSockets.WebSocketRequestedProtocols
            .FirstOrDefault(p => p.StartsWith("bearer.", StringComparison.Ordinal))?["bearer.".Length..];
    }

    private TenantHost TenantOf(HttpContext http, Caller caller)
    {
        var wanted = http.Request.Headers[TenantHeader].ToString();
        if (wanted.Length == 0)
        {
            var own = tenants.All.Where(t => caller.MayEnter(t.Id)).Take(2).ToList();
            return own switch
            {
                [var only] => only,
                [] => throw ApiFault.NotFound(),
                _ => throw new ApiFault(400, "tenantNeeded", new Phrase(
                    $"The key opens several tenants: name one in the header {TenantHeader}.",
                    $"La clé ouvre plusieurs clients : nommez-en un dans l'en-tête {TenantHeader}.")),
            };
        }

        return TenantId.TryParse(wanted, out var id) && caller.MayEnter(id) && tenants.Find(id) is { } tenant
            ? tenant
            : throw ApiFault.NotFound();
    }
}

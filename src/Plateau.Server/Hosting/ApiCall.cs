using System.Reflection;
using Plateau.Contracts;
using Plateau.Core;
using Plateau.Server.Identity;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>One request that passed the gate: who asks, and for which tenant.</summary>
internal sealed record ApiCall(Caller Caller, TenantHost Tenant, HttpContext Http)
{
    public static ValueTask<ApiCall?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        ValueTask.FromResult(http.Features.Get<ApiCall>());

    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>Address of the one who asks, for the audit.</summary>
    public string Address => Http.Connection.RemoteIpAddress?.ToString() ?? string.Empty;

    /// <summary>Asks the centre and waits; a refusal becomes a problem.</summary>
    public async Task<ActionAnswer> Ask(Func<RequestId, CentreRequest> make)
    {
        if (Http.RequestServices.GetRequiredService<Drain>().IsDraining && make(default) is Core.Calls.PlaceCall)
        {
            throw new ApiFault(StatusCodes.Status503ServiceUnavailable, "draining", new Phrase(
                "The server stops and takes no new calls.", "Le serveur s'arrête et ne prend plus d'appels."));
        }

        var answer = await Tenant.Driver.Ask(make).WaitAsync(TimeSpan.FromSeconds(10), Stop);
        return answer.Error is null ? new ActionAnswer(answer.Detail, answer.Call) : throw Refused(answer);
    }

    private static ApiFault Refused(AnswerRequest answer)
    {
        var status = answer.Error switch
        {
            RequestError.NotFound => StatusCodes.Status404NotFound,
            RequestError.NotAllowed => StatusCodes.Status403Forbidden,
            RequestError.Invalid => StatusCodes.Status422UnprocessableEntity,
            RequestError.LimitReached => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status409Conflict,
        };
        var name = answer.Error.ToString()!;
        return new ApiFault(status, char.ToLowerInvariant(name[0]) + name[1..], new Phrase(answer.Detail, answer.Detail));
    }
}

/// <summary>What the centre answered to an action that it granted.</summary>
/// <param name="Detail">In words, if there is anything to tell.</param>
/// <param name="Call">The call that was made or touched.</param>
internal sealed record ActionAnswer(string Detail, CallId? Call);

using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>How slices put their routes under /api/v1, each with its scope, its name and what it takes.</summary>
internal sealed class ApiRoutes(RouteGroupBuilder group)
{
    /// <summary>An action: POST with a JSON body, for those who may operate.</summary>
    public void Post<TBody>(string route, string summary, Func<ApiCall, TBody, Task<ActionAnswer>> action)
        where TBody : class =>
        Named(group.MapPost(route, (ApiCall call, Body<TBody> body) => action(call, body.Value)), ApiScope.Operate, summary)
            .Accepts<TBody>("application/json");

    public RouteHandlerBuilder Get(string route, string summary, Delegate slice) =>
        Named(group.MapGet(route, slice), ApiScope.Read, summary);

    public RouteHandlerBuilder Put(string route, string summary, Delegate slice) =>
        Named(group.MapPut(route, slice), ApiScope.Configure, summary);

    /// <summary>A POST that changes settings.</summary>
    public RouteHandlerBuilder Configure(string route, string summary, Delegate slice) =>
        Named(group.MapPost(route, slice), ApiScope.Configure, summary);

    public RouteHandlerBuilder Delete(string route, string summary, Delegate slice) =>
        Named(group.MapDelete(route, slice), ApiScope.Configure, summary);

    /// <summary>Names the route's first folder as its tag, so that documents are in order.</summary>
    private static RouteHandlerBuilder Named(RouteHandlerBuilder route, ApiScope scope, string summary) =>
        route.WithMetadata(new ScopeNeeded(scope)).WithSummary(summary);
}

/// <summary>Reads the parameters of a route.</summary>
internal static class RouteText
{
    public static string Text(this ApiCall call, string name) => call.Http.GetRouteValue(name) as string ?? string.Empty;

    /// <summary>An id from the route; one that is none names nothing, so it is not found.</summary>
    public static T Id<T>(this ApiCall call, string name)
        where T : struct, IId<T> => T.TryParse(call.Text(name), out var id) ? id : throw ApiFault.NotFound();
}

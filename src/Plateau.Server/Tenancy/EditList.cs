using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;

namespace Plateau.Server.Tenancy;

/// <summary>The routes of one list of the configuration: read all, read one, put one, remove one.</summary>
internal sealed class EditList<T>(ConfigList<T> list)
    where T : class
{
    public static void Map(ApiRoutes api, ConfigList<T> list)
    {
        var slice = new EditList<T>(list);
        api.Get($"/configuration/{list.Name}", $"All of {list.Name}", (ApiCall call) => slice.All(call))
            .Produces<IReadOnlyList<T>>();
        api.Get($"/configuration/{list.Name}/{{id}}", $"One of {list.Name}", (ApiCall call, string id) => slice.One(call, id))
            .Produces<T>();
        api.Put($"/configuration/{list.Name}/{{id}}", $"Add or replace one of {list.Name}",
            (ApiCall call, string id, Body<T> body) => slice.Put(call, id, body.Value))
            .Accepts<T>("application/json").Produces<T>();
        api.Delete($"/configuration/{list.Name}/{{id}}", $"Remove one of {list.Name}",
            (ApiCall call, string id) => slice.Remove(call, id)).Produces(StatusCodes.Status204NoContent);
    }

    private IResult All(ApiCall call) => Answer(call, list.Get(SecretText.Conceal(call.Tenant.Configs.Config)));

    private IResult One(ApiCall call, string id) =>
        Answer(call, list.Find(SecretText.Conceal(call.Tenant.Configs.Config), id) ?? throw ApiFault.NotFound());

    private async Task<IResult> Put(ApiCall call, string id, T item)
    {
        if (list.IdOf(item) != id)
        {
            throw new ApiFault(StatusCodes.Status400BadRequest, "idMismatch", new Phrase(
                "The id in the body is not the one in the address.", "L'identifiant du corps n'est pas celui de l'adresse."));
        }

        await Save(call, config => list.Put(config, item), id);
        await call.Audit("config.save", $"{list.Name}/{id}");
        return One(call, id);
    }

    private async Task<IResult> Remove(ApiCall call, string id)
    {
        if (list.Find(call.Tenant.Configs.Config, id) is null)
        {
            throw ApiFault.NotFound();
        }

        await Save(call, config => list.Remove(config, id), id);
        await call.Audit("config.remove", $"{list.Name}/{id}");
        return TypedResults.NoContent();
    }

    /// <summary>Errors inside the item get pointers into the body that was sent; others keep theirs into the
    /// whole.</summary>
    private async Task Save(ApiCall call, Func<CentreConfig, CentreConfig> change, string id)
    {
        ConfigPath? place = null;
        try
        {
            await call.Tenant.Configs.Save(
                config =>
                {
                    var next = change(config);
                    place = list.PathOf(next, id);
                    return next;
                },
                EntityVersion.Expected(call), call.Caller.Name, $"{list.Name}/{id}");
        }
        catch (ApiFault fault) when (fault.Errors.Count > 0 && place is not null)
        {
            throw ApiFault.Invalid([.. fault.Errors.Select(e => e with { Path = e.Path.Below(place) ?? e.Path })]);
        }
    }

    private static IResult Answer<TAnswer>(ApiCall call, TAnswer answer)
    {
        EntityVersion.Tell(call);
        return TypedResults.Ok(answer);
    }
}

/// <summary>The configuration's version as an entity tag (RFC 9110 §8.8.3).</summary>
internal static class EntityVersion
{
    public static void Tell(ApiCall call) =>
        call.Http.Response.Headers.ETag = $"\"{call.Tenant.Configs.Version}\"";

    /// <summary>The version in If-Match; null when there is none or any will do.</summary>
    public static int? Expected(ApiCall call)
    {
        var text = call.Http.Request.Headers.IfMatch.ToString();
        return text is "" or "*" ? null
            : int.TryParse(text.Trim('"'), out var version) ? version
            : throw new ApiFault(StatusCodes.Status412PreconditionFailed, "versionMoved", new Phrase(
                "If-Match names no version of ours.", "If-Match ne nomme aucune de nos versions."));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;
using Plateau.Server.Storage;

namespace Plateau.Server.Tenancy;

/// <summary>A version of the configuration.</summary>
internal sealed record ConfigVersion(int Version, Instant At, string Author, string? Comment);

/// <summary>What a new configuration would change.</summary>
/// <param name="Version">The version compared with.</param>
/// <param name="Changes">In the order of the document.</param>
internal sealed record ConfigPlan(int Version, IReadOnlyList<ConfigChange> Changes);

/// <summary>The configuration as a whole: read, plan, put, and its history.</summary>
internal static class EditConfiguration
{
    private const int VersionsMax = 200;

    public static void Map(ApiRoutes api)
    {
        api.Get("/configuration", "The whole configuration; secrets are left out", Read).Produces<CentreConfig>();
        api.Put("/configuration", "Replace the whole configuration (If-Match: its version)", Put)
            .Accepts<CentreConfig>("application/json").Produces<CentreConfig>();
        api.Configure("/configuration/plan", "What a new configuration would change, and what is wrong with it", Plan)
            .Accepts<CentreConfig>("application/json").Produces<ConfigPlan>();
        api.Get("/configuration/schema", "JSON schema of the configuration", Schema);
        api.Get("/configuration/versions", "History, newest first", Versions);
        api.Get("/configuration/versions/{version}", "The configuration of a version", One).Produces<CentreConfig>();
        api.Configure("/configuration/versions/{version}/restore", "Put an old version into force again", Restore)
            .Produces<CentreConfig>();
    }

    private static IResult Read(ApiCall call)
    {
        EntityVersion.Tell(call);
        return TypedResults.Ok(SecretText.Conceal(call.Tenant.Configs.Config));
    }

    private static async Task<IResult> Put(ApiCall call)
    {
        var next = await ReadWhole(call);
        var version = await call.Tenant.Configs.Save(_ => next, EntityVersion.Expected(call), call.Caller.Name, null);
        await call.Audit("config.save", "configuration", $"version {version}");
        return Read(call);
    }

    private static async Task<IResult> Plan(ApiCall call)
    {
        var next = await ReadWhole(call);
        var now = SecretText.Conceal(call.Tenant.Configs.Config);
        EntityVersion.Tell(call);
        return TypedResults.Ok(new ConfigPlan(
            call.Tenant.Configs.Version, ConfigChange.Between(ToJson(now), ToJson(SecretText.Conceal(next)))));
    }

    private static JsonNode Schema(ApiCall call) => PlateauJson.Options.GetJsonSchemaAsNode(typeof(CentreConfig));

    private static async Task<IReadOnlyList<ConfigVersion>> Versions(ApiCall call, Database database)
    {
        await using var db = database.Open(call.Tenant.Id);
        return await db.ConfigVersions.AsNoTracking().OrderByDescending(v => v.Version).Take(VersionsMax)
            .Select(v => new ConfigVersion(v.Version, v.At, v.Author, v.Comment)).ToListAsync(call.Stop);
    }

    private static async Task<IResult> One(ApiCall call, Database database) =>
        TypedResults.Ok(SecretText.Conceal(await Stored(call, database)));

    private static async Task<IResult> Restore(ApiCall call, Database database)
    {
        var old = await Stored(call, database);
        var number = call.Text("version");
        var version = await call.Tenant.Configs.Save(
            _ => old, EntityVersion.Expected(call), call.Caller.Name, $"restored from {number}");
        await call.Audit("config.restore", $"configuration/versions/{number}", $"version {version}");
        return Read(call);
    }

    private static async Task<CentreConfig> Stored(ApiCall call, Database database)
    {
        var number = int.TryParse(call.Text("version"), out var n) ? n : throw ApiFault.NotFound();
        await using var db = database.Open(call.Tenant.Id);
        var row = await db.ConfigVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Version == number, call.Stop)
            ?? throw ApiFault.NotFound();
        return JsonSerializer.Deserialize<CentreConfig>(row.Json, PlateauJson.Options)!;
    }

    /// <summary>Reads a whole configuration; secrets left empty are taken from the one in force before it is
    /// checked.</summary>
    private static async Task<CentreConfig> ReadWhole(ApiCall call)
    {
        var before = call.Tenant.Configs.Config;
        var reading = ConfigParser.ParseCentre(
            await RequestBytes.Read(call.Http), read => SecretText.Restore(read, before));
        var next = reading.Value ?? throw ApiFault.Invalid(reading.Errors);
        return next.Tenant == call.Tenant.Id
            ? next
            : throw new ApiFault(StatusCodes.Status400BadRequest, "idMismatch", new Phrase(
                "The tenant in the body is another one.", "Le client du corps en est un autre."));
    }

    private static JsonNode ToJson(CentreConfig config) => JsonSerializer.SerializeToNode(config, PlateauJson.Options)!;
}

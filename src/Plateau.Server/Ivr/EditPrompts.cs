using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;
using Plateau.Server.Storage;
using Plateau.Server.Telephony.Prompts;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Ivr;

/// <summary>Uploaded audio of a prompt in one language.</summary>
internal sealed record PromptAudio(
    PromptId Prompt, string Language, long Bytes, string Sha256, long DurationMs, Instant Uploaded, string UploadedBy);

/// <summary>What is wrong with a flow; nothing when <see cref="IsValid"/>.</summary>
internal sealed record FlowCheck(bool IsValid, IReadOnlyList<BodyError> Errors);

/// <summary>Audio of prompts, and the check of a flow before it is saved.</summary>
internal static class EditPrompts
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/prompts", "Uploaded audio of all prompts", List);
        api.Put("/prompts/{prompt}/audio/{language}", "Upload audio: WAV, MP3, Ogg, FLAC… of any rate", Upload)
            .Accepts<byte[]>("audio/wav", "application/octet-stream").Produces<PromptAudio>();
        api.Delete("/prompts/{prompt}/audio/{language}", "Remove uploaded audio; the text is spoken again", Remove)
            .Produces(StatusCodes.Status204NoContent);
        api.Configure("/flows/validate", "Check a flow against the configuration without saving it", Validate)
            .Accepts<FlowConfig>("application/json").Produces<FlowCheck>();
    }

    private static async Task<IReadOnlyList<PromptAudio>> List(ApiCall call, Database database)
    {
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.PromptAudio.AsNoTracking().OrderBy(p => p.Prompt).ThenBy(p => p.Language).ToListAsync(call.Stop);
        return [.. rows.Select(Entry)];
    }

    private static async Task<IResult> Upload(ApiCall call, Database database, ServerConfig config)
    {
        var (prompt, language) = Find(call);
        var bytes = await ReadUpload(call.Http, config.Limits.PromptBytesMax);
        var imported = await call.Tenant.Prompts.ImportAsync(prompt, language, bytes, call.Stop);
        if (imported.Pcm is not { } pcm)
        {
            throw NotAudio(imported);
        }

        var row = new PromptAudioRow
        {
            Tenant = call.Tenant.Id, Prompt = prompt, Language = language, Path = $"{prompt}.{language}.wav",
            Bytes = bytes.Length, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
            DurationMs = pcm.Length * 1000L / PromptLimits.MasterRateHz,
            Uploaded = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow), UploadedBy = call.Caller.Name,
        };
        await using var db = database.Open(call.Tenant.Id);
        await db.PromptAudio.Where(p => p.Prompt == prompt && p.Language == language).ExecuteDeleteAsync(call.Stop);
        db.Add(row);
        await db.SaveChangesAsync(call.Stop);
        await call.Audit("prompt.upload", $"{prompt}/{language}", row.Sha256);
        return TypedResults.Ok(Entry(row));
    }

    private static async Task<IResult> Remove(ApiCall call, Database database)
    {
        var (prompt, language) = Find(call);
        await using var db = database.Open(call.Tenant.Id);
        if (await db.PromptAudio.Where(p => p.Prompt == prompt && p.Language == language)
            .ExecuteDeleteAsync(call.Stop) == 0)
        {
            throw ApiFault.NotFound();
        }

        call.Tenant.Prompts.RemoveUpload(prompt, language);
        await call.Audit("prompt.remove", $"{prompt}/{language}");
        return TypedResults.NoContent();
    }

    private static FlowCheck Validate(ApiCall call, Body<FlowConfig> body)
    {
        var flow = body.Value;
        var config = call.Tenant.Configs.Config;
        var next = config with { Flows = [flow, .. config.Flows.Where(f => f.Id != flow.Id)] };
        var mine = ConfigPath.Root.Member("flows").At(0);
        var errors = ConfigParser.Check(next).Where(e => e.Path.IsWithin(mine))
            .Select(e => new BodyError(e.Path.Below(mine)!.ToPointer(), 0, 0, e.Code, e.Text.En)).ToList();
        return new FlowCheck(errors.Count == 0, errors);
    }

    private static (PromptId Prompt, string Language) Find(ApiCall call)
    {
        var (prompt, language) = (call.Id<PromptId>("prompt"), call.Text("language"));
        return call.Tenant.Configs.Config.Prompts.Any(p => p.Id == prompt) && CentreRules.Languages.Contains(language)
            ? (prompt, language)
            : throw ApiFault.NotFound();
    }

    private static async Task<byte[]> ReadUpload(HttpContext http, int bytesMax)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytesMax;
        }

        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }

    private static ApiFault NotAudio(ImportedAudio imported)
    {
        var why = imported.Error == AudioImportError.BadWav ? imported.WavError.ToString() : imported.Error.ToString();
        return imported.Error == AudioImportError.TooLarge ? ApiGate.TooLarge() : new ApiFault(
            StatusCodes.Status422UnprocessableEntity, "notAudio", new Phrase(
                $"The file cannot be used: {why}.", $"Le fichier est inutilisable : {why}."));
    }

    private static PromptAudio Entry(PromptAudioRow row) => new(
        row.Prompt, row.Language, row.Bytes, row.Sha256, row.DurationMs, row.Uploaded, row.UploadedBy);
}

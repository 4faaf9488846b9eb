using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;
using Plateau.Server.Storage;

namespace Plateau.Server.Calls;

/// <summary>A recording that is kept.</summary>
internal sealed record RecordingEntry(
    RecordingId Recording, CallId Call, Instant Started, long DurationMs, long Bytes, string Sha256, bool IsMessage,
    Instant? Removed);

/// <summary>Recordings: list, metadata, audio. Listening is audited before a byte leaves.</summary>
internal static class Recordings
{
    private const int PageMax = 500;

    public static void Map(ApiRoutes api)
    {
        api.Get("/recordings", "Recordings, newest first; of a call, or messages only", List);
        api.Get("/recordings/{recording}", "One recording", One);
        api.Get("/recordings/{recording}/audio", "The audio (WAV); ranges are served", Audio)
            .Produces(200, contentType: "audio/wav");
    }

    private static async Task<Listing<RecordingEntry>> List(
        ApiCall call, Database database, string? ofCall, bool? messages, int? limit, string? cursor)
    {
        var size = Parameter.Limit(limit, PageMax);
        await using var db = database.Open(call.Tenant.Id);
        var rows = db.Recordings.AsNoTracking();
        if (Parameter.Id<CallId>("ofCall", ofCall) is { } wanted)
        {
            rows = rows.Where(r => r.Call == wanted);
        }

        if (messages is { } isMessage)
        {
            rows = rows.Where(r => r.IsMessage == isMessage);
        }

        if (Parameter.Id<RecordingId>("cursor", cursor) is { } before)
        {
            rows = rows.Where(r => r.Recording.CompareTo(before) < 0);
        }

        var page = await rows.OrderByDescending(r => r.Recording).Take(size + 1).ToListAsync(call.Stop);
        return new Listing<RecordingEntry>(
            [.. page.Take(size).Select(Entry)], page.Count > size ? page[size - 1].Recording.ToString() : null);
    }

    private static async Task<RecordingEntry> One(ApiCall call, Database database) => Entry(await Find(call, database));

    private static async Task<IResult> Audio(ApiCall call, Database database)
    {
        var row = await Find(call, database);
        // The path is below the recordings folder of all tenants; it must lead into this tenant's own.
        var folder = Path.GetFullPath(Path.Combine(call.Tenant.Folders.Recordings, call.Tenant.Id.Value));
        var path = Path.GetFullPath(Path.Combine(call.Tenant.Folders.Recordings, row.Path));
        if (row.Removed is not null || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || !File.Exists(path))
        {
            throw new ApiFault(StatusCodes.Status410Gone, "audioGone", new Tenancy.Phrase(
                "The audio is no longer there.", "L'audio n'existe plus."));
        }

        await call.Audit("recording.listen", row.Recording.ToString(), row.Call.ToString());
        return TypedResults.PhysicalFile(path, "audio/wav", $"{row.Recording}.wav", enableRangeProcessing: true);
    }

    private static async Task<RecordingRow> Find(ApiCall call, Database database)
    {
        var id = call.Id<RecordingId>("recording");
        await using var db = database.Open(call.Tenant.Id);
        return await db.Recordings.AsNoTracking().SingleOrDefaultAsync(r => r.Recording == id, call.Stop)
            ?? throw ApiFault.NotFound();
    }

    private static RecordingEntry Entry(RecordingRow r) =>
        new(r.Recording, r.Call, r.Started, r.DurationMs, r.Bytes, r.Sha256, r.IsMessage, r.Removed);
}

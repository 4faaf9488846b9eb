using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Insights;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Messaging;

/// <summary>One message of the event stream.</summary>
/// <param name="Kind">"floor" (first, when asked for), "event", or "heartbeat" (first otherwise, and in
/// silence).</param>
/// <param name="Sequence">Place in the tenant's stream: the number to resume after.</param>
/// <param name="At">When it happened; for a heartbeat, now.</param>
/// <param name="Fact">What happened.</param>
/// <param name="Floor">The floor as it was after <paramref name="Sequence"/>.</param>
internal sealed record StreamMessage(
    string Kind, long Sequence, Instant At, Fact? Fact = null, FloorState? Floor = null);

/// <summary>Why a stream was closed by us; the reason text is the name in camelCase.</summary>
internal enum StreamClose
{
    /// <summary>Facts behind the place asked for are gone: fetch the floor anew and follow from there.</summary>
    FactsGone = 4001,

    /// <summary>The reader took too long to take a message; resume with the last sequence.</summary>
    SlowConsumer = 4002,

    /// <summary>The server stops; resume later with the last sequence.</summary>
    Draining = 4003,

    /// <summary>The reader sends more than a stream is for.</summary>
    TooTalkative = 4004,
}

/// <summary>The event stream: a WebSocket that tells every fact of the tenant in order, from any place that is
/// kept.</summary>
internal sealed class StreamEvents(ServerConfig config, Drain drain)
{
    /// <summary>Silence after which a heartbeat is sent; proxies close what is silent for a minute.</summary>
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    /// <summary>How long a reader may let one message wait.</summary>
    internal static readonly TimeSpan SendMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ClosingMax = TimeSpan.FromSeconds(1);
    private const int BytesFromReaderMax = 4_096;
    private static readonly SortedSet<string> Types = new(
        typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!),
        StringComparer.Ordinal);

    private readonly ConcurrentDictionary<TenantId, int> _open = new();

    /// <summary>Whether facts of that type exist.</summary>
    public static bool IsType(string type) => Types.Contains(type);

    public static void Map(ApiRoutes api) =>
        api.Get("/events", "Event stream (WebSocket): ordered, resumable with ?after=SEQUENCE, ?types=a,b, ?floor=true",
            (ApiCall call, StreamEvents stream, long? after, string? types, bool? floor) =>
                stream.Serve(call, after, types, floor ?? false))
            .Produces<StreamMessage>();

    private async Task<IResult> Serve(ApiCall call, long? after, string? types, bool floor)
    {
        var wanted = Wanted(types);
        if (!call.Http.WebSockets.IsWebSocketRequest)
        {
            throw new ApiFault(StatusCodes.Status426UpgradeRequired, "webSocketNeeded", new Phrase(
                "This address speaks WebSocket.", "Cette adresse parle WebSocket."));
        }

        var tenant = call.Tenant;
        if (_open.AddOrUpdate(tenant.Id, 1, static (_, n) => n + 1) > config.Limits.EventStreamsMax)
        {
            _open.AddOrUpdate(tenant.Id, 0, static (_, n) => n - 1);
            throw new ApiFault(StatusCodes.Status503ServiceUnavailable, "tooManyStreams", new Phrase(
                "Too many event streams are open.", "Trop de flux d'événements sont ouverts."));
        }

        try
        {
            var protocol = call.Http.WebSockets.WebSocketRequestedProtocols.Contains("plateau") ? "plateau" : null;
            using var socket = await call.Http.WebSockets.AcceptWebSocketAsync(protocol);
            await Follow(socket, new Follower(tenant, after, wanted, floor), call.Stop);
        }
        finally
        {
            _open.AddOrUpdate(tenant.Id, 0, static (_, n) => n - 1);
        }

        return Results.Empty;
    }

    private static HashSet<string>? Wanted(string? types)
    {
        var wanted = types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        return wanted?.FirstOrDefault(t => !Types.Contains(t)) is { } unknown
            ? throw ApiFault.BadParameter("types", $"'{unknown}' is no type of event; there are {string.Join(", ", Types)}",
                $"« {unknown} » n'est pas un type d'événement ; il y a {string.Join(", ", Types)}")
            : wanted;
    }

    private async Task Follow(WebSocket socket, Follower follower, CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, drain.Begun);
        var listening = Listen(socket, stop);
        try
        {
            await Tell(socket, follower, stop.Token);
        }
        catch (FactsGoneException)
        {
            await Close(socket, StreamClose.FactsGone);
        }
        catch (TimeoutException)
        {
            await Close(socket, StreamClose.SlowConsumer);
        }
        catch (OperationCanceledException) when (drain.IsDraining)
        {
            await Close(socket, StreamClose.Draining);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The reader left.
        }

        // The reader's own close ends the handshake (RFC 6455 §7.1.2); one who does not answer is cut off.
        await listening.WaitAsync(ClosingMax, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Abort();
    }

    private static async Task Tell(WebSocket socket, Follower follower, CancellationToken stop)
    {
        var last = follower.After ?? follower.Tenant.Events.LastSequence;
        if (follower.Floor)
        {
            var floor = follower.Tenant.Floor.Snapshot();
            last = floor.Sequence;
            await Send(socket, new StreamMessage("floor", last, Now(), Floor: floor));
        }
        else
        {
            // Tells the reader where it stands, so that it can resume from there before the first event.
            await Send(socket, new StreamMessage("heartbeat", last, Now()));
        }

        while (true)
        {
            var next = follower.Tenant.Events.Next(last, stop);
            while (await Task.WhenAny(next, Task.Delay(HeartbeatEvery, stop)) != next)
            {
                stop.ThrowIfCancellationRequested();
                await Send(socket, new StreamMessage("heartbeat", last, Now()));
            }

            foreach (var fact in await next)
            {
                last = fact.Sequence;
                if (follower.Wants(fact.Fact))
                {
                    await Send(socket, new StreamMessage("event", fact.Sequence, fact.At, fact.Fact));
                }
            }
        }
    }

    /// <summary>Not cancelled in the middle: that would tear the socket down before its close has a name.</summary>
    private static Task Send(WebSocket socket, StreamMessage message) =>
        socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message, PlateauJson.Options), WebSocketMessageType.Text, true,
            CancellationToken.None).WaitAsync(SendMax);

    /// <summary>Hears nothing but the end; a reader that keeps talking is shown out.</summary>
    private static async Task Listen(WebSocket socket, CancellationTokenSource stop)
    {
        var buffer = new byte[512];
        var heard = 0;
        while (heard < BytesFromReaderMax)
        {
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
            heard += message.Count;
            if (message.MessageType == WebSocketMessageType.Close)
            {
                if (socket.State == WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                }

                await stop.CancelAsync();
                return;
            }
        }

        await Close(socket, StreamClose.TooTalkative);
        await stop.CancelAsync();
    }

    private static async Task Close(WebSocket socket, StreamClose why)
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            var name = JsonNamingPolicy.CamelCase.ConvertName(why.ToString());
            await socket.CloseOutputAsync((WebSocketCloseStatus)(int)why, name, soon.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    private static Instant Now() => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    /// <summary>What one reader wants.</summary>
    private sealed record Follower(TenantHost Tenant, long? After, HashSet<string>? Types, bool Floor)
    {
        public bool Wants(Fact fact) => Types is null || Types.Contains(FactTable.TypeName(fact));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Core.Routing;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.CrashHost;

/// <summary>A tenant's centre with all its storage in a process that is made to be killed at any moment.</summary>
/// <remarks>
/// Arguments: folder, journal mode, first number, how many, and "calls" or "requests".
/// <para>Requests: a ledger in the place of the rules is asked for one thing per number, several at the same time, and
/// <c>ack N</c> is written when it was granted.</para>
/// <para>Calls: the rules themselves; one call per number waits in a queue, and <c>ack N</c> is written when the fact
/// says so; N is the call's id.</para>
/// With nothing to do it waits until everything is in the database and says <c>done</c>. Another process kills it
/// meanwhile and looks afterwards whether what was acknowledged is there, once.
/// </remarks>
internal static class Program
{
    private const int Askers = 8;
    private static readonly TenantId Tenant = new("acme");
    private static readonly CentreConfig Config = new()
    {
        Tenant = Tenant,
        Queues = [new QueueConfig { Id = new QueueId("sales") }],
        EntryPoints = [new EntryPointConfig { Number = "+33199005678", Queue = new QueueId("sales") }],
        Trunks = [new TrunkConfig { Id = new TrunkId("carrier") }],
    };

    /// <summary>Entry point.</summary>
    public static async Task<int> Main(string[] args)
    {
        var folder = args[0];
        var mode = Enum.Parse<JournalMode>(args[1]);
        var first = ulong.Parse(args[2]);
        var count = int.Parse(args[3]);
        var isCalls = args[4] == "calls";
        var database = new Database(DatabaseOptions.File(Path.Combine(folder, "plateau.db")));
        await database.Migrate();
        using var outbox = Outbox.Open(Path.Combine(folder, "outbox"));
        await using var writer = new DatabaseWriter(
            database, Tenant, outbox, Path.Combine(folder, "refused"), NullLogger.Instance);
        var sinks = new CentreSinks { Store = outbox.Append, Flush = outbox.Flush };
        var plain = Options(folder, mode);
        var fitting = isCalls ? plain : plain with { Apply = Apply, Compact = Nothing };
        await using var driver = new CentreDriver(fitting, sinks);
        if (isCalls)
        {
            Telephone(driver, sinks);
        }

        await driver.Start(Config);
        Console.WriteLine("started");
        await (isCalls ? CallAll(driver, first, count) : AskAll(driver, first, count));
        await driver.Query(centre => centre.NextDeadline);
        await writer.WaitUntilWritten(outbox.LastOrdinal);
        Console.WriteLine("done");
        return 0;
    }

    private static async Task AskAll(CentreDriver driver, ulong first, int count)
    {
        var next = -1;
        var gate = new Lock();
        async Task AskOnAndOn()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var n = first + (ulong)i;
                var answer = await driver.Ask(id => new CancelCallback(id, null, new CallbackId(n)));
                if (answer.Error is null)
                {
                    lock (gate)
                    {
                        Console.WriteLine($"ack {n}");
                    }
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => Task.Run(AskOnAndOn)));
    }

    /// <summary>A telephone network without a wire: legs are up when asked to be, and callers stay.</summary>
    private static void Telephone(CentreDriver driver, CentreSinks sinks)
    {
        sinks.Leg = effect =>
        {
            if (effect is AnswerLeg answer)
            {
                driver.Post(new LegAnswered(answer.Leg));
            }
        };
        sinks.Fact = record =>
        {
            // During the replay the facts of the former life are told again.
            if (driver.State.Phase == CentrePhase.Running && record.Fact is CallQueued queued)
            {
                Console.WriteLine($"ack {queued.Call.Value}");
            }
        };
    }

    private static async Task CallAll(CentreDriver driver, ulong first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var leg = new LegId(first + (ulong)i);
            driver.Post(new LegOffered(leg, "+33199001234", "+33199005678", new TrunkId("carrier"), null));
            // One turn of the centre's thread for each call keeps its queue short.
            await driver.Query(centre => centre.NextDeadline);
        }
    }

    private static IReadOnlyList<CentreInput> Nothing(Centre centre) => [new ApplyConfig(Config)];

    private static CentreDriverOptions Options(string folder, JournalMode mode) => new()
    {
        Tenant = Tenant,
        JournalFolder = Path.Combine(folder, "journal"),
        Node = 1,
        RequestNode = 2,
        Mode = mode,
        // Small, so that processes die while segments change and generations begin.
        SegmentBytesMax = 20_000,
        CompactEntries = 500,
    };

    /// <summary>For each thing asked: a fact and a call record of that number, and the answer.</summary>
    private static void Apply(Centre centre, Instant now, CentreInput input, List<CentreEffect> effects)
    {
        if (input is not CancelCallback { Callback.Value: var n } asked)
        {
            return;
        }

        var call = new CallId(n);
        effects.Add(new Publish(new CallCleared(call, ClearingCause.Normal, ClearingSide.Customer)));
        effects.Add(new WriteCallRecord(new CallRecord
        {
            Call = call, Tenant = Tenant, Direction = CallDirection.Inbound, Caller = "", Called = "100", Started = now,
            Ended = now, Cause = ClearingCause.Normal, EndedBy = ClearingSide.Customer,
        }));
        effects.Add(new AnswerRequest(asked.Request, null));
    }
}

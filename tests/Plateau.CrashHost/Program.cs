using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Core.Routing;
using Plateau.Server.Hosting;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;

namespace Plateau.CrashHost;

/// <summary>A tenant's centre with all its storage in a process that is made to be killed at any moment.</summary>
/// <remarks>
/// Arguments: folder, journal mode, first number, how many. It asks the centre for one thing per number, several at the
/// same time, and writes <c>ack N</c> when it was granted; with none to ask it writes everything to the database and says
/// <c>done</c>. Another process kills it meanwhile and looks afterwards whether what was acknowledged is there, once.
/// </remarks>
internal static class Program
{
    private const int Askers = 8;
    private static readonly TenantId Tenant = new("acme");

    /// <summary>Entry point.</summary>
    public static async Task<int> Main(string[] args)
    {
        var folder = args[0];
        var mode = Enum.Parse<JournalMode>(args[1]);
        var first = ulong.Parse(args[2]);
        var count = int.Parse(args[3]);
        var database = new Database(DatabaseOptions.File(Path.Combine(folder, "plateau.db")));
        await database.Migrate();
        using var http = new ForeignHttp(new ForeignHttpOptions());
        var options = new TenantStorageOptions(Tenant, Path.Combine(folder, "outbox"), TimeSpan.FromDays(36_500));
        await using var storage = new TenantStorage(database, http, options, NullLogger.Instance);
        var sinks = new CentreSinks();
        await using var driver = new CentreDriver(Options(folder, mode), sinks);
        storage.Attach(sinks, driver.Post);
        await driver.Start(new CentreConfig { Tenant = Tenant });
        Console.WriteLine("started");
        await AskAll(driver, first, count);
        await driver.Query(centre => centre.NextDeadline);
        await storage.Writer.WaitUntilWritten(storage.Outbox.LastOrdinal);
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
        Compact = static _ => [new ApplyConfig(new CentreConfig { Tenant = Tenant })],
        Apply = Apply,
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

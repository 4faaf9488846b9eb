using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Calls;

namespace Plateau.Server.Hosting;

/// <summary>
/// The end of a server: not ready any more, no new calls, running calls get their time, what is left is hung up.
/// </summary>
internal sealed class Drain(ServerConfig config, TenantHosts tenants, ILogger<Drain> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EndingMax = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _begunSource = new();
    private int _begun;

    /// <summary>Cancelled when the drain begins: streams end, their readers go elsewhere.</summary>
    public CancellationToken Begun => _begunSource.Token;

    /// <summary>Whether new calls are refused (503) and the server is not ready.</summary>
    public bool IsDraining => Volatile.Read(ref _begun) != 0;

    /// <summary>A second signal: no more waiting.</summary>
    public void Hurry() => _hurry.Cancel();

    /// <summary>Completes when no call is up any more, or the time is over and what was left was ended.</summary>
    public async Task Run()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return;
        }

        await _begunSource.CancelAsync();
        ApiLog.Draining(log, CallsUp, config.Limits.DrainS);
        if (await Empties(TimeSpan.FromSeconds(config.Limits.DrainS)))
        {
            return;
        }

        ApiLog.DrainEnded(log, CallsUp);
        foreach (var tenant in tenants.All)
        {
            foreach (var call in tenant.Floor.Snapshot().Calls)
            {
                _ = tenant.Driver.Ask(id => new HangUp(id, null, call.Call));
            }
        }

        await Empties(EndingMax);
    }

    private int CallsUp => tenants.All.Sum(t => t.Floor.CallsUp);

    private async Task<bool> Empties(TimeSpan within)
    {
        using var timer = new PeriodicTimer(Look);
        var until = DateTimeOffset.UtcNow + within;
        while (CallsUp > 0 && DateTimeOffset.UtcNow < until)
        {
            try
            {
                await timer.WaitForNextTickAsync(_hurry.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return CallsUp == 0;
    }
}

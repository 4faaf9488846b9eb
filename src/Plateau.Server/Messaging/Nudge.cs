using System.Threading.Channels;

namespace Plateau.Server.Messaging;

/// <summary>Wakes one who waits; nudges that come while one is already there count once.</summary>
internal sealed class Nudge
{
    private readonly Channel<bool> _one = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Give() => _one.Writer.TryWrite(true);

    /// <summary>Completes at the next nudge, or when one is there already.</summary>
    internal async Task Wait(CancellationToken stop) => await _one.Reader.ReadAsync(stop);

    /// <summary>The same, but not longer than the time given.</summary>
    internal async Task Wait(TimeSpan longest, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(longest);
        await Wait(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }
}

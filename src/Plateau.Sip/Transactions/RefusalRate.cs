using System.Net;
using Plateau.Contracts;

namespace Plateau.Sip.Transactions;

/// <summary>Counts the stateless refusals to each source, so that a flood is not answered with a flood.</summary>
internal sealed class RefusalRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Dictionary<IPAddress, (Instant Since, int Count)> _sources = [];
    private readonly Queue<IPAddress> _order = new();

    /// <summary>Whether one more refusal may go to this source now.</summary>
    internal bool Takes(Instant now, IPAddress source)
    {
        if (!_sources.TryGetValue(source, out var seen))
        {
            Admit(source);
            seen = (now, 0);
        }
        else if (now - seen.Since >= Window)
        {
            seen = (now, 0);
        }

        _sources[source] = (seen.Since, seen.Count + 1);
        return seen.Count < TransactionLimits.RefusalsPerSecondMax;
    }

    private void Admit(IPAddress source)
    {
        if (_order.Count >= TransactionLimits.RefusalSourcesMax)
        {
            _sources.Remove(_order.Dequeue());
        }

        _order.Enqueue(source);
    }
}

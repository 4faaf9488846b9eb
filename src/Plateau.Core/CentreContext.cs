using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Core;

/// <summary>What every machine of a centre shares: the instant, the effects, ids, the configuration and the
/// deadlines.</summary>
internal sealed class CentreContext(IdSource ids)
{
    private readonly Queue<CentreEvent> _events = new();

    internal Instant Now { get; set; }

    internal List<CentreEffect> Effects { get; set; } = [];

    internal ConfigTable Config { get; set; } = new(new CentreConfig { Tenant = new TenantId("none") });

    internal DeadlineHeap Deadlines { get; } = new();

    internal TenantId Tenant => Config.Centre.Tenant;

    internal ulong NextId() => ids.Next(Now);

    internal void Emit(CentreEffect effect) => Effects.Add(effect);

    internal void Publish(Fact fact) => Effects.Add(new Publish(fact));

    /// <summary>Tells another feature, after the machine at work has finished: features do not call back into
    /// callers.</summary>
    internal void Post(CentreEvent message) => _events.Enqueue(message);

    internal bool HasEvents => _events.Count > 0;

    internal bool TryTake(out CentreEvent message) => _events.TryDequeue(out message!);

    internal void Set(Deadline deadline, TimeSpan after) => Deadlines.Set(deadline, Now + after);

    internal void Set(Deadline deadline, Instant at) => Deadlines.Set(deadline, at);

    internal void Clear(Deadline? deadline)
    {
        if (deadline is not null)
        {
            Deadlines.Clear(deadline);
        }
    }
}

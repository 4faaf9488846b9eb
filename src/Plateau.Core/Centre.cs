using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;

namespace Plateau.Core;

/// <summary>The machine of machines: all calls, queues and agents of one tenant, in one order.</summary>
/// <remarks>
/// Same inputs at the same instants give the same effects. Not thread-safe: one driver owns it. It has no clock,
/// socket,
/// task, lock or chance; ids come from the <see cref="IdSource"/> it was given.
/// <para>
/// Order inside one input: deadlines that are due, earliest first; then the input; after each of them what the features
/// tell each other, the changes of agents, and the assignment decisions, until nothing is left. A deadline that is due
/// takes effect at the instant of the input that found it, so a process that was suspended does not run through all
/// that would have happened meanwhile.
/// </para>
/// </remarks>
public sealed partial class Centre
{
    private readonly CentreContext _context;
    private readonly AgentRoster _roster;
    private readonly RoutingMachine _routing;
    private readonly LiveCalls _calls;

    /// <summary>A centre without configuration; <see cref="ApplyConfig"/> is its first input.</summary>
    /// <param name="ids">Source of ids, on a node number of its own.</param>
    public Centre(IdSource ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _context = new CentreContext(ids);
        _roster = new AgentRoster(_context);
        _routing = new RoutingMachine(_context, _roster);
        _calls = new LiveCalls(_context, _roster, _routing);
    }

    /// <summary>The earliest instant at which <see cref="Tick"/> would change anything; <see cref="Instant.Never"/>
    /// if none.</summary>
    public Instant NextDeadline => _context.Deadlines.Next;

    /// <summary>Takes one input: changes the state and appends what must be done, in order.</summary>
    /// <param name="now">Never earlier than the call before.</param>
    /// <param name="input">What arrived. Late and repeated inputs are named cases and do no harm.</param>
    /// <param name="effects">Appended to; not cleared.</param>
    /// <exception cref="AssertionFailed">The state contradicts itself; the centre must not be used any
    /// more.</exception>
    public void Apply(Instant now, CentreInput input, List<CentreEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
        AssertionFailed.Unless(now >= _context.Now, "time does not run backwards");
        _context.Now = now;
        _context.Effects = effects;
        while (_context.Deadlines.TakeDue(now) is { } due)
        {
            due.Fire();
            Settle();
        }

        Take(input);
        Settle();
    }

    private void Take(CentreInput input)
    {
        switch (input)
        {
            case Tick:
                break;
            case ApplyConfig config:
                Replace(config.Config);
                break;
            case Restarted:
                _calls.Restart();
                _roster.Restart();
                break;
            case PhonePresence presence:
                _roster.Apply(presence);
                break;
            case Heartbeat heartbeat:
                _roster.Find(heartbeat.Agent)?.Heartbeat();
                break;
            case CentreRequest request:
                Answer(request);
                break;
            default:
                _calls.Apply(input);
                break;
        }
    }

    /// <summary>Lets the features hear of each other and decides, until all is quiet.</summary>
    private void Settle()
    {
        do
        {
            while (_context.TryTake(out var message))
            {
                Deliver(message);
            }

            if (_routing.TakeAgentChanges())
            {
                continue;
            }

            _routing.Decide();
        }
        while (_context.HasEvents || _routing.IsDecisionDue || _roster.HasTouched);
    }

    private void Deliver(CentreEvent message)
    {
        switch (message)
        {
            case OfferMade made:
                DeliverOffer(made);
                break;
            case OfferTakenBack back:
                _calls.Find(back.Call)?.OnOfferTakenBack(back.Offer);
                break;
            case ItemLeft left:
                _calls.Find(left.Call)?.OnItemLeft(left.Visit, left.Next);
                break;
            case SayToWaiting say:
                _calls.Find(say.Call)?.Say(say.Items);
                break;
            case CallbackDue due:
                _calls.DialCustomer(due.Callback);
                break;
            case AgentLost lost:
                _calls.Find(lost.Call)?.OnAgentLost(lost.Agent);
                break;
            case WrapUpEnded ended:
                _calls.Find(ended.Call)?.OnWrapUpEnded(ended.Agent, ended.IsAutomatic);
                break;
            case LineWanted wanted:
                _calls.WantLine(wanted.Agent);
                break;
            case AgentGone gone:
                _calls.DropLine(gone.Agent, gone.Phone);
                _roster.Forget(gone.Agent);
                break;
            default:
                throw new AssertionFailed($"nobody takes {message}");
        }
    }

    private void DeliverOffer(OfferMade made)
    {
        if (made.Item.State == WaitingState.Gone || !made.Item.Offers.Contains(made.Offer))
        {
            return;
        }

        _calls.Offer(made.Item, made.Offer);
    }

    private void Replace(Plateau.Contracts.Tenancy.CentreConfig config)
    {
        _context.Config = new ConfigTable(config);
        _roster.ReplaceConfig();
        _routing.ReplaceConfig();
        _context.Publish(new ConfigApplied(
            $"{config.Queues.Count} queues, {config.Agents.Count} agents, {config.Flows.Count} flows, "
            + $"{_routing.WaitingCount} waiting"));
    }
}

using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>What a call brings to a queue.</summary>
internal sealed record QueueEntry(CallId Call, QueueId Queue)
{
    internal int PriorityS { get; init; }

    internal IReadOnlyDictionary<SkillId, int>? Skills { get; init; }

    internal AgentId? Preferred { get; init; }

    /// <summary>Entry time kept from an earlier stay; null to begin at the end.</summary>
    internal Instant? Entered { get; init; }

    internal string Caller { get; init; } = string.Empty;

    internal string Language { get; init; } = "fr";

    /// <summary>Before everyone else: a customer who was called back.</summary>
    internal bool IsFirst { get; init; }

    /// <summary>Hours, limits and emptiness do not count: the place was granted before.</summary>
    internal bool IsGranted { get; init; }
}

/// <summary>Entry, steps and exits.</summary>
internal sealed partial class RoutingMachine
{
    private readonly Dictionary<(QueueId, string), (Instant Entered, Instant Left)> _leavers = [];
    private readonly Queue<(QueueId Queue, string Caller, Instant Left)> _leaversInOrder = new();

    /// <summary>Puts a call into a queue.</summary>
    /// <returns>Null when it waits; else the exit with which it was refused.</returns>
    internal QueueExit? Enter(QueueEntry entry)
    {
        AssertionFailed.Unless(!_itemsByCall.ContainsKey(entry.Call), $"call {entry.Call} is in one queue at a time");
        if (FindQueue(entry.Queue) is not { } queue)
        {
            return QueueExit.System;
        }

        if (!entry.IsGranted && RefusalOf(queue) is { } refusal)
        {
            return refusal;
        }

        var item = new WaitingItem(entry.Call.Value, queue, entry.Entered ?? ReturnOf(queue, entry.Caller) ?? context.Now)
        {
            Call = entry.Call,
            Joined = context.Now,
            Caller = entry.Caller,
            Language = entry.Language,
            PriorityS = entry.PriorityS,
            Skills = entry.Skills is { Count: > 0 } ? entry.Skills : null,
            Preferred = entry.Preferred,
            IsStarved = entry.IsFirst,
        };
        _itemsByCall[entry.Call] = item;
        Add(item);
        context.Publish(new CallQueued(
            entry.Call, queue.Id, item.Entered, item.PositionAtEntry, item.EstimatedWait));
        return null;
    }

    /// <summary>The caller's position, 1 = next.</summary>
    internal static int PositionOf(WaitingItem item) => item.Queue.Items.RankOf(item) + 1;

    /// <summary>The call leaves by its own doing or the centre's: hung up, transferred, key, connected.</summary>
    /// <returns>The record of the stay; null when it was in no queue.</returns>
    internal QueueVisitRecord? Leave(CallId call, QueueExit exit, AgentId? agent = null)
    {
        if (Find(call) is not { } item)
        {
            return null;
        }

        if (exit == QueueExit.Abandoned && item.Queue.Config.ReturnKeepsPlaceS > 0 && item.Caller.Length > 0)
        {
            Remember(item);
        }

        foreach (var offer in item.Offers.ToArray())
        {
            if (offer.Agent == agent && exit == QueueExit.Answered)
            {
                Close(item, offer, OfferOutcome.Accepted);
                continue;
            }

            context.Post(new OfferTakenBack(item.Call!.Value, offer));
            Close(item, offer, exit == QueueExit.Abandoned ? OfferOutcome.CallerLeft : OfferOutcome.Withdrawn);
        }

        return TakeOut(item, exit, agent);
    }

    private void Add(WaitingItem item)
    {
        item.Rekey();
        item.StepDue = new Deadline(() => Advance(item));
        item.StarvationDue = new Deadline(() => OnStarved(item));
        item.TimeoutDue = new Deadline(() => Exit(item, QueueExit.Timeout));
        item.PreferredDue = new Deadline(() => ReleaseHeld(item));
        item.ExclusionDue = new Deadline(() => OnExclusionEnds(item));
        item.AnnounceDue = new Deadline(() => Announce(item));
        item.ComfortDue = new Deadline(() => Comfort(item));
        item.Queue.Items.Add(item);
        item.PositionAtEntry = PositionOf(item);
        item.EstimatedWait = EstimateFor(item);
        SetItemDeadlines(item);
        BeginAnnouncements(item);
        CheckPresence(item.Queue);
        if (item.Preferred is { } preferred && IsComing(item, preferred))
        {
            Hold(item, preferred);
        }

        Advance(item);
    }

    private void SetItemDeadlines(WaitingItem item)
    {
        var config = item.Queue.Config;
        var limit = config.WaitMaxS > 0 && item.Callback is null
            ? Instant.Max(context.Now, item.Entered + TimeSpan.FromSeconds(config.WaitMaxS))
            : Instant.Never;
        context.Set(item.TimeoutDue!, limit);
        var starved = config.StarvationS > 0 && !item.IsStarved
            ? Instant.Max(context.Now, item.Entered + TimeSpan.FromSeconds(config.StarvationS))
            : Instant.Never;
        context.Set(item.StarvationDue!, starved);
    }

    private QueueExit? RefusalOf(QueueState queue)
    {
        if (!IsOpen(queue))
        {
            return QueueExit.Closed;
        }

        if (queue.Config.WaitingMax > 0 && queue.Items.Count >= queue.Config.WaitingMax)
        {
            return QueueExit.Full;
        }

        return queue.IsAnyonePresent(queue.Config.JoinPresence) ? null : QueueExit.JoinEmpty;
    }

    /// <summary>Brings the call to the step in force: requirement, rings, priority, announcement, overflow.</summary>
    /// <remarks>Steps are measured from entry; one nobody logged in can meet gives way to the next at once.</remarks>
    private void Advance(WaitingItem item)
    {
        var steps = item.Queue.Config.Steps;
        while (item.State != WaitingState.Gone)
        {
            var isDue = item.Step + 1 < steps.Count
                && item.Entered + TimeSpan.FromSeconds(steps[item.Step + 1].AfterS) <= context.Now;
            if (!isDue && item.Pool is null && (item.Step >= 0 || steps.Count == 0))
            {
                Move(item, PoolFor(item));
            }

            // A first step with a wait of its own begins at once: before it nothing would hold.
            var isFirst = item.Step < 0 && steps.Count > 0;
            var isHopeless = item.Pool is { Seats.Count: 0 } && item.Step + 1 < steps.Count;
            if (!isDue && !isFirst && !isHopeless)
            {
                break;
            }

            Begin(item, steps[item.Step + 1]);
        }

        if (item.State != WaitingState.Gone)
        {
            context.Set(item.StepDue!, item.Step + 1 < steps.Count
                ? item.Entered + TimeSpan.FromSeconds(steps[item.Step + 1].AfterS)
                : Instant.Never);
        }
    }

    private void Begin(WaitingItem item, RoutingStepConfig step)
    {
        item.Step++;
        if (step.OverflowTo is { } queue && FindQueue(queue) is not null && queue != item.Queue.Id && item.Call is not null)
        {
            Exit(item, QueueExit.Overflow, queue);
            return;
        }

        if (step.PriorityS != 0)
        {
            Reorder(item, i => i.StepPriorityS += step.PriorityS);
        }

        if (step.Announce is { } prompt)
        {
            Say(item, prompt);
        }

        LeavePool(item);
        item.Pool = null;
    }

    private AgentPool PoolFor(WaitingItem item)
    {
        var steps = item.Queue.Config.Steps;
        var required = new SortedDictionary<SkillId, int>();
        var ringMax = item.Step < 0 ? 99 : 0;
        for (var i = 0; i <= item.Step; i++)
        {
            ringMax = Math.Max(ringMax, steps[i].RingMax);
        }

        if (item.Step >= 0)
        {
            foreach (var (skill, level) in steps[item.Step].Requires)
            {
                required[skill] = level;
            }
        }

        foreach (var (skill, level) in item.Skills ?? new Dictionary<SkillId, int>())
        {
            required[skill] = Math.Max(level, required.GetValueOrDefault(skill));
        }

        var list = new List<SkillLevel>(required.Count);
        foreach (var (skill, level) in required)
        {
            list.Add(new SkillLevel(skill, level));
        }

        return PoolOf(item.Queue, list, ringMax);
    }

    /// <summary>Changes what the order depends on: out of the indexes, change, in again.</summary>
    private void Reorder(WaitingItem item, Action<WaitingItem> change)
    {
        var wasInPool = item.IsInPool;
        var held = item.State == WaitingState.HeldForPreferred ? SeatsOf(item.Preferred!.Value) : null;
        held?.Held.Remove(item);
        LeavePool(item);
        item.Queue.Items.Remove(item);
        change(item);
        item.Rekey();
        item.Queue.Items.Add(item);
        held?.Held.Add(item);
        if (wasInPool)
        {
            JoinPool(item);
        }
    }

    private void OnStarved(WaitingItem item) => Reorder(item, i => i.IsStarved = true);

    private void Move(WaitingItem item, AgentPool pool)
    {
        LeavePool(item);
        item.Pool = pool;
        if (item.State == WaitingState.Waiting || IsRingingAll(item))
        {
            JoinPool(item);
        }
    }

    private void JoinPool(WaitingItem item)
    {
        if (!item.IsInPool && item.Pool is not null)
        {
            item.IsInPool = true;
            item.Pool.Waiting.Add(item);
            _ready.Enqueue(item);
        }
    }

    private static void LeavePool(WaitingItem item)
    {
        if (item.IsInPool)
        {
            item.IsInPool = false;
            item.Pool!.Waiting.Remove(item);
        }
    }

    /// <summary>A rule of the queue or a supervisor puts the call out; its call is told.</summary>
    private void Exit(WaitingItem item, QueueExit exit, QueueId? next = null)
    {
        if (item.State == WaitingState.Gone)
        {
            return;
        }

        foreach (var offer in item.Offers.ToArray())
        {
            context.Post(new OfferTakenBack(item.Call!.Value, offer));
            Close(item, offer, OfferOutcome.Withdrawn);
        }

        var visit = TakeOut(item, exit, null);
        if (item.Callback is { } callback)
        {
            End(callback, CallbackState.Cancelled);
        }
        else
        {
            context.Post(new ItemLeft(item.Call!.Value, visit, next));
        }
    }

    private QueueVisitRecord TakeOut(WaitingItem item, QueueExit exit, AgentId? agent)
    {
        if (item.State == WaitingState.HeldForPreferred)
        {
            SeatsOf(item.Preferred!.Value)?.Held.Remove(item);
        }

        LeavePool(item);
        item.State = WaitingState.Gone;
        item.Queue.Items.Remove(item);
        foreach (var deadline in new[]
        {
            item.StepDue, item.StarvationDue, item.TimeoutDue, item.PreferredDue, item.ExclusionDue, item.AnnounceDue,
            item.ComfortDue,
        })
        {
            context.Clear(deadline!);
        }

        if (item.Call is { } call)
        {
            _itemsByCall.Remove(call);
            context.Publish(new QueueLeft(call, item.Queue.Id, exit, context.Now - item.Entered));
        }

        if (exit == QueueExit.Answered && item.Callback is null)
        {
            item.Queue.Estimate.Answered(item.EstimatedWait, context.Now - item.Joined);
        }

        CheckPresence(item.Queue);
        DialFirst(item.Queue, hasAgent: false);
        return new QueueVisitRecord
        {
            Queue = item.Queue.Id,
            Entered = item.Entered,
            Left = context.Now,
            Exit = exit,
            Agent = agent,
            PositionAtEntry = item.PositionAtEntry,
            EstimatedWait = item.EstimatedWait,
            Offers = item.PastOffers.ToArray(),
        };
    }

    private void Remember(WaitingItem item)
    {
        _leavers[(item.Queue.Id, item.Caller)] = (item.Entered, context.Now);
        _leaversInOrder.Enqueue((item.Queue.Id, item.Caller, context.Now));
    }

    /// <summary>The entry time of a caller who hung up a short while ago; null when none is kept.</summary>
    private Instant? ReturnOf(QueueState queue, string caller)
    {
        var keep = TimeSpan.FromSeconds(queue.Config.ReturnKeepsPlaceS);
        while (_leaversInOrder.TryPeek(out var first) && context.Now - first.Left > TimeSpan.FromHours(1))
        {
            _leaversInOrder.Dequeue();
            if (_leavers.TryGetValue((first.Queue, first.Caller), out var kept) && kept.Left == first.Left)
            {
                _leavers.Remove((first.Queue, first.Caller));
            }
        }

        return caller.Length > 0 && _leavers.Remove((queue.Id, caller), out var leaver)
            && context.Now - leaver.Left <= keep ? leaver.Entered : null;
    }
}

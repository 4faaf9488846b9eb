using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Agents;

/// <summary>One agent: what the person chose (status), what the centre does (state), and the lease that keeps
/// it.</summary>
/// <remarks>
/// <code>
/// state        input                     next state
/// LoggedOut    LogIn                     Idle | Paused | Unreachable (no device)
/// Idle         Reserve                   Reserved
/// Reserved     Ring                      Ringing
/// Ringing      Talk                      Talking
/// Ringing      OfferFailed NoAnswer      Missed after so many in a row, else Idle
/// Ringing      OfferFailed Rejected      Paused for a while, or Idle
/// Ringing      OfferFailed other         Idle (Unreachable when the device is lost)
/// Idle         Dial                      Dialling
/// Talking      Hold / Resume             Holding / Talking
/// Talking      Release                   WrapUp | home
/// WrapUp       EndWrapUp, time limit     home
/// any          lease lost                home is Unreachable; logged out when the lease runs out
/// home = LoggedOut (pending) | Unreachable | Paused | Missed | Idle, in this order
/// </code>
/// What the person asks for while busy is pending, and applied at once with the end of the item: there is no instant
/// at which another call could slip in.
/// </remarks>
internal sealed partial class AgentMachine
{
    private readonly CentreContext _context;
    private readonly AgentRoster _roster;
    private readonly Deadline _statusReturn;
    private readonly Deadline _wrapUpLimit;
    private readonly Deadline _rest;
    private readonly Deadline _override;
    private Instant _intervalStart;
    private CallId? _intervalCall;
    private QueueId? _intervalQueue;
    private NotReadyReasonId? _intervalReason;
    private AgentCause _intervalCause;
    private bool _isMissed;
    private int _misses;

    internal AgentMachine(CentreContext context, AgentRoster roster, AgentConfig config)
    {
        _context = context;
        _roster = roster;
        Config = config;
        _statusReturn = new Deadline(OnStatusReturn);
        _wrapUpLimit = new Deadline(OnWrapUpLimit);
        _rest = new Deadline(() => _roster.Touch(this));
        _override = new Deadline(OnOverrideEnds);
        _lease = new Deadline(OnLeaseDue);
    }

    internal AgentId Id => Config.Id;

    internal AgentConfig Config { get; private set; }

    internal AgentStatus Status { get; private set; } = AgentStatus.LoggedOut;

    internal AgentState State { get; private set; } = AgentState.LoggedOut;

    internal NotReadyReasonId? Reason { get; private set; }

    /// <summary>When the state began.</summary>
    internal Instant Since => _intervalStart;

    internal AgentCause Cause => _intervalCause;

    internal Instant LoginStarted { get; private set; }

    internal PhoneId? Phone { get; private set; }

    internal CallId? Call { get; private set; }

    internal QueueId? Queue { get; private set; }

    internal OfferId? Offer { get; private set; }

    internal bool IsLoggedIn => State != AgentState.LoggedOut;

    /// <summary>Whether an offer may be made right now.</summary>
    internal bool IsAvailable => State == AgentState.Idle && !_rest.IsSet;

    /// <summary>Whether the agent left alone for a moment because the device was busy.</summary>
    internal bool IsResting => _rest.IsSet;

    internal bool IsBusy => IsBusyState(State);

    internal Instant LastCallEnd { get; private set; }

    internal Instant LastReady { get; private set; }

    /// <summary>Calls taken since log-in.</summary>
    internal int CallsTaken { get; private set; }

    /// <summary>Time busy since log-in, up to the present state.</summary>
    internal TimeSpan BusyTime { get; private set; }

    internal IReadOnlyList<QueueId>? QueuesOverride { get; private set; }

    internal IReadOnlyDictionary<SkillId, int>? SkillsOverride { get; private set; }

    /// <summary>Grows whenever queues, skills or the log-in change: indexes made from them are then stale.</summary>
    internal int SeatVersion { get; private set; }

    internal int SkillLevel(SkillId skill) =>
        (SkillsOverride ?? Config.Skills).TryGetValue(skill, out var level) ? level : 0;

    internal IEnumerable<QueueId> Queues => QueuesOverride ?? _context.Config.QueuesOf(Id);

    internal void Reserve(CallId call, QueueId? queue, OfferId? offer)
    {
        AssertionFailed.Unless(!IsBusy && IsLoggedIn, $"agent {Id} in {State} cannot be reserved");
        Call = call;
        Queue = queue;
        Offer = offer;
        Set(AgentState.Reserved, AgentCause.Call);
    }

    internal void Ring()
    {
        if (State == AgentState.Reserved)
        {
            Set(AgentState.Ringing, AgentCause.Call);
        }
    }

    internal void Dial(CallId call, QueueId? queue)
    {
        Call = call;
        Queue = queue;
        Offer = null;
        Set(AgentState.Dialling, AgentCause.Agent);
    }

    internal void Talk(CallId call, QueueId? queue)
    {
        AssertionFailed.Unless(Call is null || Call == call, $"agent {Id} is in one call at a time");
        if (State is AgentState.Reserved or AgentState.Ringing)
        {
            CallsTaken++;
            _misses = 0;
        }

        Call = call;
        Queue = queue ?? Queue;
        Offer = null;
        Set(AgentState.Talking, AgentCause.Call);
    }

    internal void Hold()
    {
        if (State == AgentState.Talking)
        {
            Set(AgentState.Holding, AgentCause.Agent);
        }
    }

    internal void Resume()
    {
        if (State == AgentState.Holding)
        {
            Set(AgentState.Talking, AgentCause.Agent);
        }
    }

    /// <summary>The offer came to nothing; what that does to the agent is the queue's configuration.</summary>
    internal void OfferFailed(OfferOutcome outcome, QueueConfig? queue)
    {
        AssertionFailed.Unless(
            State is AgentState.Reserved or AgentState.Ringing, $"agent {Id} in {State} has no offer to fail");
        switch (outcome)
        {
            case OfferOutcome.NoAnswer when queue is not null && ++_misses >= queue.MissesMax:
                _misses = 0;
                _isMissed = true;
                SetReturn(queue.MissedReturnS);
                GoHome(AgentCause.NoAnswer);
                break;
            case OfferOutcome.Rejected when queue is { RejectPauseS: > 0 } && _pending is null:
                Status = AgentStatus.Paused;
                Reason = null;
                SetReturn(queue.RejectPauseS);
                GoHome(AgentCause.Rejected);
                break;
            case OfferOutcome.Busy when queue is { BusyRetryS: > 0 }:
                _context.Set(_rest, TimeSpan.FromSeconds(queue.BusyRetryS));
                GoHome(AgentCause.Call);
                break;
            case OfferOutcome.Unreachable:
                Lose(AgentLoss.Device);
                GoHome(AgentCause.LeaseLost);
                break;
            default:
                GoHome(outcome switch
                {
                    OfferOutcome.NoAnswer => AgentCause.NoAnswer,
                    OfferOutcome.Rejected => AgentCause.Rejected,
                    _ => AgentCause.Call,
                });
                break;
        }
    }

    /// <summary>The agent's part in the call is over.</summary>
    /// <param name="call">The call; another one than the agent's is a late word and changes nothing.</param>
    /// <param name="rule">Wrap-up to be done; null for none.</param>
    /// <returns>Whether the agent is in wrap-up now.</returns>
    internal bool Release(CallId call, WrapUpRule? rule)
    {
        if (Call != call || State == AgentState.WrapUp)
        {
            return false;
        }

        var worked = State is AgentState.Talking or AgentState.Holding;
        LastCallEnd = worked ? _context.Now : LastCallEnd;
        if (worked && rule is not null && IsWrapUpDue(rule))
        {
            StartWrapUp(rule);
            return true;
        }

        GoHome(AgentCause.Call);
        return false;
    }

    internal void AddTo(ref StateHash hash)
    {
        hash.Add(Id.Value);
        hash.Add((int)Status);
        hash.Add((int)State);
        hash.Add(Reason?.Value);
        hash.Add(_intervalStart);
        hash.Add(Call?.Value ?? 0);
        hash.Add(Offer?.Value ?? 0);
        hash.Add((int)_loss);
        hash.Add(CallsTaken);
        hash.Add(BusyTime.Ticks);
        hash.Add(_misses);
        hash.Add(_pending is null ? -1 : (int)_pending.Status);
    }

    internal void ReplaceConfig(AgentConfig config)
    {
        Config = config;
        SeatVersion++;
        _roster.Touch(this);
    }

    private static bool IsBusyState(AgentState state) => state is AgentState.Reserved or AgentState.Ringing
        or AgentState.Dialling or AgentState.Talking or AgentState.Holding or AgentState.WrapUp;

    private void GoHome(AgentCause cause)
    {
        Call = null;
        Queue = null;
        Offer = null;
        _wrapUp = null;
        _wrapUpRequested = false;
        _context.Clear(_wrapUpLimit);
        if (ApplyPending(ref cause))
        {
            return;
        }

        Set(HomeState, cause);
    }

    private AgentState HomeState => this switch
    {
        { IsLost: true } => AgentState.Unreachable,
        { Status: AgentStatus.Paused } => AgentState.Paused,
        { _isMissed: true } => AgentState.Missed,
        _ => AgentState.Idle,
    };

    private void Set(AgentState state, AgentCause cause)
    {
        if (state == State && Call == _intervalCall && Reason == _intervalReason)
        {
            return;
        }

        CloseInterval();
        if (state == AgentState.Idle && (State != AgentState.Reserved && State != AgentState.Ringing))
        {
            LastReady = _context.Now;
        }

        State = state;
        _intervalStart = _context.Now;
        _intervalCall = Call;
        _intervalQueue = Queue;
        _intervalReason = Reason;
        _intervalCause = cause;
        _context.Publish(new AgentStateChanged(Id, Status, State, Reason, cause, Call));
        _roster.Touch(this);
    }

    private void CloseInterval()
    {
        if (State == AgentState.LoggedOut || _context.Now == _intervalStart)
        {
            return;
        }

        if (IsBusy)
        {
            BusyTime += _context.Now - _intervalStart;
        }

        _context.Emit(new WriteAgentInterval(new AgentIntervalRecord(
            _context.Tenant, Id, LoginStarted, State, _intervalReason, _intervalStart, _context.Now, _intervalCause,
            _intervalCall, _intervalQueue)));
    }

    private void SetReturn(int seconds)
    {
        if (seconds > 0)
        {
            _context.Set(_statusReturn, TimeSpan.FromSeconds(seconds));
        }
    }

    /// <summary>The time after which an agent who missed or refused an offer is ready again by itself.</summary>
    private void OnStatusReturn()
    {
        _isMissed = false;
        Status = AgentStatus.Ready;
        Reason = null;
        if (!IsBusy)
        {
            Set(HomeState, AgentCause.Timeout);
        }
    }
}

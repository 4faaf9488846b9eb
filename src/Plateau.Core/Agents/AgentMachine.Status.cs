using Plateau.Contracts;
using Plateau.Contracts.Agents;

namespace Plateau.Core.Agents;

/// <summary>What a busy agent asked for, applied when the item ends.</summary>
/// <param name="Status">The status wanted; LoggedOut ends the log-in.</param>
/// <param name="Reason">Why, for a pause.</param>
/// <param name="Cause">Who wanted it.</param>
internal sealed record PendingStatus(AgentStatus Status, NotReadyReasonId? Reason, AgentCause Cause);

/// <summary>Status: log-in, ready, pause, log-out, and what is pending; changes of queues and skills.</summary>
internal sealed partial class AgentMachine
{
    private PendingStatus? _pending;
    private PhoneId? _phonePending;

    /// <summary>What will be applied when the present item ends.</summary>
    internal PendingStatus? Pending => _pending;

    internal void LogIn(PhoneId phone, bool hasHeartbeat, bool isPhoneReachable, bool isLineWanted)
    {
        if (IsLoggedIn)
        {
            LogInAgain(phone, hasHeartbeat, isPhoneReachable, isLineWanted);
            return;
        }

        Phone = phone;
        LoginStarted = LastCallEnd = LastReady = _intervalStart = _context.Now;
        CallsTaken = 0;
        BusyTime = TimeSpan.Zero;
        _misses = 0;
        _isMissed = false;
        _pending = null;
        Reason = null;
        Status = Config.ReadyAtLogIn ? AgentStatus.Ready : AgentStatus.Paused;
        BeginLease(hasHeartbeat, isPhoneReachable, isLineWanted);
        SeatVersion++;
        Set(HomeState, AgentCause.Agent);
    }

    internal void RequestLogOut(AgentCause cause)
    {
        if (IsBusy)
        {
            _pending = new PendingStatus(AgentStatus.LoggedOut, null, cause);
            _roster.Touch(this);
        }
        else if (IsLoggedIn)
        {
            LogOut(cause);
        }
    }

    internal void RequestReady(AgentCause cause)
    {
        if (IsBusy)
        {
            _pending = new PendingStatus(AgentStatus.Ready, null, cause);
            _roster.Touch(this);
            return;
        }

        BecomeReady();
        Set(HomeState, cause);
    }

    internal void RequestPause(NotReadyReasonId? reason, AgentCause cause)
    {
        if (IsBusy)
        {
            _pending = new PendingStatus(AgentStatus.Paused, reason, cause);
            _roster.Touch(this);
            return;
        }

        BecomePaused(reason);
        Set(HomeState, cause);
    }

    internal void ReplaceQueues(IReadOnlyList<QueueId>? queues, Instant? until)
    {
        QueuesOverride = queues;
        SetOverrideEnd(until);
    }

    internal void ReplaceSkills(IReadOnlyDictionary<SkillId, int>? skills, Instant? until)
    {
        SkillsOverride = skills;
        SetOverrideEnd(until);
    }

    private void SetOverrideEnd(Instant? until)
    {
        _context.Set(_override, until ?? Instant.Never);
        SeatVersion++;
        _roster.Touch(this);
    }

    private void OnOverrideEnds()
    {
        QueuesOverride = null;
        SkillsOverride = null;
        SeatVersion++;
        _roster.Touch(this);
    }

    private void LogInAgain(PhoneId phone, bool hasHeartbeat, bool isPhoneReachable, bool isLineWanted)
    {
        if (_pending is { Status: AgentStatus.LoggedOut })
        {
            _pending = null;
        }

        if (phone != Phone)
        {
            if (IsBusy)
            {
                // The telephone in use stays until the item is over.
                _phonePending = phone;
            }
            else
            {
                Phone = phone;
            }
        }

        BeginLease(hasHeartbeat, isPhoneReachable, isLineWanted && _loss.HasFlag(AgentLoss.Line));
        SeatVersion++;
        if (!IsBusy)
        {
            CloseInterval();
            _intervalStart = _context.Now;
            _intervalCause = AgentCause.SecondLogin;
            Set(HomeState, AgentCause.SecondLogin);
        }
    }

    private void LogOut(AgentCause cause)
    {
        _pending = null;
        _phonePending = null;
        _isMissed = false;
        _loss = AgentLoss.None;
        _context.Clear(_statusReturn);
        _context.Clear(_lease);
        _context.Clear(_rest);
        Status = AgentStatus.LoggedOut;
        Reason = null;
        SeatVersion++;
        Set(AgentState.LoggedOut, cause);
        var phone = Phone;
        Phone = null;
        _roster.LoggedOut(this, phone);
    }

    private void BecomeReady()
    {
        Status = AgentStatus.Ready;
        Reason = null;
        _isMissed = false;
        _misses = 0;
        _context.Clear(_statusReturn);
        _context.Clear(_rest);
        Restore(AgentLoss.Device);
        _roster.Touch(this);
    }

    private void BecomePaused(NotReadyReasonId? reason)
    {
        Status = AgentStatus.Paused;
        Reason = reason;
        _isMissed = false;
        _context.Clear(_statusReturn);
    }

    /// <summary>Applies what is pending; true when that ended the log-in.</summary>
    private bool ApplyPending(ref AgentCause cause)
    {
        if (_phonePending is { } phone)
        {
            _phonePending = null;
            _roster.MovePhone(this, Phone, phone);
            Phone = phone;
        }

        if (_pending is not { } pending)
        {
            return false;
        }

        _pending = null;
        cause = pending.Cause;
        switch (pending.Status)
        {
            case AgentStatus.LoggedOut:
                LogOut(pending.Cause);
                return true;
            case AgentStatus.Ready:
                BecomeReady();
                return false;
            default:
                BecomePaused(pending.Reason);
                return false;
        }
    }
}

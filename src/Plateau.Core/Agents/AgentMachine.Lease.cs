using Plateau.Contracts;
using Plateau.Contracts.Agents;

namespace Plateau.Core.Agents;

/// <summary>What of an agent is lost; any of them makes the agent unreachable.</summary>
[Flags]
internal enum AgentLoss
{
    None = 0,

    /// <summary>The client's heartbeats stopped.</summary>
    Client = 1,

    /// <summary>The telephone is not registered.</summary>
    Phone = 2,

    /// <summary>The device could not be reached when an offer was made.</summary>
    Device = 4,

    /// <summary>The nailed-up line is not up.</summary>
    Line = 8,
}

/// <summary>The lease: an agent is there as long as client and device say so.</summary>
internal sealed partial class AgentMachine
{
    private readonly Deadline _lease;
    private AgentLoss _loss;
    private Instant _lostSince;
    private Instant _lastHeartbeat;

    internal bool IsLost => _loss != AgentLoss.None;

    internal AgentLoss Loss => _loss;

    internal bool HasHeartbeat { get; private set; }

    internal Instant LastHeartbeat => _lastHeartbeat;

    internal void Heartbeat()
    {
        if (!IsLoggedIn || !HasHeartbeat)
        {
            return;
        }

        _lastHeartbeat = _context.Now;
        Found(AgentLoss.Client);
        SetLease();
    }

    internal void PhonePresence(bool reachable)
    {
        if (reachable)
        {
            Found(AgentLoss.Phone | AgentLoss.Device);
        }
        else
        {
            Lost(AgentLoss.Phone);
        }
    }

    internal void LinePresence(bool up)
    {
        if (up)
        {
            Found(AgentLoss.Line | AgentLoss.Device);
        }
        else
        {
            Lost(AgentLoss.Line);
        }
    }

    /// <summary>After a restart: no call is left, the clocks of the lease begin anew.</summary>
    internal void Restart()
    {
        if (!IsLoggedIn)
        {
            return;
        }

        _lastHeartbeat = _context.Now;
        if (IsBusy)
        {
            GoHome(AgentCause.Restart);
        }

        SetLease();
    }

    private void BeginLease(bool hasHeartbeat, bool isPhoneReachable, bool isLineWanted)
    {
        HasHeartbeat = hasHeartbeat;
        _lastHeartbeat = _lostSince = _context.Now;
        _loss = (isPhoneReachable ? AgentLoss.None : AgentLoss.Phone) | (isLineWanted ? AgentLoss.Line : AgentLoss.None);
        SetLease();
    }

    private void Lost(AgentLoss loss)
    {
        if (!IsLoggedIn || (_loss & loss) == loss)
        {
            return;
        }

        Lose(loss);
        if (!IsBusy)
        {
            Set(HomeState, AgentCause.LeaseLost);
        }
        else if (State is AgentState.Reserved or AgentState.Ringing)
        {
            _context.Post(new AgentLost(Id, Call!.Value));
        }
    }

    private void Found(AgentLoss loss)
    {
        if (!IsLoggedIn || (_loss & loss) == AgentLoss.None)
        {
            return;
        }

        Restore(loss);
        if (!IsBusy)
        {
            Set(HomeState, AgentCause.LeaseRestored);
        }
    }

    private void Lose(AgentLoss loss)
    {
        if (!IsLost)
        {
            _lostSince = _context.Now;
        }

        _loss |= loss;
        SetLease();
    }

    private void Restore(AgentLoss loss)
    {
        _loss &= ~loss;
        SetLease();
    }

    private void SetLease()
    {
        var rules = _context.Config.Centre.Lease;
        var logOut = IsLost ? LossBegan + TimeSpan.FromSeconds(rules.LogOutS) : Instant.Never;
        var suspect = HasHeartbeat && !_loss.HasFlag(AgentLoss.Client)
            ? _lastHeartbeat + TimeSpan.FromSeconds(rules.UnreachableS)
            : Instant.Never;
        _context.Set(_lease, Instant.Min(logOut, suspect));
    }

    /// <summary>A silent client counts as gone since its last heartbeat.</summary>
    private Instant LossBegan => _loss == AgentLoss.Client ? _lastHeartbeat : _lostSince;

    private void OnLeaseDue()
    {
        var rules = _context.Config.Centre.Lease;
        if (IsLost && _context.Now >= LossBegan + TimeSpan.FromSeconds(rules.LogOutS))
        {
            if (State == AgentState.WrapUp)
            {
                FinishWrapUp(isAutomatic: true, AgentCause.LeaseLost);
            }

            RequestLogOut(AgentCause.LeaseLost);
            return;
        }

        Lost(AgentLoss.Client);
    }
}

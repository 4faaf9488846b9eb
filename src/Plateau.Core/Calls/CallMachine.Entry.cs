using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Agents;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>How a call begins: by a number dialled from outside, or on a telephone of the house.</summary>
internal sealed partial class CallMachine
{
    private string? _callerName;
    private string? _divertedFrom;
    private string? _label;

    internal void Arrive(LegOffered input)
    {
        (_callerName, _divertedFrom) = (input.CallerName, input.DivertedFrom);
        Customer = AddInbound(input, LegRole.Customer, null);
        if (Config.EntryPoints.Find(input.Called) is { } entry)
        {
            Enter(entry);
        }
        else
        {
            ClearAll(ClearingCause.UnknownNumber, ClearingSide.System);
        }
    }

    /// <summary>Not let in: the leg is refused and the record says why.</summary>
    internal void Refuse(LegOffered input, ClearingCause cause)
    {
        Customer = AddInbound(input, LegRole.Customer, null);
        ClearAll(cause, ClearingSide.System);
    }

    /// <summary>A telephone of the house dials: a colleague, a number of the centre, or the world outside.</summary>
    internal void ArriveFromPhone(LegOffered input, AgentMachine? agent)
    {
        if (agent is { IsBusy: true })
        {
            // A second call beside the first: an agent is in one call at a time.
            Customer = AddInbound(input, LegRole.Customer, null);
            ClearAll(ClearingCause.Busy, ClearingSide.System);
            return;
        }

        var isInside = Config.AgentAt(input.Called) is not null || Config.EntryPoints.Find(input.Called) is not null;
        var leg = AddInbound(input, isInside ? LegRole.Customer : LegRole.Agent, agent?.Id);
        agent?.Dial(Id, null);
        if (Config.AgentAt(input.Called) is { } colleague)
        {
            Customer = leg;
            Ring(new CallTarget(Agent: colleague));
        }
        else if (Config.EntryPoints.Find(input.Called) is { } entry)
        {
            Customer = leg;
            agent?.Talk(Id, null);
            Enter(entry);
        }
        else if (IsDialable(input.Called))
        {
            _origin = leg;
            Ring(new CallTarget(Number: input.Called));
        }
        else
        {
            Clear(leg, ClearingCause.UnknownNumber, ClearingSide.System);
        }
    }

    /// <summary>Digits with an optional plus, three at least: shorter ones are mistyped extensions.</summary>
    internal static bool IsDialable(string number)
    {
        var digits = number.StartsWith('+') ? number.AsSpan(1) : number.AsSpan();
        return digits.Length is >= 3 and <= Limits.DigitsMax && digits.IndexOfAnyExcept("0123456789*#") < 0;
    }

    private void Enter(EntryPointConfig entry)
    {
        Language = entry.Language ?? Language;
        _label = entry.Label;
        if (entry.Flow is { } flow)
        {
            if (!StartFlow(flow))
            {
                ClearAll(ClearingCause.UnknownNumber, ClearingSide.System);
            }
        }
        else if (entry.Queue is { } queue)
        {
            JoinQueue(new QueueEntry(Id, queue));
        }
        else
        {
            Ring(new CallTarget(Agent: entry.Agent));
        }
    }

    private void Ring(CallTarget target)
    {
        _origin ??= Customer;
        if (ConnectTo(target, Limits.RingMax) is { } error)
        {
            var isBusy = target.Agent is { } id && _roster.Find(id) is { IsBusy: true };
            ClearAll(isBusy ? ClearingCause.Busy : CauseOf(error), ClearingSide.System);
        }
    }

    private void OnCustomerUp()
    {
        switch (State)
        {
            case CallState.Ivr:
                Pump([]);
                break;
            case CallState.Queued:
                PlayWaitingMusic();
                foreach (var leg in _legs.ToArray())
                {
                    ConnectOffered(leg);
                }

                break;
            case CallState.Voicemail:
                BeginMessage();
                break;
            default:
                if (!OnCallbackCustomerUp())
                {
                    ConnectPair();
                }

                break;
        }
    }

    private void OnOtherUp(Leg leg)
    {
        if (leg.Offer is not null)
        {
            OnOfferAnswered(leg);
        }
        else if (leg.Role == LegRole.Supervisor)
        {
            JoinSupervisor(leg);
        }
        else if (IsConsulted(leg))
        {
            OnConsultAnswered(leg);
        }
        else
        {
            ConnectPair();
        }
    }
}

using System.Runtime.CompilerServices;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core;
using Plateau.Core.Calls;

namespace Plateau.IntegrationTests.Storage;

/// <summary>
/// A small machine in the place of the centre's rules, so that what the driver does can be seen exactly.
/// </summary>
/// <remarks>
/// A leg offered is told as a fact and rung; a leg cleared writes a call record; a request is granted; a leg from
/// "poison" throws; after "timer" a deadline is due 20 ms later, which is told as a fact; after "bomb" that deadline
/// throws; after "big bomb" it throws even when all calls are given up.
/// </remarks>
internal sealed class Ledger
{
    private readonly ConditionalWeakTable<Centre, Ledger> _all = [];
    private string? _bomb;

    internal List<CentreInput> Inputs { get; } = [];

    internal List<Instant> Times { get; } = [];

    internal Instant Deadline { get; private set; } = Instant.Never;

    internal Ledger Of(Centre centre) => _all.GetValue(centre, static _ => new Ledger());

    internal void Apply(Centre centre, Instant now, CentreInput input, List<CentreEffect> effects) =>
        Of(centre).Take(now, input, effects);

    private void Take(Instant now, CentreInput input, List<CentreEffect> effects)
    {
        Inputs.Add(input);
        Times.Add(now);
        if (Deadline <= now)
        {
            Deadline = Instant.Never;
            Assert.True(_bomb is null || (input is Restarted && _bomb == "bomb"), "The bomb went off.");
            effects.Add(new Publish(new CallParked(new CallId((ulong)now.Microseconds), "deadline")));
        }

        switch (input)
        {
            case LegOffered { Caller: "poison" }:
                throw new InvalidOperationException("An assertion failed.");
            case LegOffered { Caller: "timer" or "bomb" or "big bomb" } offered:
                _bomb = offered.Caller == "timer" ? null : offered.Caller;
                Deadline = now + TimeSpan.FromMilliseconds(20);
                break;
            case LegOffered offered:
                effects.Add(new RingLeg(offered.Leg));
                effects.Add(new Publish(new CallStarted(
                    new CallId(offered.Leg.Value), CallDirection.Inbound, offered.Caller, offered.Called)));
                break;
            case LegCleared cleared:
                effects.Add(new WriteCallRecord(Fixtures.SampleRecords.Call(cleared.Leg.Value)));
                break;
            case Restarted:
                Deadline = Instant.Never;
                _bomb = null;
                break;
            case CentreRequest request:
                effects.Add(new AnswerRequest(request.Request, null, $"input {Inputs.Count}"));
                break;
            default:
                break;
        }
    }
}

using Plateau.Contracts;
using Plateau.Sip;

namespace Plateau.Tests.Sip.Dialogs;

/// <summary>Whatever the network loses, doubles and reorders, both sides agree in the end and nothing lives for
/// ever.</summary>
public sealed class LossyNetworkTests
{
    private const int CallsPerSeed = 4;

    [Fact]
    public void Every_call_over_a_bad_network_ends_on_both_sides_and_leaves_nothing_behind()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            try
            {
                RunOneWorld(seed);
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }

    private static void RunOneWorld(ulong seed)
    {
        var chance = new Prng(seed * 31);
        var network = new NetworkConfig(chance.NextBelow(21), chance.NextBelow(21), chance.NextBelow(21));
        var world = new SipWorld(seed, network);
        var plan = new PriorityQueue<Action, (long At, int Order)>();
        var order = 0;
        void At(double seconds, Action action) =>
            plan.Enqueue(action, ((world.Now + TimeSpan.FromSeconds(seconds)).Microseconds, order++));

        world.A.OnOutput = output => React(world, world.A, output, chance, At);
        world.B.OnOutput = output => React(world, world.B, output, chance, At);
        for (var i = 0; i < CallsPerSeed; i++)
        {
            At(chance.NextUnit() * 5, () => Place(world, chance, At));
        }

        while (plan.TryDequeue(out var action, out var key))
        {
            world.RunUntil(new Instant(key.At));
            action();
        }

        world.RunUntil(world.Now + TimeSpan.FromMinutes(10));
        AssertSettled(world, seed);
    }

    private static void Place(SipWorld world, Prng chance, Action<double, Action> at)
    {
        var from = chance.NextBelow(2) == 0 ? world.A : world.B;
        SipLegId leg = default;
        world.Do(from, (endpoint, outputs) => leg = endpoint.Invite(
            world.Now, CallScenario.Call(world, from, chance.NextBelow(4) == 0 ? [] : CallScenario.Sdp), outputs));
        from.Legs.Add(leg);
        at(0.5 + chance.NextUnit() * 40, () => Ask(world, from, leg, new SipHangUp()));
        if (chance.NextBelow(3) == 0)
        {
            at(chance.NextUnit() * 20, () => Ask(world, from, leg, new SipReoffer(CallScenario.Sdp)));
        }
    }

    private static void React(SipWorld world, SipParty party, SipOutput output, Prng chance, Action<double, Action> at)
    {
        switch (output)
        {
            case DialogOffered { Leg: var leg }:
                if (chance.NextBelow(2) == 0)
                {
                    at(0, () => Ask(world, party, leg, new SipProgress(CallScenario.Sdp, chance.NextBelow(2) == 0)));
                }

                SipLegInput answer = chance.NextBelow(5) == 0 ? new SipReject(486) : new SipAnswer(CallScenario.Sdp);
                at(chance.NextUnit() * 20, () => Ask(world, party, leg, answer));
                at(30 + chance.NextUnit() * 60, () => Ask(world, party, leg, new SipHangUp()));
                if (chance.NextBelow(2) == 0)
                {
                    at(chance.NextUnit() * 25, () => Ask(world, party, leg, new SipReoffer(CallScenario.Sdp)));
                }

                break;
            case DialogAnswered { IsOffer: true } answered:
                at(0, () => Ask(world, party, answered.Leg, new SipAnswerOffer(CallScenario.Sdp)));
                break;
            case OfferReceived offer:
                at(0, () => Ask(world, party, offer.Leg, new SipAnswerOffer(CallScenario.Sdp)));
                break;
        }
    }

    private static void Ask(SipWorld world, SipParty party, SipLegId leg, SipLegInput input) =>
        world.Do(party, (endpoint, outputs) => endpoint.Apply(world.Now, leg, input, outputs));

    private static void AssertSettled(SipWorld world, ulong seed)
    {
        foreach (var party in new[] { world.A, world.B })
        {
            var open = party.Legs.Where(leg => !party.Ends.ContainsKey(leg)).ToArray();
            Assert.True(open.Length == 0, $"seed {seed}: {party.Name} never heard the end of {string.Join(' ', open)}");
            Assert.True(
                party.Endpoint is { LegCount: 0, TransactionCount: 0, DialogCount: 0, DeadlineCount: 0 },
                $"seed {seed}: {party.Name} keeps {party.Endpoint.LegCount} legs, {party.Endpoint.TransactionCount} "
                + $"transactions, {party.Endpoint.DialogCount} dialogs, {party.Endpoint.DeadlineCount} deadlines");
        }
    }
}

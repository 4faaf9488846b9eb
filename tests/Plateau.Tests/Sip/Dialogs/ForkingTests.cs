using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Tests.Sip.Dialogs;

public sealed class ForkingTests
{
    [Fact]
    public void Of_two_parties_that_answer_the_first_wins_and_the_other_gets_ACK_and_BYE()
    {
        var world = Place();
        world.Inject(world.A, Response(world, 180, "left"));
        world.Inject(world.A, Response(world, 183, "right", withSdp: true));
        world.Inject(world.A, Response(world, 200, "right", withSdp: true));
        world.Inject(world.A, Response(world, 200, "left", withSdp: true));
        world.Inject(world.A, Response(world, 200, "left", withSdp: true));
        Assert.Equal(
            "A!180 A!183+sdp A:ACK A!answered+sdp A:ACK A:BYE A:ACK", string.Join(' ', world.Trace));
        var acks = world.A.Sent.OfType<SipRequest>().Where(request => request.Method == SipMethod.Ack).ToArray();
        Assert.Equal(["right", "left", "left"], acks.Select(ack => ack.Headers.To!.Tag));
        Assert.Equal("left", world.A.LastRequest(SipMethod.Bye).Headers.To!.Tag);
        Assert.Equal("sip:left@127.0.0.2", world.A.LastRequest(SipMethod.Bye).RequestUri.ToString());
    }

    [Fact]
    public void Each_fork_is_told_apart_to_the_application()
    {
        var world = Place();
        var forks = new List<int>();
        world.A.OnOutput = output => forks.Add(output is DialogProgressed progressed ? progressed.Fork : -1);
        world.Inject(world.A, Response(world, 180, "left"));
        world.Inject(world.A, Response(world, 180, "right"));
        world.Inject(world.A, Response(world, 180, "left"));
        Assert.Equal([0, 1, 0], forks);
    }

    [Fact]
    public void A_flood_of_forks_is_ignored_beyond_the_limit()
    {
        var world = Place();
        for (var i = 0; i < 100; i++)
        {
            world.Inject(world.A, Response(world, 180, $"tag{i}"));
        }

        Assert.Equal(Plateau.Sip.Transactions.TransactionLimits.EarlyDialogsMax, world.Trace.Count);
    }

    [Fact]
    public void The_ACK_and_BYE_of_an_answer_behind_proxies_follow_the_recorded_route_in_reverse()
    {
        var world = Place();
        var answer = Response(world, 200, "callee", withSdp: true);
        answer.Headers.Add(SipHeaderName.RecordRoute, "<sip:near.example;lr>");
        answer.Headers.Add(SipHeaderName.RecordRoute, "<sip:far.example;lr>");
        world.Inject(world.A, answer);
        var ack = world.A.LastRequest(SipMethod.Ack);
        Assert.Equal("sip:callee@127.0.0.2", ack.RequestUri.ToString());
        Assert.Equal(["<sip:far.example;lr>", "<sip:near.example;lr>"], ack.Headers.GetAll(SipHeaderName.Route));
    }

    [Fact]
    public void A_strict_router_finds_itself_in_the_request_uri()
    {
        var world = Place();
        var answer = Response(world, 200, "callee", withSdp: true);
        answer.Headers.Add(SipHeaderName.RecordRoute, "<sip:strict.example>");
        world.Inject(world.A, answer);
        var ack = world.A.LastRequest(SipMethod.Ack);
        Assert.Equal("sip:strict.example", ack.RequestUri.ToString());
        Assert.Equal(["<sip:callee@127.0.0.2>"], ack.Headers.GetAll(SipHeaderName.Route));
    }

    [Fact]
    public void A_redirection_ends_the_leg_and_names_its_targets_best_first()
    {
        var world = Place();
        var response = Response(world, 302, "callee");
        response.Headers.Remove(SipHeaderName.Contact);
        response.Headers.Add(SipHeaderName.Contact, "<sip:second@127.0.0.3>;q=0.3");
        response.Headers.Add(SipHeaderName.Contact, "<sip:first@127.0.0.3>;q=0.9");
        world.Inject(world.A, response);
        var end = world.A.Ends[world.A.Leg];
        Assert.Equal(SipEndCause.Redirected, end.Cause);
        Assert.Equal(["sip:first@127.0.0.3", "sip:second@127.0.0.3"], end.Targets.Select(uri => uri.ToString()));
    }

    [Fact]
    public void A_refusal_tells_status_cause_and_when_to_try_again()
    {
        var world = Place();
        var response = Response(world, 503, "callee");
        response.Headers.Add(SipHeaderName.Reason, "Q.850;cause=38;text=\"Network out of order\"");
        response.Headers.RetryAfterSeconds = 7;
        world.Inject(world.A, response);
        Assert.Equal(
            new SipLegEnd(SipEndCause.Rejected, SipSide.Remote, 503, 38, "Network out of order") { RetryAfterSeconds = 7 },
            world.A.Ends[world.A.Leg] with { Targets = new SipLegEnd(default, default).Targets });
    }

    private static SipWorld Place()
    {
        var world = new SipWorld();
        world.DropNext('A', "INVITE+sdp");
        world.Do(world.A, (endpoint, outputs) => world.A.Leg = endpoint.Invite(
            world.Now, CallScenario.Call(world, world.A), outputs));
        world.Trace.Clear();
        return world;
    }

    private static SipResponse Response(SipWorld world, int status, string tag, bool withSdp = false)
    {
        var response = world.A.LastRequest(SipMethod.Invite).CreateResponse(status, tag);
        response.Headers.Add(SipHeaderName.Contact, $"<sip:{tag}@127.0.0.2>");
        if (withSdp)
        {
            response.SetBody("application/sdp", CallScenario.Sdp);
        }

        return response;
    }
}

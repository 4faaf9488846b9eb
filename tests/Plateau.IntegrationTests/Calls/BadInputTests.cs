using System.Text;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>What must not work, over real sockets: each gets its named answer, and no state is left behind.</summary>
[Collection(CallsCollection.Name)]
public sealed class BadInputTests
{
    private const string Stranger = "127.0.0.66";

    [Fact]
    public async Task A_stranger_gets_no_answer_and_leaves_no_state()
    {
        await using var world = await CallWorld.Start();
        await using var stranger = RawSip.Udp(world.Centre.SipPort, Stranger);
        await using var carrier = RawSip.Udp(world.Centre.SipPort);

        await stranger.Send(stranger.Request("INVITE", SmallCentre.QueueNumber, body: stranger.Offer()));
        await stranger.Send(stranger.Request("OPTIONS", ""));
        await stranger.Send("INVITE nonsense\r\n\r\n");
        // The carrier's question is answered behind the stranger's: whatever was to be said to it has been said.
        Assert.Equal(200, RawSip.Status(await carrier.Ask(carrier.Request("OPTIONS", ""))));

        Assert.Equal(0, stranger.Waiting);
        Assert.Empty(world.Facts.Of<CallStarted>());
    }

    [Fact]
    public async Task Unknown_numbers_and_codecs_nobody_has_are_refused_by_their_names()
    {
        await using var world = await CallWorld.Start();
        await using var carrier = RawSip.Udp(world.Centre.SipPort);

        Assert.Equal(404, RawSip.Status(await carrier.Ask(
            carrier.Request("INVITE", SmallCentre.UnknownNumber, body: carrier.Offer()))));
        Assert.Equal(488, RawSip.Status(await carrier.Ask(carrier.Request(
            "INVITE", SmallCentre.QueueNumber, body: carrier.Offer("97", "a=rtpmap:97 EVRC/8000\r\n")))));
        Assert.Equal(488, RawSip.Status(await carrier.Ask(carrier.Request(
            "INVITE", SmallCentre.QueueNumber, body: "v=0\r\nnot a description\r\n"))));
        Assert.Equal(489, RawSip.Status(await carrier.Ask(carrier.Request("SUBSCRIBE", SmallCentre.QueueNumber))));
        await Idle(world);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Max-Forwards: 70\r\nMax-Forwards: abc\r\n")]
    [InlineData("Contact: <sip:[[[>\r\n")]
    public async Task A_malformed_INVITE_is_answered_400_or_not_at_all_and_the_next_one_is_served(string spoil)
    {
        await using var world = await CallWorld.Start();
        await using var carrier = RawSip.Udp(world.Centre.SipPort);
        var request = carrier.Request("INVITE", SmallCentre.QueueNumber, more: spoil, body: carrier.Offer());
        request = spoil.Length > 0 ? request : request.Replace("CSeq: 1 INVITE", "CSeq: x INVITE", StringComparison.Ordinal);

        Assert.Equal(400, RawSip.Status(await carrier.Ask(request)));

        Assert.Equal(200, RawSip.Status(await carrier.Ask(carrier.Request("OPTIONS", ""))));
        Assert.Empty(world.Facts.Of<CallStarted>());
    }

    [Fact]
    public async Task An_oversized_message_is_refused_on_a_datagram_and_ends_a_stream()
    {
        await using var world = await CallWorld.Start();
        await using var carrier = RawSip.Udp(world.Centre.SipPort);
        await carrier.Send(carrier.Request("INVITE", SmallCentre.QueueNumber, more: $"X-Fill: {new string('x', 64_000)}\r\n"));
        var answer = await carrier.Ask(carrier.Request("OPTIONS", ""));
        answer = RawSip.Status(answer) == 200 ? answer : await carrier.Receive();
        Assert.Equal(200, RawSip.Status(answer));

        await using var stream = await RawSip.Tcp(world.Centre.SipPort);
        await stream.Send(Encoding.ASCII.GetBytes("INVITE sip:a@b SIP/2.0\r\nX-Fill: " + new string('x', 400_000)));
        await stream.Closed();
        Assert.Empty(world.Facts.Of<CallStarted>());
    }

    [Fact]
    public async Task A_call_over_the_limit_of_the_centre_is_refused_and_the_one_that_is_up_goes_on()
    {
        await using var world = await CallWorld.Start(config => config with { CallsMax = 1 });
        var first = world.Customer(SmallCentre.QueueNumber);
        await first.Connected();

        var refused = await world.Customer(SmallCentre.QueueNumber, "0639980002").Ended();

        Assert.Contains(refused.End.Status, new[] { 486, 503 });
        Assert.False(first.Call.WhenEnded.IsCompleted);
        first.Call.HangUp();
        await Idle(world);
    }

    [Fact]
    public async Task A_phone_registers_with_the_right_password_only_and_a_guesser_is_throttled()
    {
        await using var world = await CallWorld.Start();
        await using var phone = RawSip.Udp(world.Centre.SipPort, "127.0.0.7");
        Assert.Equal(200, RawSip.Status(await Register(phone, "ada", SmallCentre.SecretOf("ada"))));

        await using var guesser = RawSip.Udp(world.Centre.SipPort, "127.0.0.8");
        await using var carrier = RawSip.Udp(world.Centre.SipPort);
        var guesses = 0;
        while (await IsAnswered(guesser, carrier, guesser.Request("REGISTER", "", "bob")) is { } challenge)
        {
            Assert.True(++guesses < 30, "a guesser of passwords was never throttled");
            var uri = RawSip.RequestUri(guesser.Request("REGISTER", "", "bob"));
            var proof = RawSip.Authorization(challenge, "REGISTER", uri, ("bob", $"guess-{guesses}"));
            var answer = await IsAnswered(guesser, carrier, guesser.Request("REGISTER", "", "bob", proof));
            Assert.True(answer is null || RawSip.Status(answer) is 401 or 403, answer);
        }

        Assert.True(guesses > 1, "a single wrong password is a slip of the hand");
        Assert.Equal(200, RawSip.Status(await Register(phone, "ada", SmallCentre.SecretOf("ada"))));
    }

    [Fact]
    public async Task A_nonce_that_was_used_is_not_taken_again()
    {
        await using var world = await CallWorld.Start();
        await using var phone = RawSip.Udp(world.Centre.SipPort, "127.0.0.7");
        var challenge = await phone.Ask(phone.Request("REGISTER", "", "ada"));
        var proof = RawSip.Authorization(
            challenge, "REGISTER", $"sip:127.0.0.1:{world.Centre.SipPort}", ("ada", SmallCentre.SecretOf("ada")));
        Assert.Equal(200, RawSip.Status(await phone.Ask(phone.Request("REGISTER", "", "ada", proof))));

        await using var thief = RawSip.Udp(world.Centre.SipPort, "127.0.0.9");
        Assert.Equal(401, RawSip.Status(await thief.Ask(thief.Request("REGISTER", "", "ada", proof))));
    }

    /// <summary>The answer; null when there is none although what was asked afterwards has been answered.</summary>
    private static async Task<string?> IsAnswered(RawSip peer, RawSip witness, string request)
    {
        await peer.Send(request);
        Assert.Equal(200, RawSip.Status(await witness.Ask(witness.Request("OPTIONS", ""))));
        return peer.Waiting > 0 ? await peer.Receive() : null;
    }

    private static async Task<string> Register(RawSip phone, string user, string secret)
    {
        var challenge = await phone.Ask(phone.Request("REGISTER", "", user));
        Assert.Equal(401, RawSip.Status(challenge));
        var uri = RawSip.RequestUri(phone.Request("REGISTER", "", user));
        var proof = RawSip.Authorization(challenge, "REGISTER", uri, (user, secret));
        return await phone.Ask(phone.Request("REGISTER", "", user, proof));
    }

    /// <summary>Every call that was begun is over and recorded, and the floor is empty.</summary>
    private static async Task Idle(CallWorld world)
    {
        foreach (var call in world.Facts.Of<CallStarted>())
        {
            await world.Facts.Seen<CallCleared>(cleared => cleared.Call == call.Call);
        }

        await world.Centre.Tenant.Driver.Query(_ => true);
        Assert.Equal(0, world.Centre.Tenant.Floor.CallsUp);
    }
}

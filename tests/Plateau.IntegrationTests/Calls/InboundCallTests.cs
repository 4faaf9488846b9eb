using System.Security.Cryptography;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Audio;

namespace Plateau.IntegrationTests.Calls;

/// <summary>A customer calls, chooses, waits, talks to an agent; afterwards everything about it is known.</summary>
[Collection(CallsCollection.Name)]
public sealed class InboundCallTests
{
    [Fact]
    public async Task A_caller_presses_a_key_waits_and_talks_and_the_record_and_the_recording_tell_all_of_it()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");

        var customer = world.Customer(SmallCentre.MenuNumber);
        await customer.Connected();
        customer.Call.SendDigits("1");
        var ada = await world.Inside.Offered("ada");
        await ada.Answer();
        var established = await world.Facts.Seen<CallEstablished>();
        Assert.Equal("customer: ada; ada: customer", await Hearing.Of(customer, ada));
        customer.Call.HangUp();

        var record = await world.Record(established.Call);
        Assert.Equal((ClearingCause.Normal, ClearingSide.Customer), (record.Cause, record.EndedBy));
        Assert.Equal(QueueExit.Answered, Assert.Single(record.QueueVisits).Exit);
        AssertSegmentsTouch(record);
        Assert.Equal(
            [SegmentKind.Ivr, SegmentKind.Queued, SegmentKind.Talking],
            record.Legs.Single(l => l.Role == LegRole.Customer).Segments.Select(s => s.Kind).Where(k => k != SegmentKind.Ringing));
        Assert.Equal(new AgentId("ada"), record.Legs.Single(l => l.Role == LegRole.Agent).Agent);
        Assert.All(record.Legs, leg => Assert.True(leg.Quality is { PacketsReceived: > 50, PacketsLost: 0 }, $"{leg.Quality}"));
        await AssertRecorded(world, record);
        await world.Facts.AgentIs("ada", AgentState.Idle, after: world.Facts.Count - 10);
    }

    [Fact]
    public async Task Keys_by_INFO_from_SIPp_choose_in_the_menu_and_the_agent_hangs_up()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        await using var caller = new Sipp
        {
            Scenario = "menu_queue_talk", ServerPort = world.Centre.SipPort, Number = SmallCentre.MenuNumber,
            Keys = new Dictionary<string, string> { ["digit"] = "1", ["talk_ms"] = "3000" },
        }.Start();

        var ada = await world.Inside.Offered("ada");
        await ada.Answer();
        await world.Facts.Seen<CallEstablished>();
        var started = await world.Facts.Seen<CallStarted>();
        Assert.Equal(0, await caller.Exit(TimeSpan.FromSeconds(20)));

        var record = await world.Record(started.Call);
        Assert.Equal((ClearingCause.Normal, ClearingSide.Customer), (record.Cause, record.EndedBy));
        Assert.Equal("0639980001", record.Caller);
        AssertSegmentsTouch(record);
    }

    [Fact]
    public async Task An_agent_who_hangs_up_ends_the_call_and_is_named_as_the_one_who_did()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        var call = await world.Connect();

        call.Agent.Call.HangUp();

        Assert.Equal(Plateau.Sip.SipSide.Remote, (await call.Customer.Ended()).End.Side);
        Assert.Equal(ClearingSide.Agent, (await world.Record(call.Id)).EndedBy);
    }

    [Fact]
    public async Task A_caller_who_gives_up_in_the_queue_is_abandoned_and_the_agent_whose_phone_rang_is_not_to_blame()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        var customer = world.Customer(SmallCentre.QueueNumber);
        var ada = await world.Inside.Offered("ada");
        customer.Call.HangUp();

        await ada.Ended();
        var started = await world.Facts.Seen<CallStarted>();
        var record = await world.Record(started.Call);
        var visit = Assert.Single(record.QueueVisits);
        Assert.Equal((QueueExit.Abandoned, ClearingCause.Abandoned), (visit.Exit, record.Cause));
        Assert.Equal(OfferOutcome.CallerLeft, Assert.Single(visit.Offers).Outcome);
        Assert.Equal(AgentState.Idle, world.Centre.Tenant.Floor.Agent(new AgentId("ada"))!.State);
    }

    [Fact]
    public async Task A_message_is_recorded_after_the_tone_when_the_caller_asks_for_it()
    {
        await using var world = await CallWorld.Start();
        var customer = world.Customer(SmallCentre.MenuNumber, toneHz: 500);
        await customer.Connected();
        customer.Call.SendDigits("2");
        var started = await world.Facts.Seen<CallStarted>();
        // Longer than the prompt and the tone that come first.
        await customer.SpeakFor(TimeSpan.FromSeconds(10));
        customer.Call.HangUp();

        var message = await world.Facts.Seen<MessageLeft>();
        Assert.Equal("support", message.Mailbox);
        var record = await world.Record(started.Call);
        var recording = Assert.Single(record.Recordings);
        Assert.True(recording.IsMessage);
        var audio = WavParser.Parse(await File.ReadAllBytesAsync(PathOf(world, recording)), out _)!;
        Assert.True(Hearing.Measure(audio, 500) > -30, "the message is not what was said");
    }

    internal static string PathOf(CallWorld world, RecordingRecord recording)
    {
        var path = Path.Combine(world.Centre.RecordingsFolder, recording.Path);
        return File.Exists(path) ? path : Path.Combine(world.Centre.RecordingsFolder, "small", recording.Path);
    }

    internal static void AssertSegmentsTouch(CallRecord record)
    {
        foreach (var leg in record.Legs)
        {
            Assert.NotEmpty(leg.Segments);
            for (var i = 1; i < leg.Segments.Count; i++)
            {
                Assert.Equal(leg.Segments[i - 1].End, leg.Segments[i].Start);
            }
        }
    }

    private static async Task AssertRecorded(CallWorld world, CallRecord record)
    {
        var recording = Assert.Single(record.Recordings);
        var bytes = await File.ReadAllBytesAsync(PathOf(world, recording));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), recording.Sha256);
        var audio = WavParser.Parse(bytes, out _)!;
        Assert.Equal(2, audio.Channels);
        Assert.True(Hearing.Measure(audio, 457) > -30, "the customer is not on the left");
        Assert.True(Hearing.Measure(audio, 1_000) < -60, "the agent is on the left");
        Assert.True(Hearing.Measure(audio, 1_000, channel: 1) > -30, "the agent is not on the right");
        Assert.True(Hearing.Measure(audio, 457, channel: 1) < -60, "the customer is on the right");
        var served = await world.Centre.Api.GetByteArrayAsync($"/api/v1/recordings/{recording.Recording}/audio");
        Assert.Equal(bytes, served);
    }
}

using System.Net;
using System.Net.Sockets;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Codecs;
using Plateau.Media.Mixing;
using Plateau.Media.Rtp;
using Plateau.Media.Tones;
using Plateau.Server.Telephony;
using static Plateau.IntegrationTests.Telephony.MediaFloor;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>What parties with real sockets hear of each other.</summary>
public sealed class BridgeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("PCMA", "PCMA")]
    [InlineData("PCMU", "PCMU")]
    [InlineData("PCMA", "PCMU")]
    [InlineData("PCMA", "G722")]
    [InlineData("G722", "G722")]
    [InlineData("opus", "PCMA")]
    [InlineData("opus", "G722")]
    [InlineData("opus", "opus")]
    public async Task Two_parties_hear_each_other_whatever_they_speak(string first, string second)
    {
        var (a, b) = (Named(first), Named(second));
        Assert.SkipUnless(a.IsAvailable && b.IsAvailable, "libopus.so.0 is not installed");
        await using var floor = new MediaFloor();
        var (customer, _) = floor.Join(a, 440, LegRole.Customer);
        var (agent, _) = floor.Join(b, 1_000, LegRole.Agent);

        var heard = await Task.WhenAll(customer.HearAsync(Second), agent.HearAsync(Second));

        Assert.InRange(Level(heard[0], 1_000, a), -19, -14);
        Assert.InRange(Level(heard[1], 440, b), -19, -14);
        Assert.True(Level(heard[0], 440, a) < -45, "the customer hears himself");
        Assert.True(Level(heard[1], 1_000, b) < -45, "the agent hears himself");
    }

    [Theory]
    [InlineData("PCMA")]
    [InlineData("G722")]
    [InlineData("opus")]
    public async Task A_leg_that_is_closed_within_its_bridge_gives_its_quality_and_leaves_the_others_undisturbed(string codec)
    {
        Assert.SkipUnless(Named(codec).IsAvailable, "libopus.so.0 is not installed");
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Named(codec), 440, LegRole.Customer);
        var (agent, _) = floor.Join(Codec.Pcma, 1_000, LegRole.Agent);
        floor.Join(Codec.Pcmu, 1_600, LegRole.External);
        await Task.WhenAll(customer.HearAsync(Second), agent.HearAsync(Second));

        var quality = await leg.CloseAsync().WaitAsync(TimeSpan.FromSeconds(5));

        Assert.True(quality.PacketsReceived > 0);
        var heard = await agent.HearAsync(Second);
        Assert.True(Level(heard, 440, Codec.Pcma) < -45, "the agent still hears who has gone");
        Assert.InRange(Level(heard, 1_600, Codec.Pcma), -19, -14);
    }

    [Fact]
    public async Task Three_in_conference_hear_the_other_two()
    {
        await using var floor = new MediaFloor();
        double[] tones = [440, 1_000, 1_600];
        RtpPeer[] peers =
        [
            floor.Join(Codec.Pcma, tones[0], LegRole.Customer).Peer,
            floor.Join(Codec.Pcmu, tones[1], LegRole.Agent).Peer,
            floor.Join(Codec.G722, tones[2], LegRole.External).Peer,
        ];

        var heard = await Task.WhenAll(peers.Select(p => p.HearAsync(Second)));

        for (var listener = 0; listener < 3; listener++)
        {
            for (var speaker = 0; speaker < 3; speaker++)
            {
                var level = Level(heard[listener], tones[speaker], peers[listener].Codec);
                Assert.True(speaker == listener ? level < -40 : level > -20, $"{listener} hears {speaker}: {level}");
            }
        }
    }

    [Theory]
    [InlineData(MonitorMode.Listen, false, false)]
    [InlineData(MonitorMode.Whisper, false, true)]
    [InlineData(MonitorMode.Barge, true, true)]
    public async Task A_supervisor_is_heard_by_those_who_may_and_hears_both(
        MonitorMode mode, bool customerHears, bool agentHears)
    {
        await using var floor = new MediaFloor();
        var (customer, _) = floor.Join(Codec.Pcma, 440, LegRole.Customer);
        var (agent, _) = floor.Join(Codec.Pcma, 1_000, LegRole.Agent);
        var (supervisor, _) = floor.Join(Codec.Pcma, 2_000, LegRole.Supervisor, mode);

        var heard = await Task.WhenAll(
            customer.HearAsync(Second, 400), agent.HearAsync(Second, 400), supervisor.HearAsync(Second, 400));

        AssertHears(customerHears, heard[0], 2_000);
        AssertHears(agentHears, heard[1], 2_000);
        AssertHears(true, heard[0], 1_000);
        AssertHears(true, heard[1], 440);
        AssertHears(true, heard[2], 440);
        AssertHears(true, heard[2], 1_000);
    }

    [Fact]
    public async Task A_customer_on_hold_hears_music_and_the_agent_hears_nothing()
    {
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Codec.Pcmu, 440, LegRole.Customer);
        var (agent, _) = floor.Join(Codec.Pcmu, 1_000, LegRole.Agent);
        await customer.HearAsync(Second);
        var music = new AudioClip(RtpPeer.Sine(700, 8_000), 8_000);

        leg.Leave();
        leg.PlayMusic(music);
        var before = agent.PacketsReceived;
        var held = await customer.HearAsync(Second, 400);

        AssertHears(true, held, 700);
        AssertHears(false, held, 1_000);
        Assert.InRange(agent.PacketsReceived - before, 0, 30);

        leg.Join(new BridgeId(1), LegRole.Customer);
        var heard = await Task.WhenAll(customer.HearAsync(Second), agent.HearAsync(Second));
        AssertHears(true, heard[0], 1_000);
        AssertHears(false, heard[0], 700);
        AssertHears(true, heard[1], 440);
    }

    [Fact]
    public async Task A_prompt_is_heard_to_its_end_and_reported()
    {
        await using var floor = new MediaFloor();
        var (caller, leg) = floor.Connect(Codec.Pcma);
        var prompt = new AudioClip(RtpPeer.Sine(700, 8_000), 8_000);

        leg.Play([prompt, prompt], new PlayOptions { Playback = new PlaybackId(5) });
        var heard = await caller.HearAsync(Second, 100);
        var ended = await floor.NextAsync<PlaybackFinished>();

        AssertHears(true, heard, 700);
        Assert.Equal((new PlaybackId(5), true), (ended.Playback, ended.Completed));
    }

    [Fact]
    public async Task Ringback_is_the_french_440_hertz()
    {
        await using var floor = new MediaFloor();
        var (caller, leg) = floor.Connect(Codec.G722);
        leg.PlayTone(CountryTones.France.Ringback);

        var heard = await caller.HearAsync(TimeSpan.FromMilliseconds(900), 100);

        Assert.InRange(Level(heard, 440, Codec.G722), -20, -10);
    }

    [Fact]
    public async Task Keys_go_both_ways_and_are_reported()
    {
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Codec.Pcma, 440, LegRole.Customer);
        var (agent, _) = floor.Join(Codec.Pcmu, 1_000, LegRole.Agent);
        await customer.HearAsync(TimeSpan.FromMilliseconds(200));

        customer.Press('5');
        var began = await floor.NextAsync<DigitBegan>();
        var ended = await floor.NextAsync<DigitEnded>();
        leg.SendDigits("1#");

        Assert.Equal(('5', false), (began.Digit, began.IsInBand));
        Assert.Equal(100, ended.Duration.TotalMilliseconds);
        Assert.Equal('1', await ReadDigitAsync(customer));
        Assert.Equal('#', await ReadDigitAsync(customer));
        Assert.Equal('5', await ReadDigitAsync(agent));
    }

    [Fact]
    public async Task A_stray_source_is_not_heard_whether_it_copies_the_stream_or_not()
    {
        await using var floor = new MediaFloor();
        var (_, leg) = floor.Join(Codec.Pcma, 440, LegRole.Customer);
        var (agent, _) = floor.Join(Codec.Pcma, 1_000, LegRole.Agent);
        await agent.HearAsync(TimeSpan.FromMilliseconds(200));
        await using var stray = new RtpPeer(Codec.Pcma);
        stray.SayTone(2_000);
        stray.Call(new IPEndPoint(IPAddress.Loopback, leg.Port));

        var heard = await agent.HearAsync(Second);

        AssertHears(true, heard, 440);
        AssertHears(false, heard, 2_000);
        Assert.Equal(0, stray.PacketsReceived);
    }

    [Fact]
    public async Task A_party_behind_NAT_is_answered_where_it_sends_from()
    {
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Codec.Pcma, 440, LegRole.Customer);
        var nowhere = MediaEndpoint.From(IPAddress.Parse("127.0.0.9"), 9);
        leg.Configure(customer.Agreement with { Rtp = nowhere, MayBeBehindNat = true });
        floor.Join(Codec.Pcma, 1_000, LegRole.Agent);

        AssertHears(true, await customer.HearAsync(Second), 1_000);
    }

    [Fact]
    public async Task Garbage_on_the_ports_harms_nobody()
    {
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Codec.Pcma, 440, LegRole.Customer);
        floor.Join(Codec.Pcma, 1_000, LegRole.Agent);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var chance = new Prng(3);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[chance.NextBelow(1_600)];
            bytes.AsSpan().Fill((byte)chance.NextBelow(256));
            socket.SendTo(bytes, new IPEndPoint(IPAddress.Loopback, leg.Port + i % 2));
        }

        AssertHears(true, await customer.HearAsync(Second), 1_000);
    }

    [Fact]
    public async Task Legs_of_different_calls_meet_on_one_thread_and_part_again()
    {
        await using var floor = new MediaFloor(threads: 4);
        var (customer, first) = floor.Connect(Codec.Pcma, call: 1);
        var (agent, second) = floor.Connect(Codec.Pcma, call: 2);
        customer.SayTone(440);
        agent.SayTone(1_000);
        for (ulong bridge = 1; bridge < 20; bridge++)
        {
            first.Join(new BridgeId(bridge), LegRole.Customer);
            second.Join(new BridgeId(bridge + 1), LegRole.Agent);
            second.Join(new BridgeId(bridge), LegRole.Agent);
        }

        var heard = await Task.WhenAll(customer.HearAsync(Second), agent.HearAsync(Second));
        AssertHears(true, heard[0], 1_000);
        AssertHears(true, heard[1], 440);

        var quality = await Task.WhenAll(first.CloseAsync(), second.CloseAsync());
        Assert.All(quality, q => Assert.InRange(q.PacketsReceived, 30, 1_000));
        Assert.All(quality, q => Assert.InRange(q.Mos, 4.0, 4.5));
        await Assert.ThrowsAsync<InvalidOperationException>(first.CloseAsync);
    }

    [Fact]
    public async Task When_all_ports_are_taken_the_next_leg_is_refused_and_a_closed_one_makes_room()
    {
        await using var floor = new MediaFloor();
        var legs = new List<RtpLeg>();
        for (ulong i = 1000; floor.Driver.TryOpen(new LegId(i), new CallId(i)) is { } leg; i++)
        {
            legs.Add(leg);
        }

        Assert.InRange(legs.Count, 50, 100);
        await legs[0].CloseAsync();
        Assert.NotNull(floor.Driver.TryOpen(new LegId(1), new CallId(1)));
    }

    private static async Task<char> ReadDigitAsync(RtpPeer peer) =>
        await peer.Digits.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5));

    private static void AssertHears(bool expected, short[] heard, double frequencyHz)
    {
        var level = Level(heard, frequencyHz, Codec.Pcma);
        Assert.True(expected ? level > -20 : level < -80, $"{frequencyHz} Hz at {level} dBov");
    }

    private static Codec Named(string name) => Codec.All.Single(c => c.Name == name);
}

using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Dtmf;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Media.Rtp;
using Plateau.Media.Tones;

namespace Plateau.Tests.Media;

/// <summary>Who hears whom, and how: in virtual time.</summary>
public sealed class BridgeTests
{
    [Theory]
    [InlineData(LegRole.Customer, LegRole.Agent, null, true)]
    [InlineData(LegRole.Agent, LegRole.Customer, null, true)]
    [InlineData(LegRole.External, LegRole.Customer, null, true)]
    [InlineData(LegRole.Supervisor, LegRole.Customer, null, true)]
    [InlineData(LegRole.Supervisor, LegRole.Agent, null, true)]
    [InlineData(LegRole.Customer, LegRole.Supervisor, null, false)]
    [InlineData(LegRole.Agent, LegRole.Supervisor, null, false)]
    [InlineData(LegRole.Agent, LegRole.Supervisor, MonitorMode.Listen, false)]
    [InlineData(LegRole.Agent, LegRole.Supervisor, MonitorMode.Whisper, true)]
    [InlineData(LegRole.Customer, LegRole.Supervisor, MonitorMode.Whisper, false)]
    [InlineData(LegRole.External, LegRole.Supervisor, MonitorMode.Whisper, false)]
    [InlineData(LegRole.Supervisor, LegRole.Supervisor, MonitorMode.Whisper, false)]
    [InlineData(LegRole.Customer, LegRole.Supervisor, MonitorMode.Barge, true)]
    [InlineData(LegRole.External, LegRole.Supervisor, MonitorMode.Barge, true)]
    public void The_matrix_of_who_hears_whom(LegRole listener, LegRole speaker, MonitorMode? mode, bool hears) =>
        Assert.Equal(hears, HearingTable.Hears(listener, speaker, mode));

    [Fact]
    public void Two_legs_of_one_codec_are_forwarded_bit_by_bit_under_our_own_identity()
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        world.Run(50);

        Assert.True(world.Plane.Bridges[0].IsForwarding);
        Assert.Equal(50, agent.Packets.Count);
        AssertOneStream(agent);
        Assert.Equal(-15.2, agent.Level(440), 0.5);
        Assert.True(agent.Packets[0].Marker);
    }

    [Fact]
    public void A_stream_stays_one_stream_through_prompts_forwarding_and_mixing()
    {
        var world = new MixingWorld();
        var customer = world.Add(Codec.Pcma, 440);
        customer.Leg.Play([Clip(700, 500)], PlayOptions.Default);
        world.Run(25);
        world.Plane.Join(customer.Leg, new BridgeId(1), LegRole.Customer, null);
        var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        world.Run(25);
        var supervisor = world.Join(Codec.Pcmu, 2_000, LegRole.Supervisor, MonitorMode.Listen);
        world.Run(50);
        Assert.False(world.Plane.Bridges[0].IsForwarding);
        world.Plane.Leave(supervisor.Leg);
        world.Run(25);
        Assert.True(world.Plane.Bridges[0].IsForwarding);
        customer.Leg.SendDigits(Digits("5"), 100, Clip(900, 100));
        world.Run(25);

        AssertOneStream(customer);
        Assert.True(customer.Level(1_000) > -17);
    }

    [Fact]
    public void What_a_supervisor_whispers_is_not_in_the_customer_s_audio_by_a_single_bit()
    {
        Assert.Equal(CustomerHears(0), CustomerHears(2_000));

        static List<byte[]> CustomerHears(double whisperHz)
        {
            var world = new MixingWorld();
            var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
            var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
            var supervisor = world.Join(Codec.Pcma, whisperHz, LegRole.Supervisor, MonitorMode.Whisper);
            world.Run(100);
            Assert.Equal(whisperHz > 0, agent.Level(2_000) > -17);
            Assert.True(supervisor.Level(440) > -17 && supervisor.Level(1_000) > -17);
            return customer.Payloads;
        }
    }

    [Fact]
    public void A_supervisor_steps_from_listening_to_whispering_to_barging_in_to_taking_over()
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        var supervisor = world.Join(Codec.Pcma, 2_000, LegRole.Supervisor, MonitorMode.Listen);
        world.Run(60);
        Assert.True(customer.Level(2_000) < -80 && agent.Level(2_000) < -80);

        world.Plane.Join(supervisor.Leg, new BridgeId(1), LegRole.Supervisor, MonitorMode.Whisper);
        world.Run(60);
        Assert.True(customer.Level(2_000) < -80 && agent.Level(2_000) > -17);

        world.Plane.Join(supervisor.Leg, new BridgeId(1), LegRole.Supervisor, MonitorMode.Barge);
        world.Run(60);
        Assert.True(customer.Level(2_000) > -17 && agent.Level(2_000) > -17);

        world.Plane.Leave(agent.Leg);
        world.Plane.Join(supervisor.Leg, new BridgeId(1), LegRole.Agent, null);
        world.Run(60);
        Assert.True(customer.Level(2_000) > -17 && customer.Level(1_000) < -80);
        Assert.True(world.Plane.Bridges[0].IsForwarding);
    }

    [Fact]
    public void In_a_conference_all_hear_all_others_and_not_themselves()
    {
        var world = new MixingWorld();
        double[] tones = [440, 1_000, 1_600];
        MixingParty[] parties =
        [
            world.Join(Codec.Pcma, tones[0], LegRole.Customer), world.Join(Codec.Pcmu, tones[1], LegRole.Agent),
            world.Join(Codec.G722, tones[2], LegRole.External),
        ];
        world.Run(60);

        for (var listener = 0; listener < 3; listener++)
        {
            for (var speaker = 0; speaker < 3; speaker++)
            {
                var level = parties[listener].Level(tones[speaker]);
                Assert.True(speaker == listener ? level < -40 : level > -17, $"{listener} hears {speaker} at {level}");
            }
        }
    }

    [Fact]
    public void A_single_packet_with_another_source_is_dropped_and_a_true_new_source_is_followed()
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        world.Run(10);
        var forged = new byte[RtpPacket.HeaderBytes + 160];
        RtpWriter.WriteHeader(forged, new RtpPacket(false, 8, 30_000, 9, 666));
        customer.Leg.ReceiveRtp(world.Now, world.Now, customer.Endpoint, forged);
        Assert.Equal(10, agent.Packets.Count);
        world.Run(10);
        Assert.Equal(20, agent.Packets.Count);

        customer.IsSilent = true;
        for (ushort i = 0; i < 10; i++)
        {
            RtpWriter.WriteHeader(forged, new RtpPacket(false, 8, (ushort)(500 + i), 160u * i, 888));
            customer.Leg.ReceiveRtp(world.Now, world.Now, customer.Endpoint, forged);
            world.Run(1);
        }

        // The first of the new source only announced it; the stream towards the agent stays one stream.
        Assert.Equal(29, agent.Packets.Count);
        AssertOneStream(agent);
    }

    [Fact]
    public void A_muted_leg_is_not_heard_but_hears()
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        agent.Leg.Mute(true);
        world.Run(60);

        Assert.True(customer.Level(1_000) < -80);
        Assert.True(customer.Packets.Count >= 59, "the line stays open with silence");
        Assert.True(agent.Level(440) > -17);

        agent.Leg.Mute(false);
        world.Run(60);
        Assert.True(customer.Level(1_000) > -17);
    }

    [Fact]
    public void A_leg_without_anything_to_hear_is_kept_alive_with_a_frame_a_second()
    {
        var world = new MixingWorld();
        var lonely = world.Join(Codec.Pcma, 440, LegRole.Customer);
        world.Run(500);

        Assert.InRange(lonely.Packets.Count, 19, 20);
        AssertOneStream(lonely);
        Assert.InRange(lonely.ControlPackets, 1, 4);
    }

    [Fact]
    public void A_playing_ends_once_completed_stopped_or_replaced()
    {
        var world = new MixingWorld();
        var caller = world.Add(Codec.Pcmu);
        caller.Leg.Play([Clip(700, 100), Clip(900, 90)], new PlayOptions { Playback = new PlaybackId(1) });
        world.Run(9);
        Assert.DoesNotContain(world.Events, e => e is PlaybackFinished);
        world.Run(1);
        caller.Leg.Play([Clip(700, 1_000)], new PlayOptions { Playback = new PlaybackId(2), IsLooped = true });
        world.Run(200);
        caller.Leg.Play([Clip(700, 1_000)], new PlayOptions { Playback = new PlaybackId(3) });
        caller.Leg.StopPlaying();
        caller.Leg.StopPlaying();
        caller.Leg.Play([], new PlayOptions { Playback = new PlaybackId(4) });

        Assert.Equal(
            [(1, true), (2, false), (3, false), (4, true)],
            world.Events.OfType<PlaybackFinished>().Select(e => ((int)e.Playback.Value, e.Completed)));
    }

    [Fact]
    public void A_key_stops_a_prompt_that_allows_it_and_is_reported_once()
    {
        var world = new MixingWorld();
        var caller = world.Add(Codec.Pcma);
        caller.Leg.Play(
            [Clip(700, 1_000)], new PlayOptions { Playback = new PlaybackId(1), StopsOnDigit = true, IsLooped = true });
        world.Run(5);
        Press(world, caller, 7);

        Assert.False(caller.Leg.IsPlaying);
        Assert.Equal('7', Assert.Single(world.Events.OfType<DigitBegan>()).Digit);
        Assert.Equal(60, Assert.Single(world.Events.OfType<DigitEnded>()).Duration.TotalMilliseconds);
        Assert.False(Assert.Single(world.Events.OfType<PlaybackFinished>()).Completed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keys_pass_from_one_side_to_the_other_forwarded_or_mixed(bool isMixed)
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var agent = world.Join(isMixed ? Codec.Pcmu : Codec.Pcma, 1_000, LegRole.Agent);
        world.Run(10);
        Press(world, customer, 9);
        world.Run(30);

        var events = agent.Packets.Zip(agent.Payloads)
            .Where(p => p.First.PayloadType == MixingWorld.EventPayloadType).ToList();
        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.Equal(9, e.Second[0]));
        Assert.Contains(events, e => (e.Second[1] & 0x80) != 0);
        Assert.Single(events.Select(e => e.First.Timestamp).Distinct());
    }

    [Fact]
    public void Keys_are_heard_as_tones_when_asked_for()
    {
        var world = new MixingWorld();
        var caller = world.Add(Codec.Pcma);
        caller.Leg.Watch(new LegWatch { InBandDigits = true });
        caller.IsSilent = true;
        var plan = TonePlan.Keys(Digits("42#"), 100, 100);
        var pcm = new short[plan.PeriodMs * 8];
        new ToneGenerator(plan, 8_000).Fill(pcm);
        var octets = new byte[pcm.Length];
        G711.Encode(G711Law.A, pcm, octets);
        for (var i = 0; i < 50; i++)
        {
            world.Run(1);
            var payload = i * 160 < octets.Length ? octets.AsSpan(i * 160, 160) : new byte[160];
            caller.Send(world.Now, 8, payload, caller.Endpoint);
        }

        Assert.Equal("42#", string.Concat(world.Events.OfType<DigitBegan>().Select(e => e.Digit)));
        Assert.All(world.Events.OfType<DigitBegan>(), e => Assert.True(e.IsInBand));
        Assert.Equal(3, world.Events.OfType<DigitEnded>().Count());
    }

    [Fact]
    public void Media_that_stops_and_comes_again_is_reported_once_each()
    {
        var world = new MixingWorld();
        var caller = world.Add(Codec.Pcma, 440);
        caller.Leg.Watch(new LegWatch { MediaSilence = TimeSpan.FromSeconds(2) });
        world.Run(50);
        caller.IsSilent = true;
        world.Run(300);
        caller.IsSilent = false;
        world.Run(50);

        Assert.Equal(
            ["MediaStarted", "MediaStopped", "MediaResumed"], world.Events.Select(e => e.GetType().Name));
    }

    [Fact]
    public void Speech_and_its_end_are_reported()
    {
        var world = new MixingWorld();
        var caller = world.Add(Codec.Pcma, 440);
        caller.Leg.Watch(new LegWatch { SpeechSilence = TimeSpan.FromSeconds(1) });
        world.Run(50);
        caller.IsSilent = true;
        world.Run(200);

        Assert.Equal(
            ["SpeechStarted", "SpeechStopped"],
            world.Events.Where(e => e is SpeechStarted or SpeechStopped).Select(e => e.GetType().Name));
    }

    [Fact]
    public void Shared_music_is_at_the_same_place_for_all_and_ends_when_the_wait_does()
    {
        var world = new MixingWorld();
        var music = Clip(700, 2_000);
        music.Prepare(Codec.Pcma);
        var options = new PlayOptions { IsLooped = true, IsShared = true };
        var first = world.Add(Codec.Pcma);
        first.Leg.Play([music], options);
        world.Run(13);
        var second = world.Add(Codec.Pcma);
        second.Leg.Play([music], options);
        world.Run(50);

        Assert.Equal(first.Payloads.TakeLast(50), second.Payloads.TakeLast(50));
        world.Plane.Join(first.Leg, new BridgeId(5), LegRole.Customer, null);
        Assert.False(first.Leg.IsPlaying);
    }

    [Theory]
    [InlineData("PCMA", "PCMA", false)]
    [InlineData("PCMA", "PCMA", true)]
    [InlineData("PCMA", "PCMU", false)]
    [InlineData("PCMA", "G722", true)]
    public void Nothing_is_allocated_per_packet(string first, string second, bool isRecorded)
    {
        var world = new MixingWorld();
        var customer = world.Join(Named(first), 440, LegRole.Customer);
        var agent = world.Join(Named(second), 1_000, LegRole.Agent);
        if (isRecorded)
        {
            world.Record(customer, new RecordingOptions());
        }

        customer.Keeps = false;
        agent.Keeps = false;
        world.Run(10);

        // Less than a block of recorded audio, so that only the packet path is looked at.
        Assert.Equal(0, Signal.AllocatedBytes(() => world.Run(40)));
    }

    private static Codec Named(string name) => Codec.All.Single(c => c.Name == name);

    private static AudioClip Clip(double frequencyHz, int lengthMs) =>
        new(Signal.Sine(frequencyHz, 8_000, 8_000, lengthMs * 8), 8_000);

    private static DtmfDigit[] Digits(string text) => [.. DtmfDigit.ParseAll(text)!];

    /// <summary>A key for 60 ms: three updates, then the end three times, all with one timestamp.</summary>
    private static void Press(MixingWorld world, MixingParty party, byte code)
    {
        var wasSilent = party.IsSilent;
        party.IsSilent = true;
        for (var i = 1; i <= 5; i++)
        {
            var payload = new byte[4];
            new TelephoneEvent(code, i >= 3, 10, (ushort)(160 * Math.Min(i, 3))).Write(payload);
            party.Send(world.Now, MixingWorld.EventPayloadType, payload, party.Endpoint);
        }

        world.Run(1);
        party.IsSilent = wasSilent;
    }

    /// <summary>One source, no number twice or missing, timestamps that never stand still or go back.</summary>
    private static void AssertOneStream(MixingParty party)
    {
        for (var i = 1; i < party.Packets.Count; i++)
        {
            var (before, after) = (party.Packets[i - 1], party.Packets[i]);
            Assert.Equal(before.Ssrc, after.Ssrc);
            Assert.Equal(unchecked((ushort)(before.Sequence + 1)), after.Sequence);
            var step = unchecked((int)(after.Timestamp - before.Timestamp));
            Assert.True(step > 0 || after.PayloadType == MixingWorld.EventPayloadType, $"packet {i}: step {step}");
            Assert.True(step % 160 == 0, $"packet {i}: step {step}");
        }
    }
}

using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Detection;
using Plateau.Media.Recording;

namespace Plateau.Tests.Media;

/// <summary>What is kept of a call, side by side, in virtual time.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData("PCMA", "PCMA", WavEncoding.ALaw)]
    [InlineData("PCMU", "PCMU", WavEncoding.MuLaw)]
    [InlineData("PCMA", "PCMU", WavEncoding.ALaw)]
    [InlineData("PCMA", "G722", WavEncoding.ALaw)]
    [InlineData("G722", "PCMA", WavEncoding.Pcm16)]
    public void The_customer_is_on_the_left_and_the_agent_on_the_right(string first, string second, WavEncoding format)
    {
        var world = new MixingWorld();
        var customer = world.Join(Named(first), 440, LegRole.Customer);
        world.Join(Named(second), 1_000, LegRole.Agent);
        var tap = world.Record(customer, new RecordingOptions());
        world.Run(300);
        customer.Leg.StopRecording();

        var (left, right) = Sides(world, tap);
        Assert.Equal(format, tap.Format.Encoding);
        Assert.Contains(tap.Id, world.Finished);
        Assert.Equal(300 * tap.Format.SampleRateHz / 50, left.Length);
        AssertTone(left[^(left.Length / 2)..], 440, 1_000, tap.Format.SampleRateHz);
        AssertTone(right[^(right.Length / 2)..], 1_000, 440, tap.Format.SampleRateHz);
    }

    [Fact]
    public void A_recording_goes_on_through_a_transfer_to_another_bridge()
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var first = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        var tap = world.Record(customer, new RecordingOptions());
        world.Run(100);
        world.Plane.Leave(first.Leg);
        world.Plane.Leave(customer.Leg);
        world.Run(100);
        var second = world.Add(Codec.Pcmu, 1_600);
        world.Plane.Join(second.Leg, new BridgeId(2), LegRole.Agent, null);
        world.Plane.Join(customer.Leg, new BridgeId(2), LegRole.Customer, null);
        world.Run(100);
        customer.Leg.StopRecording();

        var (left, right) = Sides(world, tap);
        Assert.Equal(300 * 160, right.Length);
        AssertTone(left.AsSpan(8_000, 8_000), 440, 1_000, 8_000);
        AssertTone(left.AsSpan(17_000, 14_000), 440, 1_000, 8_000);
        AssertTone(right.AsSpan(4_000, 8_000), 1_000, 1_600, 8_000);
        Assert.True(ToneMeter.MeasureDbov(right.AsSpan(17_000, 14_000), 1_000, 8_000) < -70);
        AssertTone(right.AsSpan(36_000, 8_000), 1_600, 1_000, 8_000);
    }

    [Theory]
    [InlineData(PauseMode.Silenced, 300)]
    [InlineData(PauseMode.Cut, 200)]
    public void Nothing_of_a_pause_is_kept(PauseMode mode, int ticks)
    {
        var world = new MixingWorld();
        var customer = world.Join(Codec.Pcma, 440, LegRole.Customer);
        var agent = world.Join(Codec.Pcma, 1_000, LegRole.Agent);
        var tap = world.Record(customer, new RecordingOptions { Pauses = mode });
        world.Run(100);
        tap.Pause();
        world.Run(100);
        tap.Resume();
        world.Run(100);
        customer.Leg.StopRecording();

        var (left, right) = Sides(world, tap);
        Assert.Equal(ticks * 160, left.Length);
        if (mode == PauseMode.Silenced)
        {
            Assert.All(left[16_160..31_840], s => Assert.InRange(s, -8, 8));
            Assert.All(right[16_160..31_840], s => Assert.InRange(s, -8, 8));
        }

        AssertTone(left[^12_000..], 440, 1_000, 8_000);
        AssertTone(right[^12_000..], 1_000, 440, 8_000);
    }

    /// <summary>Payloads are placed by their timestamps, so that loss makes a hole and not a shift.</summary>
    [Fact]
    public void Lost_and_reordered_packets_leave_both_sides_in_step()
    {
        var chance = new Prng(5);
        var sink = new Sink();
        var tap = new RecordingTap(
            new RecordingId(9), new WavHeader(WavEncoding.ALaw, 8_000, 2), new RecordingOptions(), sink);
        var payload = new byte[160];
        for (uint i = 0; i < 500; i++)
        {
            // Packet i carries its own number; one in ten is lost; some come a tick late, behind their successor.
            uint[] come = (i % 7) switch { 3 => [], 4 => [i, i - 1], _ => [i] };
            foreach (var number in come)
            {
                payload.AsSpan().Fill((byte)(0x80 + number % 64));
                if (chance.NextBelow(10) > 0)
                {
                    tap.Payload(RecordingSide.Own, 1, 1_000 + 160 * number, G711Law.A, payload);
                }
            }

            payload.AsSpan().Fill((byte)(0x80 + i % 64));
            tap.Payload(RecordingSide.Others, 2, 77 + 160 * i, G711Law.A, payload);
            tap.Tick();
        }

        tap.Finish();
        var bytes = sink.Audio.ToArray();
        Assert.Equal(500 * 320, bytes.Length);
        var same = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            Assert.True(bytes[i] == bytes[i + 1] || bytes[i] == G711.SilenceA, $"out of step at sample {i / 2}");
            same += bytes[i] == bytes[i + 1] ? 1 : 0;
        }

        Assert.InRange(same, 500 * 160 * 0.85, 500 * 160 * 0.95);
    }

    [Fact]
    public void A_stream_whose_clock_drifts_stays_within_twenty_milliseconds()
    {
        var sink = new Sink();
        var tap = new RecordingTap(
            new RecordingId(1), new WavHeader(WavEncoding.ALaw, 8_000, 1), new RecordingOptions(), sink);
        var payload = new byte[160];
        var sent = 0;
        for (var tick = 0; tick < 30_000; tick++)
        {
            // The far end's clock is 500 ppm slow: now and then a tick passes without a packet.
            if (sent < tick * 0.9995)
            {
                payload.AsSpan().Fill((byte)(tick % 128));
                tap.Payload(RecordingSide.Own, 1, (uint)(160 * sent++), G711Law.A, payload);
            }

            tap.Tick();
        }

        tap.Finish();
        var bytes = sink.Audio.ToArray();
        for (var tick = 100; tick < 29_900; tick += 97)
        {
            var around = bytes.AsSpan(tick * 160 - 160, 480);
            Assert.True(around.Contains((byte)(tick % 128)) || around.Contains((byte)((tick - 1) % 128)), $"tick {tick}");
        }
    }

    [Fact]
    public void A_message_is_mono_and_ends_at_its_longest()
    {
        var world = new MixingWorld();
        var caller = world.Add(Codec.Pcmu, 440);
        var tap = world.Record(
            caller, new RecordingOptions { IsMono = true, LengthMax = TimeSpan.FromSeconds(3) });
        world.Run(300);

        Assert.Null(caller.Leg.Recording);
        Assert.Contains(tap.Id, world.Finished);
        Assert.Equal(24_000, world.Recorded(tap).Length);
    }

    private static Codec Named(string name) => Codec.All.Single(c => c.Name == name);

    private static (short[] Left, short[] Right) Sides(MixingWorld world, RecordingTap tap)
    {
        var bytes = world.Recorded(tap);
        var samples = new short[bytes.Length / (tap.Format.BlockBytes / 2)];
        if (tap.Format.Encoding == WavEncoding.Pcm16)
        {
            Buffer.BlockCopy(bytes, 0, samples, 0, bytes.Length);
        }
        else
        {
            G711.Decode(tap.Format.Encoding == WavEncoding.ALaw ? G711Law.A : G711Law.Mu, bytes, samples);
        }

        return (samples.Where((_, i) => i % 2 == 0).ToArray(), samples.Where((_, i) => i % 2 == 1).ToArray());
    }

    private static void AssertTone(ReadOnlySpan<short> pcm, double present, double absent, int rateHz)
    {
        Assert.InRange(ToneMeter.MeasureDbov(pcm, present, rateHz), -17, -14);
        Assert.InRange(ToneMeter.MeasureDbov(pcm, absent, rateHz), -127, -55);
    }

    private sealed class Sink : IRecordingOutput
    {
        public MemoryStream Audio { get; } = new();

        public byte[] RentBlock() => new byte[Plateau.Media.Limits.RecordingBlockBytes];

        public void Deliver(RecordingId recording, byte[] block, int bytes) => Audio.Write(block, 0, bytes);

        public void Finish(RecordingId recording)
        {
        }
    }
}

using System.Globalization;
using System.Text;
using Plateau.Contracts;
using Plateau.Media.Jitter;

namespace Plateau.Tests.Media;

/// <summary>The jitter buffer: by tables, and in seeded networks.</summary>
public sealed class JitterTests
{
    /// <summary>
    /// Each row is one tick of 20 ms: the numbers of the packets that come before it, and what is played in it.
    /// Packet n
    /// was spoken n × 20 ms after the beginning.
    /// </summary>
    [Fact]
    public void Packets_in_time_are_played_one_per_tick_after_the_smallest_delay() => Run("""
        come     play
        0        silence
        1        0
        2        1
        3        2
        """);

    [Fact]
    public void Two_packets_that_changed_places_are_played_in_order() => Run("""
        come     play
        0        silence
        1        0
        3,2      1
        4        2
        5        3
        """);

    [Fact]
    public void A_packet_that_comes_twice_is_played_once() => Run("""
        come     play
        0        silence
        1,1      0
        2,1      1
        3        2
        4        3
        """);

    [Fact]
    public void A_lost_packet_is_concealed_in_its_turn() => Run("""
        come     play
        0        silence
        1        0
        -        1
        3        lost
        4        3
        5        4
        """);

    [Fact]
    public void A_packet_after_its_turn_is_not_played() => Run("""
        come     play
        0        silence
        1        0
        3        1
        4        lost
        2,5      3
        6        4
        """);

    [Fact]
    public void Sequence_numbers_and_timestamps_may_wrap() => Run("""
        come     play
        0        silence
        1        0
        2        1
        3        2
        4        3
        5        4
        """, firstSequence: 65_533, firstTimestamp: 0xFFFF_FE00);

    [Fact]
    public void An_empty_buffer_is_concealed_for_a_tenth_of_a_second_and_then_silent() => Run("""
        come     play
        0        silence
        1        0
        -        1
        -        lost
        -        lost
        -        lost
        -        lost
        -        lost
        -        silence
        -        silence
        """);

    [Fact]
    public void Packets_held_up_together_are_not_lost() => Run("""
        come     play
        0        silence
        1        0
        -        1
        -        lost
        2,3,4    2
        5        3
        6        4
        """);

    [Theory]
    [InlineData(1, 0, 0.0)]
    [InlineData(2, 30, 0.0)]
    [InlineData(3, 60, 0.02)]
    [InlineData(4, 100, 0.05)]
    public void In_a_jittery_network_nearly_all_that_comes_is_played_in_order(ulong seed, int jitterMs, double loss)
    {
        var world = World.Run(seed, jitterMs, loss, skewPpm: 0, packets: 3_000);

        Assert.True(world.InOrder, $"seed {seed}");
        Assert.InRange(world.Played, (int)(world.Arrived * 0.96), world.Arrived);
        Assert.InRange(world.Buffer.TargetMs, 20, jitterMs + 25);
    }

    [Theory]
    [InlineData(+300)]
    [InlineData(-300)]
    public void A_clock_that_is_off_is_followed_without_growing_delay(int skewPpm)
    {
        var world = World.Run(7, 10, 0, skewPpm, packets: 30_000);

        // Ten minutes at 300 ppm are 180 ms: nine frames are left out or inserted, and no more than these few.
        Assert.True(world.InOrder);
        Assert.InRange(world.Played, 29_900, 30_000);
        Assert.InRange(world.LastDelayMs, 10, 90);
    }

    [Fact]
    public void The_delay_falls_again_when_the_network_calms_down()
    {
        var buffer = new JitterBuffer(JitterConfig.Default, 8_000);
        var chance = new Prng(11);
        var highest = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var late = i < 500 ? chance.NextBelow(120) : 0;
            buffer.Put(new Instant(20_000L * i + 1_000 * late), (ushort)i, (uint)(160 * i), 8, [1]);
            buffer.Take(new Instant(20_000L * i + 130_000), true);
            highest = Math.Max(highest, buffer.TargetMs);
        }

        Assert.InRange(highest, 100, 130);
        Assert.Equal(20, buffer.TargetMs);
    }

    [Fact]
    public void The_delay_stays_within_its_bounds_whatever_comes()
    {
        var config = new JitterConfig { DelayMsMin = 40, DelayMsMax = 80 };
        var buffer = new JitterBuffer(config, 8_000);
        var chance = new Prng(12);
        for (var i = 0; i < 1_000; i++)
        {
            var late = chance.NextBelow(400);
            buffer.Put(new Instant(20_000L * i + 1_000 * late), (ushort)i, (uint)(160 * i), 8, [1]);
            Assert.InRange(buffer.TargetMs, 40, 80);
        }
    }

    [Fact]
    public void Nothing_that_comes_makes_it_throw()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var chance = new Prng(seed);
            var buffer = new JitterBuffer(JitterConfig.Default, 8_000);
            var now = 0L;
            for (var i = 0; i < 500; i++)
            {
                now += chance.NextBelow(40_000);
                buffer.Put(
                    new Instant(now), (ushort)chance.NextBelow(65_536), (uint)chance.NextBelow(int.MaxValue), 8,
                    new byte[chance.NextBelow(1_400)]);
                var frame = buffer.Take(new Instant(now), chance.NextBelow(2) == 0);
                Assert.True(frame.Kind != JitterFrameKind.Packet || buffer.Payload(frame).Length <= 1_280);
            }
        }
    }

    private static void Run(string table, ushort firstSequence = 100, uint firstTimestamp = 1_000)
    {
        var buffer = new JitterBuffer(JitterConfig.Default, 8_000);
        var tick = 0;
        var played = new StringBuilder("come     play\n");
        foreach (var line in table.ReplaceLineEndings("\n").Split('\n').Skip(1))
        {
            var now = new Instant(20_000L * tick + 5_000);
            var come = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            foreach (var text in come.Split(',').Where(t => t != "-"))
            {
                var number = int.Parse(text, CultureInfo.InvariantCulture);
                unchecked
                {
                    buffer.Put(
                        now, (ushort)(firstSequence + number), (uint)(firstTimestamp + 160 * number), 8,
                        Encoding.ASCII.GetBytes(text));
                }
            }

            var frame = buffer.Take(now, isQuiet: false);
            var play = frame.Kind == JitterFrameKind.Packet
                ? Encoding.ASCII.GetString(buffer.Payload(frame))
                : frame.Kind.ToString().ToLowerInvariant();
            played.Append(come.PadRight(9)).Append(play).Append('\n');
            tick++;
        }

        Assert.Equal(table.ReplaceLineEndings("\n") + "\n", played.ToString());
    }

    /// <summary>A stream through a seeded network into a buffer that is read every 20 ms.</summary>
    private sealed class World
    {
        public JitterBuffer Buffer { get; } = new(JitterConfig.Default, 8_000);

        public int Arrived { get; private set; }

        public int Played { get; private set; }

        public bool InOrder { get; private set; } = true;

        public int LastDelayMs { get; private set; }

        public static World Run(ulong seed, int jitterMs, double loss, int skewPpm, int packets)
        {
            var world = new World();
            var chance = new Prng(seed);
            var arrivals = new List<(long At, int Number)>();
            for (var i = 0; i < packets; i++)
            {
                var sent = 20_000L * i + 20_000L * i * skewPpm / 1_000_000;
                if (chance.NextUnit() >= loss)
                {
                    arrivals.Add((sent + 5_000 + 1_000L * (jitterMs == 0 ? 0 : chance.NextBelow(jitterMs)), i));
                }
            }

            arrivals.Sort();
            world.Arrived = arrivals.Count;
            world.Play(arrivals, packets + 20);
            return world;
        }

        private void Play(List<(long At, int Number)> arrivals, int ticks)
        {
            var next = 0;
            var last = -1;
            var arrivalOf = arrivals.ToDictionary(a => a.Number, a => a.At);
            for (var tick = 0; tick < ticks; tick++)
            {
                var now = 20_000L * tick + 10_000;
                while (next < arrivals.Count && arrivals[next].At <= now)
                {
                    var (at, number) = arrivals[next++];
                    Buffer.Put(
                        new Instant(at), (ushort)(number & 0xFFFF), (uint)(160 * number), 8, BitConverter.GetBytes(number));
                }

                var frame = Buffer.Take(new Instant(now), isQuiet: tick % 50 > 40);
                if (frame.Kind == JitterFrameKind.Packet)
                {
                    var number = BitConverter.ToInt32(Buffer.Payload(frame));
                    InOrder &= number > last;
                    last = number;
                    Played++;
                    LastDelayMs = (int)(now / 1_000 - arrivalOf[number] / 1_000 + 5);
                }
            }
        }
    }
}

using Plateau.Contracts;
using Plateau.Media.Dtmf;

namespace Plateau.Tests.Media;

public sealed class TelephoneEventTests
{
    [Fact]
    public void A_key_is_sent_as_start_updates_and_three_ends()
    {
        var packets = Send("5", 100);
        Assert.Equal([160, 320, 480, 640, 800, 800, 800], packets.Select(p => (int)p.Event.Duration));
        Assert.Equal([false, false, false, false, true, true, true], packets.Select(p => p.Event.IsEnd));
        Assert.Equal([true, false, false, false, false, false, false], packets.Select(p => p.IsMarked));
        Assert.Single(packets.Select(p => p.Timestamp).Distinct());
        Assert.All(packets, p => Assert.Equal(5, p.Event.EventCode));
    }

    [Fact]
    public void Keys_have_a_pause_and_a_timestamp_each()
    {
        var starts = Send("12", 60).Where(p => p.IsMarked).Select(p => (int)(p.Timestamp / 160)).ToArray();
        Assert.Equal([0, 3 + 2 + 3], starts); // Frames of sound, repeated ends, pause.
    }

    [Fact]
    public void The_sender_refuses_more_keys_than_its_limit()
    {
        var sender = new TelephoneEventSender(8_000);
        _ = DtmfDigit.TryParse('1', out var one);
        Assert.All(Enumerable.Range(0, TelephoneEventSender.PendingMax), _ => Assert.True(sender.Enqueue(one, 100)));
        Assert.False(sender.Enqueue(one, 100));
    }

    [Fact]
    public void A_payload_survives_writing_and_reading()
    {
        var payload = new byte[4];
        var written = new TelephoneEvent(11, true, 63, 0xFFFE);
        written.Write(payload);
        Assert.True(TelephoneEvent.TryParse(payload, out var read));
        Assert.Equal(written, read);
        Assert.False(TelephoneEvent.TryParse(payload.AsSpan(0, 3), out _));
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(48_000)]
    public void All_keys_arrive_once_with_their_duration(int clockHz)
    {
        var signals = Receive(Send("0123456789*#ABCD", 120, clockHz), clockHz);
        Assert.Equal("0123456789*#ABCD", Text(signals, false));
        Assert.Equal("0123456789*#ABCD", Text(signals, true));
        Assert.All(signals.Where(s => s.IsEnd), s => Assert.Equal(120, s.DurationMs));
    }

    [Fact]
    public void Keys_arrive_once_in_order_under_loss_doubling_and_reordering()
    {
        for (var seed = 0ul; seed < 300; seed++)
        {
            var chance = new Prng(seed);
            var packets = Send("1122*00#", 100);
            // At least one packet of each key must get through; the rest is left to chance.
            var kept = packets.GroupBy(p => p.Timestamp)
                .SelectMany(key => key.Where((_, i) => i == (int)(seed % 7) || chance.NextUnit() < 0.6)).ToList();
            var doubled = kept.SelectMany(p => chance.NextUnit() < 0.3 ? [p, p] : new[] { p }).ToList();
            for (var i = 0; i + 1 < doubled.Count; i++)
            {
                if (doubled[i].Timestamp == doubled[i + 1].Timestamp && chance.NextUnit() < 0.3)
                {
                    (doubled[i], doubled[i + 1]) = (doubled[i + 1], doubled[i]);
                }
            }

            var signals = Receive(doubled, 8_000);
            Assert.True(Text(signals, false) == "1122*00#", $"seed {seed}: {Text(signals, false)}");
            Assert.True(Text(signals, true) == "1122*00#", $"seed {seed}: {Text(signals, true)}");
        }
    }

    [Fact]
    public void A_key_whose_end_is_lost_is_released_after_a_silence()
    {
        var receiver = new TelephoneEventReceiver(8_000);
        var signals = new DtmfSignal[TelephoneEventReceiver.SignalsMax];
        var payload = new byte[4];
        new TelephoneEvent(7, false, 10, 480).Write(payload);
        Assert.Equal(1, receiver.Receive(Instant.Epoch, 1_000, payload, signals));
        Assert.Equal(0, receiver.Tick(Instant.Epoch + TimeSpan.FromMilliseconds(149), signals));
        Assert.Equal(Instant.Epoch + TimeSpan.FromMilliseconds(150), receiver.NextDeadline);
        Assert.Equal(1, receiver.Tick(receiver.NextDeadline, signals));
        Assert.Equal((true, 60), (signals[0].IsEnd, signals[0].DurationMs));
        Assert.True(receiver.NextDeadline.IsNever);
    }

    [Fact]
    public void A_key_longer_than_one_segment_is_one_key()
    {
        var receiver = new TelephoneEventReceiver(8_000);
        var signals = new DtmfSignal[TelephoneEventReceiver.SignalsMax];
        var heard = new List<DtmfSignal>();
        foreach (var (timestamp, duration, isEnd) in new[] { (0u, 65_535, false), (65_535u, 800, false), (65_535u, 1_600, true) })
        {
            var payload = new byte[4];
            new TelephoneEvent(3, isEnd, 10, (ushort)duration).Write(payload);
            var count = receiver.Receive(Instant.Epoch, timestamp, payload, signals);
            heard.AddRange(signals[..count]);
        }

        Assert.Equal("3", Text(heard, false));
        Assert.Equal(8_391, Assert.Single(heard, s => s.IsEnd).DurationMs);
    }

    [Fact]
    public void Events_that_are_no_keys_are_ignored()
    {
        var payload = new byte[4];
        new TelephoneEvent(36, false, 10, 100).Write(payload); // Fax calling tone.
        Assert.Equal(0, new TelephoneEventReceiver(8_000).Receive(Instant.Epoch, 0, payload, new DtmfSignal[3]));
    }

    [Theory]
    [InlineData("0123456789*#ABCD", true)]
    [InlineData("abcd", true)]
    [InlineData("", true)]
    [InlineData("12E", false)]
    [InlineData("1 2", false)]
    public void A_text_of_keys_is_parsed_or_refused(string text, bool isKeys) =>
        Assert.Equal(isKeys ? text.ToUpperInvariant() : null, DtmfDigit.ParseAll(text) is { } keys ? string.Concat(keys) : null);

    private static List<TelephoneEventPacket> Send(string keys, int durationMs, int clockHz = 8_000)
    {
        var sender = new TelephoneEventSender(clockHz);
        foreach (var digit in DtmfDigit.ParseAll(keys)!)
        {
            Assert.True(sender.Enqueue(digit, durationMs));
        }

        var packets = new List<TelephoneEventPacket>();
        for (var timestamp = 0u; sender.IsActive; timestamp += (uint)clockHz / 50)
        {
            if (sender.TryNext(timestamp, out var packet))
            {
                packets.Add(packet);
            }
        }

        return packets;
    }

    private static List<DtmfSignal> Receive(List<TelephoneEventPacket> packets, int clockHz)
    {
        var receiver = new TelephoneEventReceiver(clockHz);
        var buffer = new DtmfSignal[TelephoneEventReceiver.SignalsMax];
        var signals = new List<DtmfSignal>();
        var payload = new byte[4];
        foreach (var packet in packets)
        {
            packet.Event.Write(payload);
            var count = receiver.Receive(Instant.Epoch, packet.Timestamp, payload, buffer);
            signals.AddRange(buffer[..count]);
        }

        var last = receiver.Tick(Instant.FromUnixSeconds(1), buffer);
        signals.AddRange(buffer[..last]);
        return signals;
    }

    private static string Text(IEnumerable<DtmfSignal> signals, bool isEnd) =>
        string.Concat(signals.Where(s => s.IsEnd == isEnd).Select(s => s.Digit.Symbol));
}

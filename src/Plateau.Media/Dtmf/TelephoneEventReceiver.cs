using Plateau.Contracts;

namespace Plateau.Media.Dtmf;

/// <summary>Turns telephone-event packets into keys, each exactly once whatever was lost, doubled or
/// reordered.</summary>
/// <remarks>
/// The RTP timestamp names the event: all packets with it are one key. A key whose end never came ends when the next
/// one begins or after <see cref="Silence"/>. Source: RFC 4733 §2.5.2.
/// </remarks>
/// <param name="rtpClockHz">Clock of the stream, 8 000 or 48 000.</param>
public sealed class TelephoneEventReceiver(int rtpClockHz)
{
    /// <summary>Most signals one packet can cause: end of the old key, beginning and end of the new one.</summary>
    public const int SignalsMax = 3;

    /// <summary>Time without packets after which a key counts as released: three of the 50 ms intervals of
    /// §2.5.1.2.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(150);

    private DtmfDigit _digit;
    private bool _isKnown;
    private bool _isDown;
    private uint _segmentStart;
    private long _earlierTicks;
    private ushort _duration;

    /// <summary>When <see cref="Tick"/> must be called, or never.</summary>
    public Instant NextDeadline { get; private set; } = Instant.Never;

    /// <summary>Takes a packet.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="timestamp">Its RTP timestamp.</param>
    /// <param name="payload">Its payload; malformed ones and events that are no keys are ignored.</param>
    /// <param name="signals">Room for <see cref="SignalsMax"/>.</param>
    /// <returns>Number of signals written.</returns>
    public int Receive(Instant now, uint timestamp, ReadOnlySpan<byte> payload, Span<DtmfSignal> signals)
    {
        if (!TelephoneEvent.TryParse(payload, out var packet)
            || !DtmfDigit.TryFromEvent(packet.EventCode, out var digit))
        {
            return 0;
        }

        var count = 0;
        if (_isDown && IsNextSegment(timestamp, digit))
        {
            _earlierTicks += _duration;
            _segmentStart = timestamp;
            _duration = 0;
        }

        var isCurrent = _isKnown && timestamp == _segmentStart;
        if (!isCurrent)
        {
            if (_isKnown && (int)(timestamp - _segmentStart) < 0)
            {
                return 0; // A straggler of an earlier key, or of an earlier segment of this one.
            }

            count = Release(signals);
            Press(timestamp, digit);
            signals[count++] = new DtmfSignal(digit, false, 0);
        }
        else if (!_isDown)
        {
            return 0; // A repeated end, or an update overtaken by it.
        }

        _duration = Math.Max(_duration, packet.Duration);
        NextDeadline = now + Silence;
        return packet.IsEnd ? count + Release(signals[count..]) : count;
    }

    /// <summary>Releases a key whose end was lost.</summary>
    /// <param name="now">The time.</param>
    /// <param name="signals">Room for one.</param>
    /// <returns>Number of signals written.</returns>
    public int Tick(Instant now, Span<DtmfSignal> signals) => now < NextDeadline ? 0 : Release(signals);

    /// <summary>Forgets everything: the stream has a new source, whose timestamps start anywhere.</summary>
    public void Reset()
    {
        _isKnown = false;
        _isDown = false;
        NextDeadline = Instant.Never;
    }

    /// <summary>Long keys come in segments of the largest duration, each starting where the last one ended
    /// (§2.5.1.3).</summary>
    private bool IsNextSegment(uint timestamp, DtmfDigit digit) =>
        digit == _digit && _duration == ushort.MaxValue && timestamp == _segmentStart + _duration;

    private void Press(uint timestamp, DtmfDigit digit)
    {
        _isKnown = true;
        _isDown = true;
        _digit = digit;
        _segmentStart = timestamp;
        _earlierTicks = 0;
        _duration = 0;
    }

    private int Release(Span<DtmfSignal> signals)
    {
        if (!_isDown)
        {
            return 0;
        }

        _isDown = false;
        NextDeadline = Instant.Never;
        var ticks = _earlierTicks + _duration;
        signals[0] = new DtmfSignal(_digit, true, (int)(ticks * 1000 / rtpClockHz));
        return 1;
    }
}

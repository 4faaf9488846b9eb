namespace Plateau.Media.Dtmf;

/// <summary>Sends keys as RFC 4733 events: a packet each 20 ms, the end three times, a pause between keys.</summary>
/// <remarks>
/// Ask it once per 20 ms frame; when it gives a packet, that packet goes out instead of audio.
/// Source: RFC 4733 §2.5.1.
/// </remarks>
/// <param name="rtpClockHz">Clock of the stream, 8 000 or 48 000.</param>
public sealed class TelephoneEventSender(int rtpClockHz)
{
    /// <summary>Most keys waiting; more are refused.</summary>
    public const int PendingMax = 64;

    /// <summary>Shortest key sent, milliseconds: what receivers must accept by Q.24, rounded up to frames.</summary>
    public const int DurationMsMin = 60;

    /// <summary>Longest key sent, milliseconds; below 1 365, where a 48 kHz duration would overflow its 16
    /// bits.</summary>
    public const int DurationMsMax = 1_000;

    private const int FrameMs = 20;
    private const int EndPackets = 3;
    private const int GapFrames = 3; // 60 ms; Q.24 asks for at least 40.

    private readonly Queue<(DtmfDigit Digit, int Frames)> _pending = new(PendingMax);
    private DtmfDigit _digit;
    private uint _start;
    private int _frames;
    private int _sent;
    private int _gap;

    /// <summary>Whether a key is being sent or waits.</summary>
    public bool IsActive => _frames > 0 || _pending.Count > 0;

    /// <summary>Adds a key to those waiting.</summary>
    /// <param name="digit">The key.</param>
    /// <param name="durationMs">Clamped to <see cref="DurationMsMin"/> and <see cref="DurationMsMax"/>.</param>
    /// <returns>False when <see cref="PendingMax"/> keys wait already.</returns>
    public bool Enqueue(DtmfDigit digit, int durationMs)
    {
        if (_pending.Count == PendingMax)
        {
            return false;
        }

        _pending.Enqueue((digit, Math.Clamp(durationMs, DurationMsMin, DurationMsMax) / FrameMs));
        return true;
    }

    /// <summary>Forgets what waits and stops at once; the receiver times the key out.</summary>
    public void Clear()
    {
        _pending.Clear();
        _frames = 0;
    }

    /// <summary>The packet due in this frame, if any.</summary>
    /// <param name="timestamp">RTP timestamp of this frame, as audio would carry it.</param>
    /// <param name="packet">What to send.</param>
    /// <returns>False when this frame belongs to audio.</returns>
    public bool TryNext(uint timestamp, out TelephoneEventPacket packet)
    {
        packet = default;
        if (_gap > 0)
        {
            _gap--;
            return false;
        }

        if (_frames == 0 && !Begin(timestamp))
        {
            return false;
        }

        _sent++;
        var elapsed = Math.Min(_sent, _frames);
        var isEnd = _sent >= _frames;
        var duration = (ushort)(elapsed * (rtpClockHz / 1000 * FrameMs));
        // -10 dBm0 is what telephones send; receivers may ignore it.
        var payload = new TelephoneEvent(_digit.EventCode, isEnd, 10, duration);
        packet = new TelephoneEventPacket(_start, _sent == 1, payload);
        if (_sent == _frames + EndPackets - 1)
        {
            _frames = 0;
            _gap = GapFrames;
        }

        return true;
    }

    private bool Begin(uint timestamp)
    {
        if (!_pending.TryDequeue(out var next))
        {
            return false;
        }

        (_digit, _frames) = next;
        _start = timestamp;
        _sent = 0;
        return true;
    }
}

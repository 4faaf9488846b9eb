using Plateau.Contracts;

namespace Plateau.Media.Jitter;

/// <summary>Puts the packets of one stream back in order and in time, with as little delay as their jitter
/// allows.</summary>
/// <remarks>
/// Each packet has a due time: when it was spoken, plus the fastest recent transit, plus the delay aimed at. Packets
/// are taken in order; a missing one is concealed when its turn comes, an early one waits, and the distance between
/// the due time and the actual time is corrected by leaving out or inserting a frame: soon when the party is quiet,
/// late when it speaks. The aim follows a fading histogram of delays, so it grows within a few packets of trouble
/// and falls within seconds of calm; the fastest transit follows clock skew. One thread; no allocation after
/// construction.
/// </remarks>
public sealed class JitterBuffer
{
    private const int NoSlot = -1;

    private readonly JitterConfig _config;
    private readonly int _clockHz;
    private readonly byte[] _payloads = new byte[Limits.JitterSlots * Limits.PayloadBytesMax];
    private readonly Slot[] _slots = new Slot[Limits.JitterSlots];
    private readonly DelayStatistics _delays;
    private uint _referenceTimestamp;
    private long _referenceMicroseconds;
    private bool _hasReference;
    private bool _isPlaying;
    private ushort _next;
    private ushort _highest;
    private int _stored;
    private int _packetMs = 20;
    private int _underrunMs;

    /// <summary>An empty buffer.</summary>
    /// <param name="config">Bounds.</param>
    /// <param name="clockHz">RTP clock of the codec, Hz.</param>
    public JitterBuffer(JitterConfig config, int clockHz)
    {
        _config = config;
        _clockHz = clockHz;
        _delays = new DelayStatistics(config.Forgetting);
        TargetMs = config.DelayMsMin;
    }

    /// <summary>Delay aimed at, milliseconds after the fastest recent packet.</summary>
    public int TargetMs { get; private set; }

    /// <summary>Packets that came after their turn.</summary>
    public long Late { get; private set; }

    /// <summary>Packets that came twice.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Packets that were concealed because they did not come in time.</summary>
    public long Concealed { get; private set; }

    /// <summary>Packets left out to come closer to the aim.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Length of the last packet, milliseconds: what a lost one is taken to have been.</summary>
    public int PacketMs => _packetMs;

    /// <summary>Stores a packet.</summary>
    /// <param name="arrival">When it came.</param>
    /// <param name="sequence">RTP sequence number.</param>
    /// <param name="timestamp">RTP timestamp.</param>
    /// <param name="payloadType">RTP payload type, given back with it.</param>
    /// <param name="payload">Copied.</param>
    public JitterVerdict Put(
        Instant arrival, ushort sequence, uint timestamp, byte payloadType, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > Limits.PayloadBytesMax)
        {
            return JitterVerdict.TooLarge;
        }

        var media = MediaMicroseconds(timestamp);
        _delays.Note(arrival, media);
        TargetMs = Math.Clamp(_delays.DelayMs(_config.InTimeShare), _config.DelayMsMin, _config.DelayMsMax);
        var verdict = Place(sequence);
        if (verdict is JitterVerdict.Late or JitterVerdict.Duplicate)
        {
            return verdict;
        }

        ref var slot = ref _slots[sequence % Limits.JitterSlots];
        slot = new Slot
        {
            IsFilled = true, Sequence = sequence, MediaMicroseconds = media, PayloadType = payloadType,
            Length = payload.Length,
        };
        payload.CopyTo(_payloads.AsSpan(sequence % Limits.JitterSlots * Limits.PayloadBytesMax));
        if (_stored++ == 0 || (short)(sequence - _highest) > 0)
        {
            _highest = sequence;
        }

        return verdict;
    }

    /// <summary>Takes what is to be played next.</summary>
    /// <param name="now">The instant at which it will be played.</param>
    /// <param name="isQuiet">Whether what was played last was silence, so that a frame more or less is not
    /// heard.</param>
    public JitterFrame Take(Instant now, bool isQuiet)
    {
        if (_stored == 0)
        {
            return Underrun();
        }

        var index = FindNext();
        if (index == NoSlot)
        {
            return Lose();
        }

        var earlyMs = EarlyMs(now, index);
        if (!_isPlaying)
        {
            if (earlyMs > 0)
            {
                return Silent();
            }

            _isPlaying = true;
        }

        if (earlyMs > (isQuiet ? _config.SlackQuietMs : _config.SlackSpeechMs))
        {
            return Silent();
        }

        if (-earlyMs > (isQuiet ? _config.SlackQuietMs : _config.SlackSpeechMs) && _stored > 1)
        {
            Remove(index);
            LeftOut++;
            index = FindNext();
            if (index == NoSlot)
            {
                return Lose();
            }
        }

        _underrunMs = 0;
        Remove(index);
        return new JitterFrame(JitterFrameKind.Packet, index, _slots[index].PayloadType);
    }

    /// <summary>The payload of a packet just taken; valid until the next <see cref="Put"/>.</summary>
    public ReadOnlySpan<byte> Payload(JitterFrame frame) =>
        _payloads.AsSpan(frame.Slot * Limits.PayloadBytesMax, _slots[frame.Slot].Length);

    /// <summary>The payload that follows a lost packet, from which a codec may rebuild it; empty when absent.</summary>
    public ReadOnlySpan<byte> PayloadAfterLost()
    {
        ref var slot = ref _slots[_next % Limits.JitterSlots];
        return slot.IsFilled && slot.Sequence == _next
            ? _payloads.AsSpan(_next % Limits.JitterSlots * Limits.PayloadBytesMax, slot.Length)
            : [];
    }

    /// <summary>Tells how long a packet turned out to be when it was decoded.</summary>
    /// <param name="packetMs">Milliseconds; values outside 5 to 120 are ignored.</param>
    public void NotePacketMs(int packetMs) => _packetMs = packetMs is >= 5 and <= 120 ? packetMs : _packetMs;

    /// <summary>Empties the buffer for another source; counters stay.</summary>
    public void Reset()
    {
        Clear();
        _delays.Reset();
        _hasReference = false;
        TargetMs = _config.DelayMsMin;
    }

    private void Clear()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].IsFilled = false;
        }

        _stored = 0;
        _isPlaying = false;
        _underrunMs = 0;
    }

    /// <summary>Where a sequence number stands relative to what is played next.</summary>
    private JitterVerdict Place(ushort sequence)
    {
        if (_stored == 0 && !_isPlaying)
        {
            _next = sequence;
            return JitterVerdict.Stored;
        }

        var ahead = (short)(sequence - _next);
        if (ahead is >= Limits.JitterSlots or <= -4 * Limits.JitterSlots)
        {
            Clear();
            _next = sequence;
            return JitterVerdict.Skipped;
        }

        if (ahead < 0)
        {
            // Before playing began, an early-numbered straggler may still go in front, if all fit.
            if (!_isPlaying && (short)(_highest - sequence) < Limits.JitterSlots)
            {
                _next = sequence;
                return JitterVerdict.Stored;
            }

            Late++;
            return JitterVerdict.Late;
        }

        ref var slot = ref _slots[sequence % Limits.JitterSlots];
        if (slot.IsFilled && slot.Sequence == sequence)
        {
            Duplicates++;
            return JitterVerdict.Duplicate;
        }

        return JitterVerdict.Stored;
    }

    private int FindNext()
    {
        var index = _next % Limits.JitterSlots;
        return _slots[index].IsFilled && _slots[index].Sequence == _next ? index : NoSlot;
    }

    private void Remove(int index)
    {
        _slots[index].IsFilled = false;
        _stored--;
        _next++;
    }

    /// <summary>How long before its due time a packet is, milliseconds; negative when overdue.</summary>
    private int EarlyMs(Instant now, int index)
    {
        var due = _slots[index].MediaMicroseconds + _delays.Fastest + TargetMs * 1_000L;
        return (int)Math.Clamp((due - now.Microseconds) / 1_000, -100_000, 100_000);
    }

    /// <summary>The next packet is missing although later ones are here.</summary>
    private JitterFrame Lose()
    {
        // What was concealed while the buffer was empty stood for packets that, we now know, are lost.
        while (_underrunMs >= _packetMs && _stored > 0 && FindNext() == NoSlot)
        {
            _underrunMs -= _packetMs;
            _next++;
        }

        if (FindNext() is not NoSlot and var index)
        {
            _underrunMs = 0;
            Remove(index);
            return new JitterFrame(JitterFrameKind.Packet, index, _slots[index].PayloadType);
        }

        _next++;
        Concealed++;
        return new JitterFrame(JitterFrameKind.Lost, 0, 0);
    }

    /// <summary>Nothing is here: conceal for a while without giving the packet up, then call it a pause.</summary>
    private JitterFrame Underrun()
    {
        if (!_isPlaying)
        {
            return Silent();
        }

        _underrunMs += _packetMs;
        if (_underrunMs > _config.ConcealedMsMax)
        {
            _isPlaying = false;
            _underrunMs = 0;
            return Silent();
        }

        Concealed++;
        return new JitterFrame(JitterFrameKind.Lost, 0, 0);
    }

    private static JitterFrame Silent() => new(JitterFrameKind.Silence, 0, 0);

    /// <summary>A timestamp as microseconds on a line that does not wrap.</summary>
    private long MediaMicroseconds(uint timestamp)
    {
        if (!_hasReference)
        {
            _hasReference = true;
            _referenceTimestamp = timestamp;
            _referenceMicroseconds = 0;
        }

        var step = (int)(timestamp - _referenceTimestamp);
        if (Math.Abs((long)step) > 10L * _clockHz)
        {
            // The far end began a new timeline without a new source: what we learnt of its delays is void.
            _delays.Reset();
        }

        _referenceMicroseconds += step * 1_000_000L / _clockHz;
        _referenceTimestamp = timestamp;
        return _referenceMicroseconds;
    }

    private struct Slot
    {
        public bool IsFilled;
        public ushort Sequence;
        public byte PayloadType;
        public int Length;
        public long MediaMicroseconds;
    }
}

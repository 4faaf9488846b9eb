using Plateau.Contracts;
using Plateau.Media.Codecs;
using Plateau.Media.Jitter;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>What a packet of a leg's party turned out to be.</summary>
internal enum InboundKind
{
    /// <summary>Not believed, not negotiated or not consistent.</summary>
    Dropped,

    /// <summary>Audio.</summary>
    Audio,

    /// <summary>A telephone event.</summary>
    Event,
}

/// <summary>One leg's stream from its party: who is believed, what was lost, and the audio frame by frame.</summary>
/// <remarks>
/// Judging and counting is done for every packet; storing and decoding only while somebody needs linear audio, so the
/// buffers come to be with the first packet stored. One thread; no allocation per packet.
/// </remarks>
internal sealed class LegInbound : IDisposable
{
    /// <summary>A new source is believed at once when the old one has been silent so long, else after two
    /// packets.</summary>
    private static readonly TimeSpan SourceSilence = TimeSpan.FromMilliseconds(200);

    private readonly JitterConfig _jitterConfig;
    private readonly Codec?[] _codecs = new Codec?[128];
    private readonly short[] _queue = new short[2 * CodecLimits.PacketSamplesMax];
    private readonly short[] _frame = new short[CodecLimits.FrameSamplesMax];
    private ReceptionState _reception;
    private JitterBuffer? _jitter;
    private IAudioDecoder? _decoder;
    private Codec? _codec;
    private int _queued;
    private uint _ssrc;
    private bool _hasSource;
    private uint _otherSsrc;
    private ushort _otherSequence;
    private int _eventPayloadType = -1;
    private bool _mayReceive;
    private uint _lastTransit;

    /// <summary>A stream that has heard nothing.</summary>
    public LegInbound(LatchConfig latchConfig, JitterConfig jitterConfig)
    {
        Latch = new RtpReceiveLatch(latchConfig);
        _jitterConfig = jitterConfig;
    }

    /// <summary>Whom we believe.</summary>
    public RtpReceiveLatch Latch { get; }

    /// <summary>Loss and jitter.</summary>
    public ref readonly ReceptionState Reception => ref _reception;

    /// <summary>The codec of the packets that come; null before the first agreement.</summary>
    public Codec? Codec => _codec;

    /// <summary>The source heard; 0 when none.</summary>
    public uint Ssrc => _hasSource ? _ssrc : 0;

    /// <summary>When the last believed packet came.</summary>
    public Instant LastPacket { get; private set; } = Instant.Never;

    /// <summary>The frame that <see cref="ReadFrame"/> made: 20 ms at the codec's sample rate.</summary>
    public ReadOnlySpan<short> Frame => _frame.AsSpan(0, (_codec ?? Codec.Pcma).SamplesPerFrame);

    /// <summary>Whether that frame holds audio, as against the silence of a party that sends nothing.</summary>
    public bool HasAudio { get; private set; }

    /// <summary>Delay of the jitter buffer, milliseconds; 0 while it is not used.</summary>
    public int BufferMs => _jitter?.TargetMs ?? 0;

    /// <summary>Packets that came too late to be heard.</summary>
    public long Late => _jitter?.Late ?? 0;

    /// <summary>Takes over what was agreed on.</summary>
    public void Configure(Instant now, LegMediaConfig config)
    {
        Array.Clear(_codecs);
        var types = default(PayloadTypeSet);
        if (config.Receives.Count == 0)
        {
            _codecs[config.PayloadType & 127] = config.Codec;
            types = types.With(config.PayloadType);
        }

        foreach (var mapping in config.Receives)
        {
            _codecs[mapping.PayloadType & 127] = mapping.Codec;
            types = types.With(mapping.PayloadType);
        }

        _eventPayloadType = config.ReceiveEventPayloadType ?? config.SendEventPayloadType ?? -1;
        _mayReceive = (config.Direction & MediaDirection.Receive) != 0;
        Latch.Announce(
            now, config.Rtp, types.With(_eventPayloadType), config.MayBeBehindNat, config.SignallingAddress);
        Use(config.Receives.Count == 0 ? config.Codec : config.Receives[0].Codec);
    }

    /// <summary>Judges and counts one packet.</summary>
    /// <param name="arrival">When it came.</param>
    /// <param name="source">Where from.</param>
    /// <param name="packet">Its header.</param>
    public InboundKind Judge(Instant arrival, MediaEndpoint source, in RtpPacket packet)
    {
        if (Latch.Admit(arrival, source, packet) is not (LatchVerdict.Accepted or LatchVerdict.Latched)
            || !_mayReceive || !IsSource(arrival, packet))
        {
            return InboundKind.Dropped;
        }

        LastPacket = arrival;
        var isEvent = packet.PayloadType == _eventPayloadType;
        if (!isEvent && _codecs[packet.PayloadType] is { } codec && codec != _codec)
        {
            Use(codec);
        }

        // Events repeat the timestamp of their beginning, which would look like jitter: count them at their arrival.
        var ticks = (uint)(arrival.Microseconds * (_codec!.RtpClockHz / 1_000) / 1_000);
        var timestamp = isEvent ? ticks - _lastTransit : packet.Timestamp;
        if (!_reception.Count(packet.Sequence, timestamp, ticks))
        {
            return InboundKind.Dropped;
        }

        _lastTransit = ticks - timestamp;
        return isEvent ? InboundKind.Event : InboundKind.Audio;
    }

    /// <summary>Keeps an audio packet for <see cref="ReadFrame"/>.</summary>
    public void Store(Instant arrival, in RtpPacket packet, ReadOnlySpan<byte> bytes)
    {
        _jitter ??= new JitterBuffer(_jitterConfig, _codec!.RtpClockHz);
        _jitter.Put(arrival, packet.Sequence, packet.Timestamp, packet.PayloadType, packet.Payload(bytes));
    }

    /// <summary>Makes the next 20 ms of audio.</summary>
    /// <param name="now">When it is played.</param>
    /// <param name="isQuiet">Whether the frame before was quiet.</param>
    public void ReadFrame(Instant now, bool isQuiet)
    {
        var needed = (_codec ?? Codec.Pcma).SamplesPerFrame;
        HasAudio = _queued > 0;
        while (_queued < needed)
        {
            if (_jitter is null || _codec is null || !Decode(_jitter.Take(now, isQuiet)))
            {
                _queue.AsSpan(_queued, needed - _queued).Clear();
                _queued = needed;
            }
            else
            {
                HasAudio = true;
            }
        }

        _queue.AsSpan(0, needed).CopyTo(_frame);
        _queued -= needed;
        _queue.AsSpan(needed, _queued).CopyTo(_queue);
    }

    /// <summary>Forgets stored audio: nobody needs linear audio for the time being.</summary>
    public void Flush()
    {
        if (_jitter is not null)
        {
            _jitter.Reset();
            _decoder?.Reset();
            _queued = 0;
        }
    }

    /// <summary>Starts a reporting interval and gives its report block.</summary>
    public RtcpReportBlock Report(uint lastSenderReport, uint delaySinceLast) =>
        _reception.Report(_ssrc, lastSenderReport, delaySinceLast);

    /// <inheritdoc/>
    public void Dispose() => _decoder?.Dispose();

    /// <summary>Whether a packet is of the current source; a new one must prove itself unless the old one fell
    /// silent.</summary>
    private bool IsSource(Instant arrival, in RtpPacket packet)
    {
        if (_hasSource && packet.Ssrc == _ssrc)
        {
            return true;
        }

        var isConfirmed = packet.Ssrc == _otherSsrc && packet.Sequence == (ushort)(_otherSequence + 1);
        if (_hasSource && !isConfirmed && arrival - LastPacket < SourceSilence)
        {
            _otherSsrc = packet.Ssrc;
            _otherSequence = packet.Sequence;
            return false;
        }

        if (_hasSource)
        {
            _reception.Restart();
            Flush();
        }

        _hasSource = true;
        _ssrc = packet.Ssrc;
        return true;
    }

    private void Use(Codec codec)
    {
        if (codec == _codec)
        {
            return;
        }

        var clockHz = _codec?.RtpClockHz;
        _codec = codec;
        _decoder?.Dispose();
        _decoder = null;
        _queued = 0;
        if (clockHz != codec.RtpClockHz)
        {
            _jitter = null;
            _reception.Restart();
        }
        else
        {
            _jitter?.Reset();
        }
    }

    /// <summary>Adds what a jitter frame stands for to the queue.</summary>
    /// <returns>False when it stands for silence.</returns>
    private bool Decode(JitterFrame frame)
    {
        if (frame.Kind == JitterFrameKind.Silence)
        {
            return false;
        }

        _decoder ??= _codec!.CreateDecoder();
        var room = _queue.AsSpan(_queued);
        if (frame.Kind == JitterFrameKind.Packet)
        {
            var written = _decoder.Decode(_jitter!.Payload(frame), room);
            _jitter.NotePacketMs(written * 1_000 / _decoder.SampleRateHz);
            _queued += written;
            return written > 0;
        }

        var lost = room[..(_jitter!.PacketMs * _decoder.SampleRateHz / 1_000)];
        _decoder.Recover(_jitter.PayloadAfterLost(), lost);
        _queued += lost.Length;
        return true;
    }
}

using Plateau.Media.Codecs;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>One leg's stream towards its party: one source, one sequence, one clock, whatever feeds it.</summary>
/// <remarks>
/// It is fed either by frames of our own or by packets of another leg, which keep their spacing (gaps and disorder
/// included) but get this stream's identity. The timestamp always follows the wall clock: it advances by one frame per
/// <see cref="Tick"/>, sent or not. Source: RFC 3550 §5.1; RFC 3551 §4.1 (marker after a pause).
/// </remarks>
internal sealed class LegOutbound
{
    private readonly byte[] _packet = new byte[Limits.PacketBytesMax];
    private readonly IMediaPath _path;
    private LegMediaConfig? _config;
    private ushort _next;
    private uint _clock;
    private uint _lastTimestamp;
    private bool _hasSent;
    private bool _isMarkDue = true;
    private int _frameBytes;
    private int _pendingBytes;
    private uint _pendingTimestamp;
    private bool _isForwarding;
    private uint _forwardedSsrc;
    private ushort _sequenceOffset;
    private uint _timestampOffset;

    /// <summary>A stream that has sent nothing.</summary>
    /// <param name="path">How packets leave.</param>
    /// <param name="ssrc">Its source.</param>
    /// <param name="sequence">Its first sequence number; random (RFC 3550 §5.1).</param>
    /// <param name="timestamp">Its first timestamp; random.</param>
    public LegOutbound(IMediaPath path, uint ssrc, ushort sequence, uint timestamp)
    {
        _path = path;
        Ssrc = ssrc;
        _next = sequence;
        _clock = timestamp;
    }

    /// <summary>The source of the stream.</summary>
    public uint Ssrc { get; }

    /// <summary>Timestamp of the current frame.</summary>
    public uint Clock => _clock;

    /// <summary>Packets sent.</summary>
    public long Packets { get; private set; }

    /// <summary>Payload bytes sent.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>Where to send; none stops sending.</summary>
    public MediaEndpoint To { get; set; }

    private bool MaySend => _config is { } config && (config.Direction & MediaDirection.Send) != 0 && !To.IsNone;

    /// <summary>Takes over what was agreed on.</summary>
    public void Configure(LegMediaConfig config)
    {
        if (_config?.Codec != config.Codec)
        {
            _isMarkDue = true;
        }

        _config = config;
        _pendingBytes = 0;
        _isForwarding = false;

        // Packets longer than a frame can only be put together when every frame has the same size.
        var ptimeMs = Math.Clamp(config.PtimeMs / 10 * 10, 10, 120);
        _frameBytes = config.Codec.IsConstantRate ? 8 * ptimeMs : 0;
    }

    /// <summary>The next frame of 20 ms begins.</summary>
    public void Tick() => _clock += (uint)(_config?.Codec.TicksPerFrame ?? 160);

    /// <summary>Sends one frame of 20 ms, or keeps it until a packet is full.</summary>
    public void SendFrame(ReadOnlySpan<byte> payload)
    {
        StopForwarding();
        if (_frameBytes is 0 or 160)
        {
            SendPacket(_clock, payload);
            return;
        }

        if (_pendingBytes == 0)
        {
            _pendingTimestamp = _clock;
        }

        payload.CopyTo(_packet.AsSpan(RtpPacket.HeaderBytes + _pendingBytes));
        _pendingBytes += payload.Length;
        while (_pendingBytes >= _frameBytes)
        {
            // One byte of these codecs is one tick of their clock.
            var body = _packet.AsSpan(RtpPacket.HeaderBytes, _pendingBytes);
            SendInPlace(_pendingTimestamp, _config!.PayloadType, _frameBytes);
            body[_frameBytes..].CopyTo(body);
            _pendingBytes -= _frameBytes;
            _pendingTimestamp += (uint)_frameBytes;
        }
    }

    /// <summary>Sends a telephone-event packet instead of a frame.</summary>
    /// <param name="timestamp">Beginning of the event.</param>
    /// <param name="isMarked">First packet of the event.</param>
    /// <param name="payload">Four bytes.</param>
    public void SendEvent(uint timestamp, bool isMarked, ReadOnlySpan<byte> payload)
    {
        StopForwarding();
        _pendingBytes = 0;
        if (_config?.SendEventPayloadType is { } payloadType)
        {
            _isMarkDue |= isMarked;
            payload.CopyTo(_packet.AsSpan(RtpPacket.HeaderBytes));
            SendInPlace(timestamp, payloadType, payload.Length);
        }
    }

    /// <summary>Says that this frame is not sent: the next one that is begins a talkspurt.</summary>
    public void SkipFrame()
    {
        StopForwarding();
        _pendingBytes = 0;
        _isMarkDue = true;
    }

    /// <summary>Sends a packet of another leg under this stream's identity.</summary>
    /// <param name="bytes">The packet; its header is rewritten in place.</param>
    /// <param name="packet">Its header.</param>
    /// <param name="payloadType">Payload type to send it under.</param>
    public void Forward(Span<byte> bytes, in RtpPacket packet, int payloadType)
    {
        if (!MaySend)
        {
            return;
        }

        var marker = packet.Marker;
        if (!_isForwarding || packet.Ssrc != _forwardedSsrc)
        {
            _isForwarding = true;
            _forwardedSsrc = packet.Ssrc;
            _pendingBytes = 0;
            _sequenceOffset = (ushort)(_next - packet.Sequence);
            _timestampOffset = Current() - packet.Timestamp;
            marker = true;
        }

        var mapped = new RtpPacket(
            marker, (byte)payloadType, (ushort)(packet.Sequence + _sequenceOffset),
            packet.Timestamp + _timestampOffset, Ssrc);
        RtpWriter.Rewrite(bytes, mapped);
        _path.SendRtp(To, bytes);
        Packets++;
        PayloadBytes += packet.PayloadLength;
        if ((short)(mapped.Sequence - _next) >= 0)
        {
            _next = (ushort)(mapped.Sequence + 1);
            _lastTimestamp = mapped.Timestamp;
            _hasSent = true;
        }
    }

    private void StopForwarding()
    {
        if (!_isForwarding)
        {
            return;
        }

        _isForwarding = false;
        _isMarkDue = true;
        _clock = Current();
    }

    /// <summary>The current timestamp, but never one that has been sent: a forwarded clock may run ahead of
    /// ours.</summary>
    private uint Current()
    {
        var ticks = (uint)_config!.Codec.TicksPerFrame;
        return _hasSent && (int)(_clock - _lastTimestamp) < (int)ticks && (int)(_clock - _lastTimestamp) > -96_000
            ? _lastTimestamp + ticks
            : _clock;
    }

    private void SendPacket(uint timestamp, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(_packet.AsSpan(RtpPacket.HeaderBytes));
        SendInPlace(timestamp, _config!.PayloadType, payload.Length);
    }

    private void SendInPlace(uint timestamp, int payloadType, int payloadBytes)
    {
        if (!MaySend)
        {
            return;
        }

        var header = new RtpPacket(_isMarkDue, (byte)payloadType, _next++, timestamp, Ssrc);
        RtpWriter.WriteHeader(_packet, header);
        _path.SendRtp(To, _packet.AsSpan(0, RtpPacket.HeaderBytes + payloadBytes));
        _isMarkDue = false;
        _hasSent = true;
        _lastTimestamp = timestamp;
        Packets++;
        PayloadBytes += payloadBytes;
    }
}

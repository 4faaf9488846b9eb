using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Dtmf;
using Plateau.Media.Recording;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>One party's media: what it sends us, what we make it hear, its recording and its quality.</summary>
/// <remarks>
/// A sans-I/O machine: packets go in with <see cref="ReceiveRtp"/> and <see cref="ReceiveRtcp"/>, time with the ticks
/// of its <see cref="MediaPlane"/>; packets come out through its <see cref="IMediaPath"/>. One thread.
/// </remarks>
public sealed partial class MediaLeg : IDisposable
{
    private readonly IMediaPath _path;
    private readonly IMediaEvents _events;
    private readonly LegControl _control;
    private readonly LegAnalysis _analysis;
    private readonly Player _player = new();
    private TelephoneEventReceiver? _digitsIn;
    private LegWatch _watch = LegWatch.Default;
    private bool _hasStarted;
    private bool _isMediaStopped;
    private Instant _configuredAt = Instant.Never;

    /// <summary>A leg that knows nothing of its party yet and drops all that comes.</summary>
    /// <param name="id">The leg.</param>
    /// <param name="path">How its packets leave.</param>
    /// <param name="events">Where its events go.</param>
    /// <param name="options">Latch, jitter buffer, chance.</param>
    public MediaLeg(LegId id, IMediaPath path, IMediaEvents events, MediaLegOptions options)
    {
        Id = id;
        _path = path;
        _events = events;
        var chance = options.Chance;
        var name = System.Text.Encoding.ASCII.GetBytes($"{chance.NextBits():x16}");
        In = new LegInbound(options.Latch, options.Jitter);
        Out = new LegOutbound(path, (uint)chance.NextBits(), (ushort)chance.NextBits(), (uint)chance.NextBits());
        _control = new LegControl(name, chance);
        _analysis = new LegAnalysis(id, events);
    }

    /// <summary>The leg.</summary>
    public LegId Id { get; }

    /// <summary>What it is to its bridge.</summary>
    public LegRole Role { get; internal set; }

    /// <summary>How it takes part when a supervisor.</summary>
    public MonitorMode? Mode { get; internal set; }

    /// <summary>Whether its bridge does not hear it.</summary>
    public bool IsMuted { get; private set; }

    /// <summary>Whether something is being played to it.</summary>
    public bool IsPlaying => _player.IsActive;

    /// <summary>What was agreed on; null before the first SDP of the far end.</summary>
    public LegMediaConfig? Config { get; private set; }

    /// <summary>The recording of this leg, if one is going on.</summary>
    public RecordingTap? Recording { get; private set; }

    /// <summary>The bridge it is in, if any.</summary>
    public Bridge? Bridge { get; internal set; }

    /// <summary>Level of what it last said, dBov; -127 while its audio is only forwarded.</summary>
    public double LevelDbov => _analysis.LevelDbov;

    /// <summary>Whether what it says must be decoded.</summary>
    internal bool NeedsAudio => _watch.NeedsAudio || (Recording is { } tap && !tap.TakesPayloads(In.Codec));

    internal LegInbound In { get; }

    internal LegOutbound Out { get; }

    /// <summary>New signalling: what the far end's SDP and ours agree on.</summary>
    public void Configure(Instant now, LegMediaConfig config)
    {
        var clockChanged = Config?.Codec.RtpClockHz != config.Codec.RtpClockHz;
        var codecChanged = Config?.Codec != config.Codec;
        Config = config;
        In.Configure(now, config);
        Out.Configure(config);
        Out.To = In.Latch.SendTo;
        if (clockChanged)
        {
            _digitsIn = new TelephoneEventReceiver(config.Codec.RtpClockHz);
            _digitsOut = new TelephoneEventSender(config.Codec.RtpClockHz);
        }

        if (codecChanged)
        {
            _encoder?.Dispose();
            _encoder = null;
        }

        _configuredAt = now;
        _control.Start(now);
        Bridge?.Reconsider();
    }

    /// <summary>What to look for from now on.</summary>
    public void Watch(LegWatch watch)
    {
        _watch = watch;
        Bridge?.Reconsider();
    }

    /// <summary>Whether its bridge hears it from now on.</summary>
    public void Mute(bool isMuted)
    {
        IsMuted = isMuted;
        Bridge?.Reconsider();
    }

    /// <summary>A datagram on the RTP port.</summary>
    /// <param name="now">The current tick.</param>
    /// <param name="arrival">When it reached this machine; at most a tick before now.</param>
    /// <param name="source">Where from.</param>
    /// <param name="bytes">The datagram; it may be overwritten when it is forwarded.</param>
    public void ReceiveRtp(Instant now, Instant arrival, MediaEndpoint source, Span<byte> bytes)
    {
        if (RtcpParser.IsRtcp(bytes))
        {
            if (Config is { RtcpMux: true })
            {
                ReceiveRtcp(arrival, source, bytes);
            }

            return;
        }

        if (Config is null || RtpPacket.TryParse(bytes, out var packet) != RtpError.None)
        {
            return;
        }

        var kind = In.Judge(arrival, source, packet);
        if (kind == InboundKind.Dropped)
        {
            return;
        }

        NoteMedia(source);
        if (kind == InboundKind.Event)
        {
            ReceiveDigit(now, packet, bytes);
        }
        else
        {
            ReceiveAudio(arrival, packet, bytes);
        }
    }

    /// <summary>A datagram on the RTCP port.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="source">Where from.</param>
    /// <param name="bytes">The datagram.</param>
    public void ReceiveRtcp(Instant now, MediaEndpoint source, ReadOnlySpan<byte> bytes)
    {
        if (In.Latch.AdmitsControl(source))
        {
            _control.Receive(now, Out.Ssrc, bytes);
        }
    }

    /// <summary>Begins to record what this leg says (left) and hears from others (right).</summary>
    public void StartRecording(RecordingTap recording)
    {
        Recording?.Finish();
        Recording = recording;
        Bridge?.Reconsider();
    }

    /// <summary>Ends the recording, if one goes on.</summary>
    public void StopRecording()
    {
        Recording?.Finish();
        Recording = null;
        Bridge?.Reconsider();
    }

    /// <summary>Media quality up to now.</summary>
    public LegQuality MeasureQuality() => QualityEstimate.Measure(In, Out, _control);

    /// <summary>Says goodbye, ends recording and playing; the leg must not be used afterwards.</summary>
    public void Close(Instant now)
    {
        StopPlaying();
        Recording?.Finish();
        Recording = null;
        if (Config is not null && Out.Packets > 0)
        {
            SendControl(now, true);
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        In.Dispose();
        _encoder?.Dispose();
        _encoder = null;
    }

    private void NoteMedia(MediaEndpoint source)
    {
        if (Out.To != In.Latch.SendTo)
        {
            Out.To = In.Latch.SendTo;
        }

        if (!_hasStarted)
        {
            _hasStarted = true;
            _events.Raise(new MediaStarted(Id, source));
        }

        if (_isMediaStopped)
        {
            _isMediaStopped = false;
            _events.Raise(new MediaResumed(Id));
        }
    }

    private void ReceiveAudio(Instant arrival, in RtpPacket packet, Span<byte> bytes)
    {
        if (NeedsAudio || Bridge is { IsForwarding: false })
        {
            In.Store(arrival, packet, bytes);
        }
        else
        {
            TapPayload(RecordingSide.Own, this, packet, bytes);
        }

        Bridge?.Forward(this, packet, bytes);
    }

    /// <summary>Gives a payload of a leg to this leg's recording, if it takes payloads.</summary>
    internal void TapPayload(RecordingSide side, MediaLeg speaker, in RtpPacket packet, ReadOnlySpan<byte> bytes)
    {
        if (Recording is { } tap && tap.TakesPayloads(speaker.In.Codec))
        {
            var law = speaker.In.Codec == Codecs.Codec.Pcma ? Codecs.G711Law.A : Codecs.G711Law.Mu;
            tap.Payload(side, packet.Ssrc, packet.Timestamp, law, packet.Payload(bytes));
        }
    }

    private void ReceiveDigit(Instant now, in RtpPacket packet, Span<byte> bytes)
    {
        Span<DtmfSignal> signals = stackalloc DtmfSignal[TelephoneEventReceiver.SignalsMax];
        var count = _digitsIn!.Receive(now, packet.Timestamp, packet.Payload(bytes), signals);
        foreach (var signal in signals[..count])
        {
            Report(signal);
        }

        Bridge?.ForwardEvent(this, packet, bytes);
    }

    private void Report(DtmfSignal signal)
    {
        if (!signal.IsEnd)
        {
            _events.Raise(new DigitBegan(Id, signal.Digit.Symbol, false));
            StopOnDigit();
            return;
        }

        _events.Raise(new DigitEnded(Id, signal.Digit.Symbol, TimeSpan.FromMilliseconds(signal.DurationMs)));
        Bridge?.RelayDigit(this, signal);
    }
}

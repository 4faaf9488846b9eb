using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Media.Rtp;

namespace Plateau.Tests.Media;

/// <summary>A media plane in virtual time with parties around it.</summary>
internal sealed class MixingWorld : IMediaEvents, IRecordingOutput
{
    public const int EventPayloadType = 101;

    private readonly List<MixingParty> _parties = [];
    private readonly Dictionary<RecordingId, MemoryStream> _recordings = [];
    private ulong _lastLeg;

    public MediaPlane Plane { get; } = new();

    public List<MediaEvent> Events { get; } = [];

    public HashSet<RecordingId> Finished { get; } = [];

    public Instant Now { get; private set; } = Instant.FromUnixSeconds(1_000);

    public MixingParty Add(Codec codec, double frequencyHz = 0)
    {
        var id = ++_lastLeg;
        var party = new MixingParty(codec, frequencyHz, MediaEndpoint.FromIpV4(0x0A00_0000u + (uint)id, 4_000));
        party.Leg = new MediaLeg(new LegId(id), party, this, new MediaLegOptions { Chance = new Prng(id) });
        party.Leg.Configure(Now, party.Agreement);
        Plane.Add(party.Leg);
        _parties.Add(party);
        return party;
    }

    public MixingParty Join(Codec codec, double frequencyHz, LegRole role, MonitorMode? mode = null)
    {
        var party = Add(codec, frequencyHz);
        Assert.True(Plane.Join(party.Leg, new BridgeId(1), role, mode));
        return party;
    }

    /// <summary>Lets ticks pass; every party sends a packet before each.</summary>
    public void Run(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            Now += TimeSpan.FromMilliseconds(20);
            foreach (var party in _parties)
            {
                party.Speak(Now - TimeSpan.FromMilliseconds(5));
            }

            Plane.Tick(Now);
        }
    }

    public RecordingTap Record(MixingParty party, RecordingOptions options)
    {
        var id = new RecordingId((ulong)_recordings.Count + 1);
        _recordings[id] = new MemoryStream();
        var tap = new RecordingTap(id, options.FormatFor(party.Codec), options, this);
        party.Leg.StartRecording(tap);
        return tap;
    }

    public byte[] Recorded(RecordingTap tap) => _recordings[tap.Id].ToArray();

    public void Raise(MediaEvent happened) => Events.Add(happened);

    public byte[] RentBlock() => new byte[Plateau.Media.Limits.RecordingBlockBytes];

    public void Deliver(RecordingId recording, byte[] block, int bytes) =>
        _recordings[recording].Write(block, 0, bytes);

    public void Finish(RecordingId recording) => Finished.Add(recording);
}

/// <summary>One party of a <see cref="MixingWorld"/>: says a sine, keeps what it gets.</summary>
internal sealed class MixingParty : IMediaPath
{
    private readonly IAudioEncoder _encoder;
    private readonly IAudioDecoder _decoder;
    private readonly double _frequencyHz;
    private readonly byte[] _bytes = new byte[1_500];
    private readonly short[] _frame;
    private readonly short[] _decoded = new short[CodecLimits.PacketSamplesMax];
    private ushort _sequence = 65_500;
    private uint _timestamp = uint.MaxValue - 5_000;
    private long _spoken;

    public MixingParty(Codec codec, double frequencyHz, MediaEndpoint endpoint)
    {
        Codec = codec;
        Endpoint = endpoint;
        _frequencyHz = frequencyHz;
        _encoder = codec.CreateEncoder();
        _decoder = codec.CreateDecoder();
        _frame = new short[codec.SamplesPerFrame];
    }

    public Codec Codec { get; }

    public MediaEndpoint Endpoint { get; }

    public MediaLeg Leg { get; set; } = null!;

    public bool IsSilent { get; set; }

    /// <summary>Whether packets and audio that come are kept; off to measure allocations.</summary>
    public bool Keeps { get; set; } = true;

    public List<short> Heard { get; } = [];

    public List<RtpPacket> Packets { get; } = [];

    public List<byte[]> Payloads { get; } = [];

    public int ControlPackets { get; private set; }

    public LegMediaConfig Agreement => new()
    {
        Codec = Codec, PayloadType = Math.Max(Codec.StaticPayloadType, 0), Rtp = Endpoint,
        SendEventPayloadType = MixingWorld.EventPayloadType,
    };

    /// <summary>Sends one packet of audio.</summary>
    public void Speak(Instant at)
    {
        unchecked
        {
            _timestamp += (uint)Codec.TicksPerFrame;
        }

        if (IsSilent)
        {
            return;
        }

        for (var i = 0; i < _frame.Length; i++, _spoken++)
        {
            _frame[i] = (short)(8_000 * Math.Sin(2 * Math.PI * _frequencyHz * _spoken / Codec.SampleRateHz));
        }

        var length = _encoder.Encode(_frame, _bytes.AsSpan(RtpPacket.HeaderBytes));
        Send(at, Math.Max(Codec.StaticPayloadType, 0), length, Endpoint);
    }

    /// <summary>Sends a packet with the given payload.</summary>
    public void Send(Instant at, int payloadType, ReadOnlySpan<byte> payload, MediaEndpoint from)
    {
        payload.CopyTo(_bytes.AsSpan(RtpPacket.HeaderBytes));
        Send(at, payloadType, payload.Length, from);
    }

    public void SendRtp(MediaEndpoint to, ReadOnlySpan<byte> packet)
    {
        if (!Keeps)
        {
            return;
        }

        Assert.Equal(Endpoint, to);
        Assert.Equal(RtpError.None, RtpPacket.TryParse(packet, out var header));
        Packets.Add(header);
        Payloads.Add(header.Payload(packet).ToArray());
        if (header.PayloadType != MixingWorld.EventPayloadType)
        {
            var samples = _decoder.Decode(header.Payload(packet), _decoded);
            Heard.AddRange(_decoded.AsSpan(0, samples));
        }
    }

    public void SendRtcp(MediaEndpoint to, bool isMuxed, ReadOnlySpan<byte> packet) => ControlPackets++;

    /// <summary>Level of a tone in the last half second heard, dBov.</summary>
    public double Level(double frequencyHz)
    {
        var samples = Codec.SampleRateHz / 2;
        return Heard.Count < samples ? -127 : Plateau.Media.Detection.ToneMeter.MeasureDbov(
            Heard.GetRange(Heard.Count - samples, samples).ToArray(), frequencyHz, Codec.SampleRateHz);
    }

    private void Send(Instant at, int payloadType, int length, MediaEndpoint from)
    {
        unchecked
        {
            var header = new RtpPacket(false, (byte)payloadType, _sequence++, _timestamp, 77);
            RtpWriter.WriteHeader(_bytes, header);
        }

        Leg.ReceiveRtp(at, at, from, _bytes.AsSpan(0, RtpPacket.HeaderBytes + length));
    }
}

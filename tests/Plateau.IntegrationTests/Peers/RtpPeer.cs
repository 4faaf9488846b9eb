using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Plateau.Contracts;
using Plateau.Media.Codecs;
using Plateau.Media.Dtmf;
using Plateau.Media.Mixing;
using Plateau.Media.Rtp;

namespace Plateau.IntegrationTests.Peers;

/// <summary>A party with real UDP sockets that speaks what it is given and keeps what it hears.</summary>
internal sealed class RtpPeer : IAsyncDisposable
{
    /// <summary>Payload type of its telephone events.</summary>
    internal const int EventPayloadType = 101;

    private readonly Lock _gate = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<short> _heard = [];
    private readonly List<(int Until, TaskCompletionSource Done)> _waiting = [];
    private readonly Channel<char> _digits = Channel.CreateUnbounded<char>();
    private readonly IAudioEncoder _encoder;
    private readonly IAudioDecoder _decoder;
    private readonly TelephoneEventReceiver _digitsIn;
    private readonly TelephoneEventSender _digitsOut;
    private readonly Task _work;
    private readonly int _payloadType;
    private readonly uint _ssrc = (uint)Random.Shared.Next();
    private short[] _speech = [];
    private int _spoken;
    private volatile IPEndPoint? _remote;
    private ushort _sequence = (ushort)Random.Shared.Next(0x1_0000);
    private uint _timestamp = (uint)Random.Shared.Next();
    private int _packetsReceived;

    internal RtpPeer(Codec codec, IPAddress? address = null)
    {
        Codec = codec;
        _payloadType = codec.StaticPayloadType >= 0 ? codec.StaticPayloadType : 96;
        _encoder = codec.CreateEncoder();
        _decoder = codec.CreateDecoder();
        _digitsIn = new TelephoneEventReceiver(codec.RtpClockHz);
        _digitsOut = new TelephoneEventSender(codec.RtpClockHz);
        _socket.Bind(new IPEndPoint(address ?? IPAddress.Loopback, 0));
        _work = Task.WhenAll(Task.Run(SendAsync), Task.Run(ReceiveAsync));
    }

    /// <summary>What it speaks and understands.</summary>
    internal Codec Codec { get; }

    /// <summary>Where it listens.</summary>
    internal IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Packets that came, of any kind.</summary>
    internal int PacketsReceived => Volatile.Read(ref _packetsReceived);

    /// <summary>Keys it was sent.</summary>
    internal ChannelReader<char> Digits => _digits.Reader;

    /// <summary>Our side's agreement with this peer.</summary>
    internal LegMediaConfig Agreement => new()
    {
        Codec = Codec, PayloadType = _payloadType, Rtp = MediaEndpoint.From(Local),
        SendEventPayloadType = EventPayloadType,
    };

    /// <summary>Begins to send there, every 20 ms.</summary>
    internal void Call(IPEndPoint remote) => _remote = remote;

    /// <summary>What it says from now on, again and again; empty is silence.</summary>
    /// <param name="pcm">At the codec's sample rate.</param>
    internal void Say(short[] pcm)
    {
        lock (_gate)
        {
            _speech = pcm;
            _spoken = 0;
        }
    }

    /// <summary>Says a sine for ever, -16 dBov.</summary>
    internal void SayTone(double frequencyHz) => Say(Sine(frequencyHz, Codec.SampleRateHz));

    /// <summary>Presses a key for 100 ms.</summary>
    internal void Press(char symbol)
    {
        lock (_gate)
        {
            Assert.True(DtmfDigit.TryParse(symbol, out var digit));
            _digitsOut.Enqueue(digit, 100);
        }
    }

    /// <summary>The next stretch of audio that reaches its ear, at the codec's sample rate.</summary>
    internal async Task<short[]> HearAsync(TimeSpan length, int skipMs = 200)
    {
        var samples = (int)(length.TotalSeconds * Codec.SampleRateHz);
        var skip = skipMs * Codec.SampleRateHz / 1_000;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int start;
        lock (_gate)
        {
            start = _heard.Count + skip;
            _waiting.Add((start + samples, done));
        }

        await done.Task.WaitAsync(length + TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        lock (_gate)
        {
            return [.. _heard.GetRange(start, samples)];
        }
    }

    /// <summary>One period-exact second of a sine at -16 dBov.</summary>
    internal static short[] Sine(double frequencyHz, int sampleRateHz)
    {
        var pcm = new short[sampleRateHz];
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = (short)Math.Round(7_344 * Math.Sin(2 * Math.PI * frequencyHz * i / sampleRateHz));
        }

        return pcm;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _socket.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (_remote is { } remote)
                {
                    var packet = NextPacket();
                    await _socket.SendToAsync(packet, remote, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private byte[] NextPacket()
    {
        lock (_gate)
        {
            _timestamp = unchecked(_timestamp + (uint)Codec.TicksPerFrame);
            var bytes = new byte[RtpPacket.HeaderBytes + CodecLimits.PayloadBytesMax];
            var frame = new short[Codec.SamplesPerFrame];
            for (var i = 0; i < frame.Length && _speech.Length > 0; i++)
            {
                frame[i] = _speech[_spoken++ % _speech.Length];
            }

            int length;
            if (_digitsOut.TryNext(_timestamp, out var key))
            {
                var header = new RtpPacket(key.IsMarked, EventPayloadType, NextSequence(), key.Timestamp, _ssrc);
                RtpWriter.WriteHeader(bytes, header);
                key.Event.Write(bytes.AsSpan(RtpPacket.HeaderBytes));
                length = TelephoneEvent.Bytes;
            }
            else
            {
                RtpWriter.WriteHeader(bytes, new RtpPacket(false, (byte)_payloadType, NextSequence(), _timestamp, _ssrc));
                length = _encoder.Encode(frame, bytes.AsSpan(RtpPacket.HeaderBytes));
            }

            return bytes[..(RtpPacket.HeaderBytes + length)];
        }
    }

    private ushort NextSequence() => unchecked(_sequence++);

    private async Task ReceiveAsync()
    {
        var buffer = new byte[2_048];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Hear(buffer.AsSpan(0, received.ReceivedBytes));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        if (RtpPacket.TryParse(bytes, out var packet) != RtpError.None)
        {
            return;
        }

        Interlocked.Increment(ref _packetsReceived);
        if (packet.PayloadType == EventPayloadType)
        {
            Span<DtmfSignal> signals = stackalloc DtmfSignal[TelephoneEventReceiver.SignalsMax];
            var count = _digitsIn.Receive(
                Instant.FromDateTimeOffset(DateTimeOffset.UtcNow), packet.Timestamp, packet.Payload(bytes), signals);
            foreach (var signal in signals[..count])
            {
                if (!signal.IsEnd)
                {
                    _digits.Writer.TryWrite(signal.Digit.Symbol);
                }
            }

            return;
        }

        Span<short> pcm = stackalloc short[CodecLimits.PacketSamplesMax];
        var samples = packet.PayloadType == _payloadType ? _decoder.Decode(packet.Payload(bytes), pcm) : 0;
        lock (_gate)
        {
            _heard.AddRange(pcm[..samples]);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_heard.Count >= _waiting[i].Until)
                {
                    _waiting[i].Done.TrySetResult();
                    _waiting.RemoveAt(i);
                }
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Sip;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;
using Plateau.Sip.Registration;
using Plateau.Sip.Sdp;

namespace Plateau.Server.Telephony.Softphones;

/// <summary>Any number of softphones on one UDP socket and one data plane: the command "call", the demo and the
/// tests.</summary>
/// <remarks>Its own SIP endpoint, quite apart from the server's: what it does, a telephone on another machine does
/// too.</remarks>
internal sealed class SoftphoneBank : ISipAdmission, IDisposable
{
    private const int DatagramBytesMax = 65_535;

    private readonly SoftphoneOptions _options;
    private readonly Socket _socket;
    private readonly SipEndpoint _endpoint;
    private readonly RtpDriver _media;
    private readonly IdSource _ids = new(1_023);
    private readonly BlockingCollection<Action> _work = [];
    private readonly List<SipOutput> _outputs = [];
    private readonly Dictionary<SipLegId, SoftphoneCall> _bySipLeg = [];
    private readonly ConcurrentDictionary<LegId, SoftphoneCall> _byLeg = new();
    private readonly Dictionary<string, TaskCompletionSource<int>> _registering = [];
    private readonly IPEndPoint _local;
    private readonly Thread _receiver;
    private readonly Thread _thread;
    private readonly Task _mediaEvents;

    /// <summary>Opens the socket and starts the threads.</summary>
    internal SoftphoneBank(SoftphoneOptions options)
    {
        _options = options;
        _socket = new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(options.Address, options.Port));
        _local = (IPEndPoint)_socket.LocalEndPoint!;
        var seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _endpoint = new SipEndpoint(
            new SipEndpointConfig { Product = "Plateau softphone", ContactUser = "softphone" }, this, new Prng(seed));
        _media = new RtpDriver(
            new RtpDriverOptions
            {
                Address = options.Address, PortMin = options.RtpPortMin, PortMax = options.RtpPortMax, Threads = 1,
                RecordingsFolder = options.RecordingsFolder,
            },
            NullLogger.Instance);
        _receiver = new Thread(Receive) { IsBackground = true, Name = "softphones receive" };
        _thread = new Thread(Run) { IsBackground = true, Name = "softphones" };
        _receiver.Start();
        _thread.Start();
        _mediaEvents = Task.Run(HearMedia);
    }

    /// <summary>A softphone is called. Told on the bank's thread: answer, ring or reject, at once or later.</summary>
    internal event Action<SoftphoneCall>? Offered;

    /// <summary>A recording is complete; the path is below the recordings folder.</summary>
    internal event Action<string>? Recorded;

    /// <summary>Where the softphones are reached.</summary>
    internal IPEndPoint Address => _local;

    private SipFlow Flow => new(SipTransport.Udp, _local, _options.Server);

    /// <summary>Registers an account; the task gives the final status: 200 when it is in force.</summary>
    internal Task<int> Register(string user, string secret, string domain)
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            _registering[user] = done;
            _endpoint.StartRegistration(
                Now(),
                new RegistrationConfig(user, SipUri.Sip(null, domain), SipUri.Sip(user, domain), Flow)
                {
                    Credentials = new DigestCredentials(user, secret),
                    ExpiresSeconds = 300,
                },
                _outputs);
        });
        return done.Task;
    }

    /// <summary>Takes a registration back.</summary>
    internal void Unregister(string user) => Post(() => _endpoint.StopRegistration(Now(), user, _outputs));

    /// <summary>Calls a number.</summary>
    /// <param name="user">Who calls: a number shown, or an account.</param>
    /// <param name="number">The number.</param>
    /// <param name="secret">The account's password, if the server asks.</param>
    /// <returns>The call; null when all RTP ports are taken.</returns>
    internal SoftphoneCall? Call(string user, string number, string? secret = null)
    {
        if (_media.TryOpen(new LegId(NextId()), new CallId(NextId())) is not { } media)
        {
            return null;
        }

        var call = new SoftphoneCall(this, media, user, number);
        _byLeg[media.Id] = call;
        Post(() => Begin(call, number, secret));
        return call;
    }

    /// <summary>Answers, with the description that the caller's offer leaves.</summary>
    internal void Answer(SoftphoneCall call) => Post(() =>
    {
        call.Local = Local(call);
        SdpSession? answer = null;
        SdpAgreement? agreement = null;
        if (!SdpParser.TryParse(call.RemoteOffer.Span, out var offer, out _)
            || SdpNegotiation.Answer(offer, call.Local, out answer, out agreement) != SdpRefusal.None)
        {
            _endpoint.Apply(Now(), call.Leg, new SipReject(488), _outputs);
            return;
        }

        Agree(call, agreement!);
        _endpoint.Apply(Now(), call.Leg, new SipAnswer(SdpWriter.ToBytes(answer!)), _outputs);
    });

    internal void Do(SoftphoneCall call, SipLegInput input) =>
        Post(() => _endpoint.Apply(Now(), call.Leg, input, _outputs));

    /// <inheritdoc/>
    public SipAdmission Admit(Instant now, SipFlow flow, SipRequest request) =>
        flow.Remote.Equals(_options.Server) ? SipAdmission.Trusted("server") : SipAdmission.Dropped;

    /// <inheritdoc/>
    public bool AnswersMalformed(SipFlow flow) => false;

    /// <summary>Ends everything at once; calls that are up are simply gone.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _socket.Dispose();
        _receiver.Join();
        _media.Dispose();
        _mediaEvents.Wait();
        _work.Dispose();
    }

    private static Instant Now() => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    private ulong NextId()
    {
        lock (_ids)
        {
            return _ids.Next(Now());
        }
    }

    private SdpLocal Local(SoftphoneCall call) =>
        new(_local.Address.ToString(), call.Media.Port, MediaAgreement.Codecs(_options.Codecs));

    private void Begin(SoftphoneCall call, string number, string? secret)
    {
        call.Local = Local(call);
        call.Offer = SdpNegotiation.Offer(call.Local);
        var host = _options.Server.Address.ToString();
        var outgoing = new OutgoingCall(
            SipUri.Sip(number, host, _options.Server.Port), Flow, new NameAddress(SipUri.Sip(call.User, host)),
            SdpWriter.ToBytes(call.Offer))
        {
            Credentials = secret is null ? null : new DigestCredentials(call.User, secret),
            SilenceMax = _options.SilenceMax,
        };
        call.Leg = _endpoint.Invite(Now(), outgoing, _outputs);
        _bySipLeg[call.Leg] = call;
    }

    private void Post(Action work)
    {
        if (!_work.IsAddingCompleted)
        {
            _work.Add(work);
        }
    }

    private void Run()
    {
        while (!_work.IsCompleted)
        {
            var wait = _endpoint.NextDeadline.IsNever ? TimeSpan.FromSeconds(1) : _endpoint.NextDeadline - Now();
            var milliseconds = (int)Math.Clamp(wait.TotalMilliseconds, 0, 1_000);
            if (_work.TryTake(out var work, milliseconds))
            {
                work();
            }

            _endpoint.Tick(Now(), _outputs);
            Flush();
        }
    }

    private void Flush()
    {
        // Handling an output may append further ones.
        for (var i = 0; i < _outputs.Count; i++)
        {
            Handle(_outputs[i]);
        }

        _outputs.Clear();
    }

    private void Handle(SipOutput output)
    {
        switch (output)
        {
            case SendBytes send:
                Send(send);
                break;
            case RegistrationGranted granted:
                _registering.GetValueOrDefault(granted.Registration)?.TrySetResult(200);
                break;
            case RegistrationRefused refused:
                _registering.GetValueOrDefault(refused.Registration)?.TrySetResult(refused.Status);
                break;
            case DialogOffered offered:
                Accept(offered);
                break;
            case SipLegOutput leg when _bySipLeg.TryGetValue(leg.Leg, out var call):
                Handle(call, leg);
                break;
        }
    }

    private void Send(SendBytes send)
    {
        try
        {
            _socket.SendTo(send.Bytes.Span, SocketFlags.None, send.Flow.Remote);
        }
        catch (SocketException)
        {
            // No way to the server, or none now: a lost datagram like any other, the transaction's timers deal with it.
        }
    }

    private void Accept(DialogOffered offered)
    {
        if (_media.TryOpen(new LegId(NextId()), new CallId(NextId())) is not { } media)
        {
            _endpoint.Apply(Now(), offered.Leg, new SipReject(503), _outputs);
            return;
        }

        var call = new SoftphoneCall(
            this, media, CalledUser(offered.Call), offered.Call.From.Uri.DecodedUser ?? "")
        {
            Leg = offered.Leg, RemoteOffer = offered.Call.Offer,
        };
        _byLeg[media.Id] = call;
        _bySipLeg[offered.Leg] = call;
        Offered?.Invoke(call);
    }

    /// <summary>The contact is one for all accounts of the bank: which of them is called stands in To.</summary>
    private static string CalledUser(IncomingCall call) =>
        call.Request.Headers.To?.Uri.DecodedUser ?? call.Called.DecodedUser ?? "";

    private void Handle(SoftphoneCall call, SipLegOutput output)
    {
        switch (output)
        {
            case DialogProgressed progressed:
                Conclude(call, progressed.Sdp);
                call.Tell(new Rings(!progressed.Sdp.IsEmpty));
                break;
            case DialogAnswered answered:
                Conclude(call, answered.Sdp);
                call.Tell(new Connected(call.Media.Config?.Codec.Name ?? "none"));
                break;
            case DialogConfirmed:
                call.Tell(new Connected(call.Media.Config?.Codec.Name ?? "none"));
                break;
            case OfferReceived offer:
                Reoffered(call, offer.Sdp);
                break;
            case DigitReceived digit:
                call.Tell(new DigitHeard(digit.Digit));
                break;
            case ReferReceived:
                _endpoint.Apply(Now(), call.Leg, new SipRejectRefer(), _outputs);
                break;
            case DialogEnded ended:
                _bySipLeg.Remove(call.Leg);
                _ = Close(call, ended.End);
                break;
        }
    }

    private async Task Close(SoftphoneCall call, SipLegEnd end)
    {
        var quality = await call.Media.CloseAsync();
        _byLeg.TryRemove(call.Media.Id, out _);
        call.Tell(new Ended(end, quality.PacketsReceived + quality.PacketsSent > 0 ? quality : null));
    }

    private void Conclude(SoftphoneCall call, ReadOnlyMemory<byte> sdp)
    {
        if (!sdp.IsEmpty && call.Offer is { } offer
            && SdpParser.TryParse(sdp.Span, out var answer, out _)
            && SdpNegotiation.Conclude(offer, answer, call.Local!, out var agreement) == SdpRefusal.None)
        {
            Agree(call, agreement!);
        }
    }

    private void Reoffered(SoftphoneCall call, ReadOnlyMemory<byte> sdp)
    {
        call.Local = call.Local! with { Version = call.Local.Version + 1 };
        if (sdp.IsEmpty)
        {
            call.Offer = SdpNegotiation.Offer(call.Local);
            _endpoint.Apply(Now(), call.Leg, new SipAnswerOffer(SdpWriter.ToBytes(call.Offer)), _outputs);
        }
        else if (SdpParser.TryParse(sdp.Span, out var offer, out _)
            && SdpNegotiation.Answer(offer, call.Local, out var answer, out var agreement) == SdpRefusal.None)
        {
            Agree(call, agreement!);
            _endpoint.Apply(Now(), call.Leg, new SipAnswerOffer(SdpWriter.ToBytes(answer!)), _outputs);
        }
        else
        {
            _endpoint.Apply(Now(), call.Leg, new SipRejectOffer(), _outputs);
        }
    }

    private void Agree(SoftphoneCall call, SdpAgreement agreement)
    {
        if (MediaAgreement.ToMedia(agreement, _options.Server.Address, mayBeBehindNat: false) is { } media)
        {
            call.Media.Configure(media);
        }
    }

    private void Receive()
    {
        var buffer = new byte[DatagramBytesMax];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                var bytes = _socket.ReceiveFrom(buffer, ref from);
                var message = buffer.AsMemory(0, bytes).ToArray();
                var flow = new SipFlow(SipTransport.Udp, _local, (IPEndPoint)from);
                Post(() => _endpoint.Receive(Now(), flow, message, _outputs));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                continue; // The server's port was closed when we sent: the transaction's timers deal with it.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task HearMedia()
    {
        await foreach (var happened in _media.Events.ReadAllAsync())
        {
            if (happened is RecordingStored stored)
            {
                Recorded?.Invoke(stored.Recording.Path);
            }

            if (_byLeg.TryGetValue(happened.Leg, out var call) && Translate(happened) is { } told)
            {
                call.Tell(told);
            }
        }
    }

    private static SoftphoneEvent? Translate(MediaEvent happened) => happened switch
    {
        DigitBegan digit => new DigitHeard(digit.Digit),
        PlaybackFinished played => new Played(played.Completed),
        MediaStarted => new AudioArrived(),
        SpeechStarted => new SpeechHeard(true),
        SpeechStopped => new SpeechHeard(false),
        _ => null,
    };
}

using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Mixing;
using Plateau.Server.Hosting;
using Plateau.Server.Telephony;
using Plateau.Server.Telephony.Softphones;
using Plateau.Sip;
using Plateau.Sip.Messages;
using Plateau.Sip.Sdp;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>The telephony of the server with a scripted centre, softphones as carrier and as phones, over real
/// sockets.</summary>
public sealed class LegDriverTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TenantId Tenant = new("house");
    private static readonly PhoneId Desk = new("poste-01");

    private readonly TemporaryFolder _folder = new();
    private readonly Channel<CentreInput> _inputs = Channel.CreateUnbounded<CentreInput>();
    private readonly List<SoftphoneBank> _banks = [];
    private readonly TelephonyFloor _floor;
    private readonly SoftphoneBank _carrier;
    private readonly int _carrierPort = FreePort.Udp();
    private readonly int _silentPort = FreePort.Udp();
    private readonly int _sipPort;
    private ulong _lastId = 1_000;

    public LegDriverTests()
    {
        _sipPort = FreePort.Udp();
        var rtp = FreePort.Range(40);
        var config = new ServerConfig
        {
            Sip = new SipServerConfig
            {
                Listeners = [new SipListenerConfig(SipTransportKind.Udp, "127.0.0.1", _sipPort)],
                Domain = "plateau.example",
            },
            Rtp = new RtpServerConfig { Address = "127.0.0.1", PortMin = rtp, PortMax = rtp + 39, Threads = 1 },
            Tenants = [],
        };
        var folders = new ServerFolders(_folder.Path, _folder.Path, _folder.Path, _folder.Path);
        _floor = TelephonyFloor.Open(config, folders, node: 7, NullLogger.Instance);
        _carrier = Bank(_carrierPort);
        Configure(Trunk());
    }

    public void Dispose()
    {
        _banks.ForEach(bank => bank.Dispose());
        _floor.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_call_from_the_carrier_is_offered_answered_bridged_to_a_phone_and_heard()
    {
        var phone = await RegisteredPhone();
        var rung = NextCall(phone);
        var caller = _carrier.Call("0639980001", "0199001000")!;
        var offered = await Next<LegOffered>();
        Assert.Equal(("0639980001", "+33199001000", "carrier"), (offered.Caller, offered.Called, offered.Trunk?.Value));
        Do(new RingLeg(offered.Leg));
        await Until<Rings>(caller);
        Do(new AnswerLeg(offered.Leg));
        Assert.Equal(offered.Leg, (await Next<LegAnswered>()).Leg);
        await caller.WhenConnected.WaitAsync(Limit);

        var agent = Originate(new LegTarget(Desk, null));
        var callee = await rung;
        Assert.Equal("0639980001", callee.Party);
        callee.Ring();
        Assert.Equal(agent, (await Next<LegRinging>()).Leg);
        callee.Answer();
        Assert.Equal(agent, (await Next<LegAnswered>()).Leg);
        Do(new JoinBridge(offered.Leg, new BridgeId(1), LegRole.Customer));
        Do(new JoinBridge(agent, new BridgeId(1), LegRole.Agent));
        callee.Say([TestTone(1_000)], again: true);
        caller.SendDigits("7");
        Assert.Equal(new LegDigit(offered.Leg, '7'), await Next<LegDigit>());
        caller.Say([TestTone(440)]);
        await Until<Played>(caller);

        caller.HangUp();
        var cleared = await Next<LegCleared>();
        Assert.Equal((offered.Leg, ClearingCause.Normal, true), (cleared.Leg, cleared.Cause, cleared.ByParty));
        Assert.True(cleared.Quality?.PacketsReceived > 0 && cleared.Quality.PacketsSent > 0);
        Do(new ClearLeg(agent, ClearingCause.Normal));
        Assert.Equal(SipSide.Remote, (await callee.WhenEnded.WaitAsync(Limit)).End.Side);
        var second = await Next<LegCleared>();
        Assert.Equal((agent, ClearingCause.Normal, false), (second.Leg, second.Cause, second.ByParty));
        Assert.Equal(0, await _floor.Sip.AskAsync(() => _floor.Sip.Legs.Count));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_as_abandoned_and_leaves_nothing_behind()
    {
        var caller = _carrier.Call("0639980001", "0199001000")!;
        var offered = await Next<LegOffered>();
        Do(new RingLeg(offered.Leg));
        await Until<Rings>(caller);
        caller.HangUp();
        var cleared = await Next<LegCleared>();
        Assert.Equal((offered.Leg, ClearingCause.Abandoned, true), (cleared.Leg, cleared.Cause, cleared.ByParty));
    }

    [Fact]
    public async Task A_centre_that_refuses_a_call_chooses_what_the_caller_hears()
    {
        var caller = _carrier.Call("0639980001", "0199009999")!;
        var offered = await Next<LegOffered>();
        Do(new ClearLeg(offered.Leg, ClearingCause.UnknownNumber));
        Assert.Equal(404, (await caller.WhenEnded.WaitAsync(Limit)).End.Status);
        Assert.Equal(ClearingCause.UnknownNumber, (await Next<LegCleared>()).Cause);
    }

    [Fact]
    public async Task All_devices_of_a_phone_ring_and_the_first_that_answers_has_the_call()
    {
        var desk = await RegisteredPhone();
        var mobile = await RegisteredPhone();
        var (atDesk, atMobile) = (NextCall(desk), NextCall(mobile));
        var leg = Originate(new LegTarget(Desk, null));
        var first = await atDesk;
        var second = await atMobile;
        second.Answer();
        Assert.Equal(leg, (await Next<LegAnswered>()).Leg);
        var ended = await first.WhenEnded.WaitAsync(Limit);
        Assert.Equal(SipEndCause.Cancelled, ended.End.Cause);
        Do(new ClearLeg(leg, ClearingCause.Normal));
        await second.WhenEnded.WaitAsync(Limit);
        Assert.Equal(leg, (await Next<LegCleared>()).Leg);
    }

    [Fact]
    public async Task A_nailed_up_phone_rings_once_and_takes_the_next_calls_without_ringing()
    {
        var phone = await RegisteredPhone("poste-04");
        var rung = NextCall(phone);
        var first = Originate(new LegTarget(new PhoneId("poste-04"), null));
        var line = await rung;
        line.Answer();
        Assert.Equal(first, (await Next<LegAnswered>()).Leg);
        Do(new ClearLeg(first, ClearingCause.Normal));
        Assert.Equal(first, (await Next<LegCleared>()).Leg);

        var second = Originate(new LegTarget(new PhoneId("poste-04"), null));
        Assert.Equal(second, (await Next<LegAnswered>()).Leg);
        Assert.False(line.WhenEnded.IsCompleted);
        line.SendDigits("3");
        Assert.Equal(new LegDigit(second, '3'), await Next<LegDigit>());
        line.HangUp();
        var cleared = await Next<LegCleared>();
        Assert.Equal((second, ClearingCause.Normal, true), (cleared.Leg, cleared.Cause, cleared.ByParty));
    }

    [Fact]
    public async Task A_nailed_up_phone_that_hangs_up_between_calls_is_rung_again()
    {
        var phone = await RegisteredPhone("poste-04");
        var rung = NextCall(phone);
        var first = Originate(new LegTarget(new PhoneId("poste-04"), null));
        var line = await rung;
        line.Answer();
        await Next<LegAnswered>();
        Do(new ClearLeg(first, ClearingCause.Normal));
        await Next<LegCleared>();
        line.HangUp();
        await line.WhenEnded.WaitAsync(Limit);

        var again = NextCall(phone);
        var second = Originate(new LegTarget(new PhoneId("poste-04"), null));
        (await again).Answer();
        Assert.Equal(second, (await Next<LegAnswered>()).Leg);
    }

    [Fact]
    public async Task A_tone_before_the_answer_is_heard_as_early_media_and_a_recording_ends_with_its_leg()
    {
        var caller = _carrier.Call("0639980001", "0199001000")!;
        var offered = await Next<LegOffered>();
        Do(new PlayTone(offered.Leg, LegTone.Ringback));
        await Until<AudioArrived>(caller);
        Do(new AnswerLeg(offered.Leg));
        await Next<LegAnswered>();
        Do(new StartRecording(new CallId(5), new RecordingId(9), offered.Leg));
        caller.Say([TestTone(440)]);
        await Until<Played>(caller);
        Do(new StopRecording(new CallId(5), new RecordingId(9)));
        var finished = await Next<RecordingFinished>();
        Assert.Equal((new CallId(5), new RecordingId(9)), (finished.Call, finished.Recording.Recording));
        Assert.True(File.Exists(Path.Combine(_folder.Path, finished.Recording.Path)));
        Assert.True(finished.Recording.Duration > TimeSpan.FromMilliseconds(300));
        Do(new PlayPrompts(offered.Leg, new PlaybackId(3), [new(null, "Bonjour", "fr")]));
        Assert.Equal(new PlaybackEnded(offered.Leg, new PlaybackId(3), Completed: false), await Next<PlaybackEnded>());
        Do(new ClearLeg(offered.Leg, ClearingCause.FlowEnded));
        Assert.Equal(ClearingCause.FlowEnded, (await Next<LegCleared>()).Cause);
    }

    [Fact]
    public async Task A_party_that_holds_us_and_takes_us_back_is_told()
    {
        var (caller, leg) = await AnsweredCall();
        _carrier.Do(caller, new SipReoffer(Describe(caller, SdpDirection.SendOnly)));
        Assert.Equal(new LegHeldByParty(leg, true), await Next<LegHeldByParty>());
        _carrier.Do(caller, new SipReoffer(Describe(caller, SdpDirection.SendReceive)));
        Assert.Equal(new LegHeldByParty(leg, false), await Next<LegHeldByParty>());
    }

    [Fact]
    public async Task A_party_that_asks_for_a_transfer_names_target_and_the_leg_to_be_replaced()
    {
        var (first, leg) = await AnsweredCall();
        var target = new NameAddress(SipUri.Sip("0199003000", "127.0.0.1"));
        _carrier.Do(first, new SipRefer(target));
        Assert.Equal(new LegTransferRequested(leg, "0199003000"), await Next<LegTransferRequested>());
        Do(new AnswerTransfer(leg, Accepted: true));
        first.HangUp();
        Assert.Equal(leg, (await Next<LegCleared>()).Leg);
    }

    private async Task<(SoftphoneCall Caller, LegId Leg)> AnsweredCall()
    {
        var caller = _carrier.Call("0639980001", "0199001000")!;
        var offered = await Next<LegOffered>();
        Do(new AnswerLeg(offered.Leg));
        await Next<LegAnswered>();
        await caller.WhenConnected.WaitAsync(Limit);
        return (caller, offered.Leg);
    }

    private static byte[] Describe(SoftphoneCall call, SdpDirection direction) =>
        SdpWriter.ToBytes(SdpNegotiation.Offer(call.Local! with { Direction = direction, Version = 9 }));

    [Fact]
    public async Task A_busy_phone_an_unregistered_one_and_one_that_rings_too_long_are_told_apart()
    {
        Originate(new LegTarget(new PhoneId("poste-02"), null));
        Assert.Equal(ClearingCause.Unreachable, (await Next<LegCleared>()).Cause);

        var phone = await RegisteredPhone();
        phone.Offered += call => call.Reject(486);
        Originate(new LegTarget(Desk, null));
        var busy = await Next<LegCleared>();
        Assert.Equal((ClearingCause.Busy, true, 486), (busy.Cause, busy.ByParty, busy.SipStatus));

        var other = await RegisteredPhone("poste-03");
        other.Offered += call => call.Ring();
        Originate(new LegTarget(new PhoneId("poste-03"), null), ringMax: TimeSpan.FromSeconds(1));
        var silent = await Next<LegCleared>();
        Assert.Equal((ClearingCause.NoAnswer, false), (silent.Cause, silent.ByParty));
    }

    [Fact]
    public async Task A_call_out_goes_over_the_next_host_when_the_first_is_silent()
    {
        Configure(Trunk() with
        {
            Hosts =
            [
                new TrunkHostConfig("127.0.0.1", _silentPort, Priority: 0),
                new TrunkHostConfig("127.0.0.1", _carrierPort, Priority: 1),
            ],
        });
        var called = NextCall(_carrier);
        var leg = Originate(new LegTarget(null, "+33199002000"));
        var callee = await called;
        Assert.Equal(("0199002000", "0199001000"), (callee.User, callee.Party));
        callee.Answer();
        Assert.Equal(leg, (await Next<LegAnswered>()).Leg);
        callee.HangUp();
        Assert.Equal(ClearingCause.Normal, (await Next<LegCleared>()).Cause);
    }

    [Fact]
    public async Task A_full_trunk_refuses_callers_and_takes_no_call_out()
    {
        Configure(Trunk() with { CallsMax = 1 });
        var first = _carrier.Call("0639980001", "0199001000")!;
        await Next<LegOffered>();
        var second = await _carrier.Call("0639980002", "0199001000")!.WhenEnded.WaitAsync(Limit);
        Assert.Equal(503, second.End.Status);
        Originate(new LegTarget(null, "+33199002000"));
        Assert.Equal(ClearingCause.Congestion, (await Next<LegCleared>()).Cause);
        first.HangUp();
        Assert.Equal(ClearingCause.Abandoned, (await Next<LegCleared>()).Cause);
        var third = _carrier.Call("0639980003", "0199001000")!;
        await Next<LegOffered>();
        third.HangUp();
        await Next<LegCleared>();
    }

    [Fact]
    public async Task A_phone_with_a_wrong_password_is_not_registered_and_cannot_be_rung()
    {
        var status = await Bank(0).Register(Desk.Value, "wrong", "plateau.example").WaitAsync(Limit);
        Assert.Equal(401, status);
        Originate(new LegTarget(Desk, null));
        Assert.Equal(ClearingCause.Unreachable, (await Next<LegCleared>()).Cause);
    }

    [Fact]
    public async Task A_call_without_a_common_codec_is_refused_before_the_centre_hears_of_it()
    {
        var bank = new SoftphoneBank(Options(0) with { Codecs = ["PCMU"] });
        _banks.Add(bank);
        Configure(Trunk() with { Codecs = ["G722"], AllowedSources = ["127.0.0.1"] });
        var ended = await bank.Call("0639980001", "0199001000")!.WhenEnded.WaitAsync(Limit);
        Assert.Equal(488, ended.End.Status);
    }

    private static AudioClip TestTone(double frequencyHz) =>
        new([.. Enumerable.Range(0, 4_000).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * frequencyHz * i / 8_000)))], 8_000);

    private static async Task Until<T>(SoftphoneCall call)
        where T : SoftphoneEvent
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var happened in call.Events.ReadAllAsync(limit.Token))
        {
            if (happened is T)
            {
                return;
            }
        }

        Assert.Fail($"the call ended without {typeof(T).Name}");
    }

    private static Task<SoftphoneCall> NextCall(SoftphoneBank bank)
    {
        var next = new TaskCompletionSource<SoftphoneCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        bank.Offered += call => next.TrySetResult(call);
        return next.Task.WaitAsync(Limit);
    }

    private TrunkConfig Trunk() => new()
    {
        Id = new TrunkId("carrier"),
        Hosts = [new TrunkHostConfig("127.0.0.1", _carrierPort)],
        InboundRules = [new NumberRuleConfig("0([1-9][0-9]{8})", "+33$1")],
        OutboundRules = [new NumberRuleConfig(@"\+33([0-9]{9})", "0$1")],
        CallerIdAllowed = ["0199001"],
        CallerIdDefault = "0199001000",
        ProbeS = 0,
    };

    private void Configure(TrunkConfig trunk)
    {
        var config = new CentreConfig
        {
            Tenant = Tenant,
            Trunks = [trunk],
            Phones =
            [
                .. new[] { "poste-01", "poste-02", "poste-03" }.Select(
                    name => new PhoneConfig { Id = new PhoneId(name), Secret = "secret", Codecs = ["PCMA"] }),
                new PhoneConfig { Id = new PhoneId("poste-04"), Secret = "secret", IsNailedUp = true },
            ],
        };
        _floor.Sip.Configure(new TelephonyTenant(config, _inputs.Writer.TryWrite, null));
    }

    private SoftphoneOptions Options(int port)
    {
        var rtp = FreePort.Range(20);
        return new SoftphoneOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, _sipPort),
            Port = port,
            RtpPortMin = rtp,
            RtpPortMax = rtp + 19,
            RecordingsFolder = _folder.Path,
        };
    }

    private SoftphoneBank Bank(int port)
    {
        var bank = new SoftphoneBank(Options(port));
        _banks.Add(bank);
        return bank;
    }

    private async Task<SoftphoneBank> RegisteredPhone(string name = "poste-01")
    {
        var bank = Bank(0);
        Assert.Equal(200, await bank.Register(name, "secret", "plateau.example").WaitAsync(Limit));
        return bank;
    }

    private LegId Originate(LegTarget target, TimeSpan? ringMax = null)
    {
        var leg = new LegId(++_lastId);
        Do(new OriginateLeg(leg, new CallId(1), target, "0639980001", "", ringMax ?? TimeSpan.FromSeconds(30)));
        return leg;
    }

    private void Do(CentreEffect effect) => _floor.Sip.Perform(Tenant, effect);

    private async Task<T> Next<T>()
        where T : CentreInput
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var input in _inputs.Reader.ReadAllAsync(limit.Token))
        {
            if (input is T wanted)
            {
                return wanted;
            }

            Assert.True(input is PhonePresence or LegRinging, $"{input} came instead of {typeof(T).Name}");
        }

        throw new InvalidOperationException("unreachable: the channel is never completed");
    }
}

using System.Net;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Audio;
using Plateau.Media.Detection;
using Plateau.Media.Mixing;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>Two banks of softphones call each other: our SIP and our media against themselves, over real
/// sockets.</summary>
public sealed class SoftphoneTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Two_softphones_hear_each_other_and_both_learn_who_hung_up()
    {
        using var folder = new TemporaryFolder();
        var (leftPort, rightPort) = (FreePort.Udp(), FreePort.Udp());
        using var left = Bank(leftPort, rightPort, folder.Path);
        using var right = Bank(rightPort, leftPort, folder.Path);
        var offered = new TaskCompletionSource<SoftphoneCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        right.Offered += call => offered.TrySetResult(call);
        var recorded = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        left.Recorded += path => recorded.TrySetResult(path);

        var caller = left.Call("0639980001", "0199001000")!;
        var callee = await offered.Task.WaitAsync(Limit);
        callee.Ring();
        callee.Answer();
        await caller.WhenConnected.WaitAsync(Limit);
        await callee.WhenConnected.WaitAsync(Limit);
        caller.Record("caller.wav");
        caller.Say([Tone(440)], again: true);
        callee.Say([Tone(1_000)], again: true);
        callee.Media.SendDigits("5");
        await Until<DigitHeard>(caller);
        await Until<AudioArrived>(callee);
        callee.Say([Tone(1_000)]);
        await Until<Played>(callee, played => played.Completed);
        callee.HangUp();

        var ended = await caller.WhenEnded.WaitAsync(Limit);
        Assert.Equal(Plateau.Sip.SipSide.Remote, ended.End.Side);
        Assert.Equal(Plateau.Sip.SipSide.Local, (await callee.WhenEnded.WaitAsync(Limit)).End.Side);
        Assert.NotNull(ended.Quality);
        var wav = WavParser.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder.Path, await recorded.Task.WaitAsync(Limit))), out _)!;
        var heard = wav.Samples.Where((_, i) => i % 2 == 0).ToArray();
        Assert.True(ToneMeter.MeasureDbov(heard, 1_000, wav.SampleRateHz) > -30);
        Assert.True(ToneMeter.MeasureDbov(heard, 440, wav.SampleRateHz) < -60);
    }

    [Fact]
    public async Task A_refused_call_ends_with_the_status_that_refused_it()
    {
        using var folder = new TemporaryFolder();
        var (leftPort, rightPort) = (FreePort.Udp(), FreePort.Udp());
        using var left = Bank(leftPort, rightPort, folder.Path);
        using var right = Bank(rightPort, leftPort, folder.Path);
        right.Offered += call => call.Reject(486);

        var ended = await left.Call("0639980001", "0199001000")!.WhenEnded.WaitAsync(Limit);

        Assert.Equal(486, ended.End.Status);
        Assert.Equal(Plateau.Sip.SipSide.Remote, ended.End.Side);
    }

    private static SoftphoneBank Bank(int port, int serverPort, string folder)
    {
        var rtp = FreePort.Range(20);
        return new SoftphoneBank(new SoftphoneOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, serverPort),
            Port = port,
            RtpPortMin = rtp,
            RtpPortMax = rtp + 19,
            RecordingsFolder = folder,
        });
    }

    private static AudioClip Tone(double frequencyHz) =>
        new([.. Enumerable.Range(0, 4_000).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * frequencyHz * i / 8_000)))], 8_000);

    private static async Task Until<T>(SoftphoneCall call, Func<T, bool>? when = null)
        where T : SoftphoneEvent
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var happened in call.Events.ReadAllAsync(limit.Token))
        {
            if (happened is T wanted && when?.Invoke(wanted) != false)
            {
                return;
            }
        }

        Assert.Fail($"the call ended without {typeof(T).Name}");
    }
}

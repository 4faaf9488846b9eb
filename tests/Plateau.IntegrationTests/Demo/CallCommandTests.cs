using System.Net;
using System.Text.Json.Nodes;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Audio;
using Plateau.Media.Detection;
using Plateau.Media.Mixing;
using Plateau.Server.Cli;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.IntegrationTests.Demo;

/// <summary>"plateau call" against a softphone that plays the server: real SIP and RTP, exit codes, what is
/// heard.</summary>
public sealed class CallCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Udp();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_that_is_answered_presses_keys_records_what_it_hears_and_exits_with_0()
    {
        var caller = FreePort.Udp();
        using var server = Server(caller);
        var keys = new TaskCompletionSource<char>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Offered += call =>
        {
            call.Ring();
            call.Answer();
            _ = Serve(call, keys);
        };

        var code = await Call(caller, "--dtmf", "7", "--record", _folder["heard.wav"]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal('7', await keys.Task.WaitAsync(Limit));
        var wav = WavParser.Parse(await File.ReadAllBytesAsync(_folder["heard.wav"]), out _)!;
        Assert.Equal(1, wav.Channels);
        Assert.True(ToneMeter.MeasureDbov(wav.Samples, 1_000, wav.SampleRateHz) > -30);
        Assert.Equal(
            ["dialled", "rings", "connected", "pressed", "ended", "quality", "heard", "recorded"],
            Events().Where(e => e is not ("audio" or "speechBegan" or "speechEnded")));
        Assert.Equal("remote", Event("ended")["side"]!.GetValue<string>());
        Assert.InRange(Event("heard")["levelDbov"]!.GetValue<double>(), -25, -5);
    }

    [Fact]
    public async Task A_call_that_is_to_last_a_time_is_hung_up_by_us()
    {
        var caller = FreePort.Udp();
        using var server = Server(caller);
        server.Offered += call => call.Answer();

        var code = await Call(caller, "--for", "0.2s");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("local", Event("ended")["side"]!.GetValue<string>());
        Assert.Equal(0, Event("heard")["soundSeconds"]!.GetValue<double>());
    }

    [Theory]
    [InlineData(486, ExitCode.CallBusy)]
    [InlineData(404, ExitCode.CallRefused)]
    [InlineData(403, ExitCode.CallUnauthorised)]
    [InlineData(408, ExitCode.CallUnreachable)]
    public async Task A_refusal_has_its_exit_code(int status, int code)
    {
        var caller = FreePort.Udp();
        using var server = Server(caller);
        server.Offered += call => call.Reject(status);

        Assert.Equal(code, await Call(caller));
        Assert.Equal(status, Event("ended")["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task Wrong_keys_and_times_are_wrong_usage()
    {
        Assert.Equal(ExitCode.Usage, await Call(0, "--dtmf", "1;2"));
        Assert.Equal(ExitCode.Usage, await Call(0, "--for", "soon"));
    }

    /// <summary>Plays a tone until a key comes, and hangs up.</summary>
    private static async Task Serve(SoftphoneCall call, TaskCompletionSource<char> keys)
    {
        call.Say([Tone()], again: true);
        await foreach (var happened in call.Events.ReadAllAsync())
        {
            if (happened is DigitHeard digit)
            {
                keys.TrySetResult(digit.Digit);
                call.HangUp();
            }
        }
    }

    private Task<int> Call(int port, params string[] more) => CommandLine.RunAsync(
        ["call", "0199001000", "--server", $"127.0.0.1:{_port}", "--port", $"{port}", "--json", "--lang", "en", .. more],
        _output, _error).WaitAsync(Limit);

    private SoftphoneBank Server(int caller)
    {
        var rtp = FreePort.Range(20);
        return new SoftphoneBank(new SoftphoneOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, caller), Port = _port, RtpPortMin = rtp, RtpPortMax = rtp + 19,
            RecordingsFolder = _folder.Path,
        });
    }

    private IReadOnlyList<string> Events() => [.. Lines().Select(l => l["event"]!.GetValue<string>())];

    private JsonNode Event(string name) => Lines().Single(l => l["event"]!.GetValue<string>() == name);

    private List<JsonNode> Lines() =>
        [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    private static AudioClip Tone() => new(
        [.. Enumerable.Range(0, 8_000).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * 1_000 * i / 8_000)))], 8_000);
}

using System.Net;
using Plateau.Media.Audio;
using Plateau.Server.Telephony;
using Plateau.Server.Telephony.Softphones;
using Plateau.Sip;

namespace Plateau.Server.Cli;

/// <summary>Places one call, reports what happens in it, and says how it went.</summary>
internal sealed class CallRun(CallOrder order, CallReport report)
{
    private const string HeardFile = "heard.wav";

    /// <summary>A server that says nothing at all to an INVITE for so long is not there.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SpeechPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RecordingMax = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _acts = Task.CompletedTask;
    private bool _isRecording;
    private bool _wasConnected;
    private bool _isHearing;

    /// <summary>The exit code.</summary>
    /// <param name="hangUp">Cancelled to end the call; what is then reported is still waited for.</param>
    public async Task<int> RunAsync(CancellationToken hangUp)
    {
        var folder = Directory.CreateTempSubdirectory("plateau-call-");
        try
        {
            using var bank = new SoftphoneBank(Options(folder.FullName));
            bank.Recorded += _ => _recorded.TrySetResult();
            report.Dialled(order);
            var call = bank.Call(order.From, order.Number, order.Secret);
            if (call is null)
            {
                return ExitCode.Failed;
            }

            using var hangingUp = hangUp.Register(call.HangUp);
            await foreach (var happened in call.Events.ReadAllAsync(CancellationToken.None))
            {
                Take(call, happened);
            }

            var ended = await call.WhenEnded;
            await _over.CancelAsync();
            await _acts;
            await Heard(Path.Combine(folder.FullName, HeardFile));
            return CodeOf(ended.End, hangUp.IsCancellationRequested);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private SoftphoneOptions Options(string folder)
    {
        var address = LocalAddress.Towards(new IPEndPoint(
            order.Server.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any,
            0), order.Server).Address;
        var options = new SoftphoneOptions
        {
            Server = order.Server, Address = address, Port = order.Port, RecordingsFolder = folder, SilenceMax = SilenceMax,
        };
        return order.Codecs.Count == 0 ? options : options with { Codecs = order.Codecs };
    }

    private void Take(SoftphoneCall call, SoftphoneEvent happened)
    {
        switch (happened)
        {
            case Connected when !_wasConnected:
                _wasConnected = true;
                Listen(call);
                report.Happened(happened);
                _acts = Task.WhenAll(Press(call), HangUpInTime(call));
                if (order.Clips.Count > 0)
                {
                    call.Say(order.Clips);
                }

                break;
            case Connected:
                break;
            case Rings { HasEarlyMedia: true }:
                Listen(call);
                report.Happened(happened);
                break;
            case SpeechHeard speech when speech.IsSpeaking == _isHearing:
                break;
            case Ended ended:
                report.Over(ended);
                break;
            default:
                _isHearing = happened is SpeechHeard heard ? heard.IsSpeaking : _isHearing;
                report.Happened(happened);
                break;
        }
    }

    private void Listen(SoftphoneCall call)
    {
        if (!_isRecording)
        {
            _isRecording = true;
            call.Record(HeardFile, isMono: true);
            call.ListenForSpeech(SpeechPause);
        }
    }

    private async Task Press(SoftphoneCall call)
    {
        foreach (var press in order.Keys)
        {
            if (!await Passes(press.Pause))
            {
                return;
            }

            call.SendDigits(press.Digits);
            report.Pressed(press.Digits);
        }
    }

    private async Task HangUpInTime(SoftphoneCall call)
    {
        if (order.Length is { } length && await Passes(length))
        {
            call.HangUp();
        }
    }

    /// <summary>Whether the time passes before the call is over.</summary>
    private async Task<bool> Passes(TimeSpan time)
    {
        await Task.Delay(time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_over.IsCancellationRequested;
    }

    private async Task Heard(string file)
    {
        if (!_isRecording)
        {
            return;
        }

        await _recorded.Task.WaitAsync(RecordingMax);
        if (WavParser.Parse(await File.ReadAllBytesAsync(file), out _) is { } audio)
        {
            report.Heard(HeardAudio.Measure(audio));
        }

        if (order.RecordFile is { } target)
        {
            File.Copy(file, target, overwrite: true);
            report.Recorded(target);
        }
    }

    private int CodeOf(SipLegEnd end, bool isInterrupted) =>
        _wasConnected ? end.Cause == SipEndCause.Hangup ? ExitCode.Ok : ExitCode.CallBroken
        : isInterrupted ? ExitCode.Interrupted
        : end.Status is 486 or 600 ? ExitCode.CallBusy
        : end.Cause == SipEndCause.AuthenticationFailed || end.Status is 401 or 403 or 407 ? ExitCode.CallUnauthorised
        : end.Cause is SipEndCause.NoResponse or SipEndCause.TransportFailed || end.Status == 408 ? ExitCode.CallUnreachable
        : ExitCode.CallRefused;
}

using Plateau.Server.Telephony.Softphones;

namespace Plateau.Server.Demo;

/// <summary>What all simulated people share: voices, what they know, and the time that passes until the demo
/// ends.</summary>
internal sealed class DemoStage(DemoVoices voices, string language, string domain, ILogger log)
{
    /// <summary>What the simulated telephones speak: that of the public network, which costs the processor
    /// least.</summary>
    public static readonly IReadOnlyList<string> Codecs = ["PCMA", "PCMU"];

    private readonly CancellationTokenSource _curtain = new();

    public DemoVoices Voices { get; } = voices;

    public DemoWatch Watch { get; } = new();

    /// <summary>Spoken with callers who are not simulated.</summary>
    public string Language { get; } = language;

    /// <summary>Domain of the telephones.</summary>
    public string Domain { get; } = domain;

    /// <summary>Whether the demo is over.</summary>
    public bool IsOver => _curtain.IsCancellationRequested;

    /// <summary>Ends all waiting.</summary>
    public void End() => _curtain.Cancel();

    /// <summary>Lets somebody act; an error ends that act and is logged.</summary>
    public void Play(Func<Task> act) => _ = Task.Run(async () =>
    {
        try
        {
            await act();
        }
#pragma warning disable CA1031 // One simulated person who stumbles must not end the show.
        catch (Exception e)
#pragma warning restore CA1031
        {
            DemoLog.ActFailed(log, e);
        }
    });

    /// <summary>Waits; false when the demo ended meanwhile.</summary>
    public async Task<bool> Passes(TimeSpan time)
    {
        await Task.Delay(time > TimeSpan.Zero ? time : TimeSpan.Zero, _curtain.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !IsOver;
    }

    /// <summary>Waits while a call is up; false when it ended, or the demo did.</summary>
    public async Task<bool> Lasts(SoftphoneCall call, TimeSpan time)
    {
        await Task.WhenAny(call.WhenEnded, Passes(time));
        return !IsOver && !call.WhenEnded.IsCompleted;
    }

    /// <summary>Waits until both sides are connected; false when the call ended before.</summary>
    public static async Task<bool> Connects(SoftphoneCall call)
    {
        await call.WhenConnected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.WhenConnected.IsCompletedSuccessfully;
    }
}

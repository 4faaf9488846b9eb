using System.Diagnostics;
using System.Net;
using Plateau.Contracts.Calls;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.Server.Demo;

/// <summary>The public: calls in over the trunk, listens, presses a key, waits or gives up, talks; and is called
/// back.</summary>
internal sealed class SimulatedCallers : IDisposable
{
    /// <summary>The key that accepts a callback, once it has been offered to one who waits.</summary>
    private const string CallbackKey = "1";

    private static readonly TimeSpan CallbackOfferedAfter = TimeSpan.FromSeconds(55);
    private static readonly TimeSpan TalkMax = TimeSpan.FromMinutes(3);
    private readonly DemoStage _stage;
    private readonly SoftphoneBank _phones;
    private readonly CallerPlans _plans;
    private readonly Lock _gate = new();
    private readonly Queue<double> _opinions = new();
    private volatile bool _isStopped;
    private long _received;
    private long _lost;

    /// <summary>Opens the trunk's far end.</summary>
    /// <param name="stage">Shared with the agents.</param>
    /// <param name="server">Plateau's SIP address.</param>
    /// <param name="trunk">Where callers call from and are called back.</param>
    /// <param name="plans">Who calls when.</param>
    /// <param name="folder">For recordings, of which there are none.</param>
    public SimulatedCallers(DemoStage stage, IPEndPoint server, IPEndPoint trunk, CallerPlans plans, string folder)
    {
        _stage = stage;
        _plans = plans;
        _phones = new SoftphoneBank(new SoftphoneOptions
        {
            Server = server, Address = trunk.Address, Port = trunk.Port, RecordingsFolder = folder,
            Codecs = DemoStage.Codecs, RtpPortMin = 40_000, RtpPortMax = 43_999,
        });
        _phones.Offered += call => _stage.Play(() => CalledBack(call));
    }

    /// <summary>Calls that were placed.</summary>
    public int Placed { get; private set; }

    /// <summary>What callers heard of late: mean opinion score of the last calls (null before), share of packets
    /// lost.</summary>
    public (double? Mos, double Lost) Quality
    {
        get
        {
            lock (_gate)
            {
                return (_opinions.Count == 0 ? null : _opinions.Average(), _received == 0 ? 0 : (double)_lost / (_received + _lost));
            }
        }
    }

    /// <summary>Lets people call until the demo is over.</summary>
    public async Task Run()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var plan = _plans.Next();
            if (!await _stage.Passes(plan.At - clock.Elapsed) || _isStopped)
            {
                return;
            }

            Placed++;
            _stage.Play(() => Call(plan));
        }
    }

    /// <summary>Nobody calls any more.</summary>
    public void Stop() => _isStopped = true;

    public void Dispose() => _phones.Dispose();

    private async Task Call(CallerPlan plan)
    {
        var established = _stage.Watch.Expect(plan.Caller, plan.Language);
        if (_phones.Call(plan.Caller, plan.Called) is not { } call)
        {
            return;
        }

        _stage.Play(() => Measure(call));
        if (await DemoStage.Connects(call) && await Choose(call, plan))
        {
            await Wait(call, plan, established);
        }
    }

    /// <summary>Listens to the menu and presses a key; English speakers ask for English first.</summary>
    private async Task<bool> Choose(SoftphoneCall call, CallerPlan plan)
    {
        if (plan.Called != CallerPlans.MenuNumber)
        {
            return true;
        }

        if (plan.Language == "en")
        {
            if (!await _stage.Lasts(call, plan.Listens))
            {
                return false;
            }

            call.SendDigits("9");
        }

        if (!await _stage.Lasts(call, plan.Listens))
        {
            return false;
        }

        call.SendDigits(plan.Key.ToString());
        return true;
    }

    private async Task Wait(SoftphoneCall call, CallerPlan plan, Task established)
    {
        var clock = Stopwatch.StartNew();
        if (plan.TakesCallback && plan.Patience > CallbackOfferedAfter)
        {
            await Task.WhenAny(established, call.WhenEnded, _stage.Passes(CallbackOfferedAfter));
            if (!established.IsCompleted && !call.WhenEnded.IsCompleted && !_stage.IsOver)
            {
                call.SendDigits(CallbackKey);
            }
        }

        await Task.WhenAny(established, call.WhenEnded, _stage.Passes(plan.Patience - clock.Elapsed));
        if (established.IsCompleted && !call.WhenEnded.IsCompleted)
        {
            await Talk(call, plan.Language, plan.Phrase, plan.HangsUpAfter);
        }

        call.HangUp();
    }

    private async Task Talk(SoftphoneCall call, string language, int phrase, TimeSpan? hangsUpAfter)
    {
        // The agent greets first.
        if (await _stage.Lasts(call, TimeSpan.FromSeconds(3.5)))
        {
            call.Say(_stage.Voices.Wish(language, phrase));
            await _stage.Lasts(call, hangsUpAfter ?? TalkMax);
        }
    }

    private async Task CalledBack(SoftphoneCall call)
    {
        call.Ring();
        if (await _stage.Lasts(call, TimeSpan.FromSeconds(3)))
        {
            call.Answer();
            if (await DemoStage.Connects(call))
            {
                await Talk(call, _stage.Watch.LanguageOf(call.User) ?? _stage.Language, 0, null);
            }
        }

        call.HangUp();
    }

    private async Task Measure(SoftphoneCall call)
    {
        if ((await call.WhenEnded).Quality is { PacketsReceived: > 0 } quality)
        {
            Note(quality);
        }
    }

    private void Note(LegQuality quality)
    {
        const int CallsKept = 50;
        lock (_gate)
        {
            _opinions.Enqueue(quality.Mos);
            _received += quality.PacketsReceived;
            _lost += quality.PacketsLost;
            if (_opinions.Count > CallsKept)
            {
                _opinions.Dequeue();
            }
        }
    }
}

using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Telephony;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Server.Hosting;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.Server.Demo;

/// <summary>The agents of the demo at their telephones: real registrations, real calls, real voices.</summary>
internal sealed class SimulatedAgents : IDisposable
{
    private readonly TenantHost _tenant;
    private readonly DemoStage _stage;
    private readonly SoftphoneBank _phones;
    private readonly Dictionary<string, SimulatedAgent> _byPhone = [];

    public SimulatedAgents(TenantHost tenant, DemoStage stage, IPEndPoint server, string folder)
    {
        _tenant = tenant;
        _stage = stage;
        _phones = new SoftphoneBank(new SoftphoneOptions
        {
            Server = server, RecordingsFolder = folder, Codecs = DemoStage.Codecs, RtpPortMin = 44_000, RtpPortMax = 47_999,
        });
        _phones.Offered += Offered;
    }

    /// <summary>Who takes calls in the demo: everyone but the supervisor, whose telephone is left for you.</summary>
    public static IEnumerable<AgentConfig> Working(IEnumerable<AgentConfig> agents) =>
        agents.Where(a => a.Role == AgentRole.Agent && a.Phone is not null);

    /// <summary>Registered telephones.</summary>
    public int Registered { get; private set; }

    /// <summary>Registers the telephones and logs the agents in.</summary>
    public async Task Start(ulong seed)
    {
        var config = _tenant.Configs.Config;
        var seeds = new Prng(seed);
        var arrivals = new List<Task<bool>>();
        foreach (var agent in Working(config.Agents))
        {
            var phone = config.Phones.Single(p => p.Id == agent.Phone);
            _byPhone[phone.Id.Value] = new SimulatedAgent(agent, _tenant, _stage, new AgentTurns(seeds.NextBits()));
            arrivals.Add(Arrive(agent.Id, phone));
        }

        Registered = (await Task.WhenAll(arrivals)).Count(isRegistered => isRegistered);
    }

    private async Task<bool> Arrive(AgentId agent, PhoneConfig phone)
    {
        var status = await _phones.Register(phone.Id.Value, phone.Secret, _stage.Domain);
        await _tenant.Driver.Ask(id => new LogIn(id, agent, agent));
        return status == 200;
    }

    /// <summary>Logs everybody out.</summary>
    public async Task LeaveWork()
    {
        foreach (var agent in _byPhone.Values)
        {
            await _tenant.Driver.Ask(id => new LogOut(id, agent.Id, agent.Id));
        }
    }

    public void Dispose() => _phones.Dispose();

    private void Offered(SoftphoneCall call)
    {
        if (_byPhone.TryGetValue(call.User, out var agent))
        {
            _stage.Play(() => agent.Take(call));
        }
        else
        {
            call.Reject(404);
        }
    }
}

/// <summary>One agent: picks up, talks, holds, notes how the call ended, takes a break.</summary>
internal sealed class SimulatedAgent(AgentConfig agent, TenantHost tenant, DemoStage stage, AgentTurns turns)
{
    public AgentId Id => agent.Id;

    /// <summary>Takes one call from the first ring to the end of the wrap-up.</summary>
    public async Task Take(SoftphoneCall call)
    {
        var turn = turns.Next();
        call.Ring();
        if (turn.Misses || !await stage.Lasts(call, turn.PicksUpAfter))
        {
            return;
        }

        call.Answer();
        if (!await DemoStage.Connects(call))
        {
            return;
        }

        var number = tenant.Floor.Agent(Id)?.Call;
        await Talk(call, turn, number);
        await WrapUp(turn, number);
    }

    private async Task Talk(SoftphoneCall call, AgentTurn turn, CallId? number)
    {
        var language = stage.Watch.LanguageOf(call.Party) ?? stage.Language;
        call.Say(stage.Voices.Conversation(agent, language, turn.Reason));
        if (turn.HoldsAfter is { } before && number is { } held)
        {
            if (!await stage.Lasts(call, before))
            {
                return;
            }

            await Ask(id => new HoldCall(id, Id, held, Id));
            var isThere = await stage.Lasts(call, turn.Holds);
            await Ask(id => new ResumeCall(id, Id, held, Id));
            if (!isThere)
            {
                return;
            }
        }

        if (await stage.Lasts(call, turn.Talks - (turn.HoldsAfter ?? TimeSpan.Zero)))
        {
            var goodbye = stage.Voices.Goodbye(language);
            call.Say(goodbye);
            await stage.Lasts(call, goodbye.Aggregate(TimeSpan.Zero, (sum, clip) => sum + clip.Duration));
            call.HangUp();
        }
    }

    private async Task WrapUp(AgentTurn turn, CallId? call)
    {
        await stage.Passes(turn.WrapsUp);
        var config = tenant.Configs.Config;
        if (call is { } number && config.Dispositions.Count > 0)
        {
            var disposition = config.Dispositions[turn.Disposition % config.Dispositions.Count].Id;
            await Ask(id => new SetDisposition(id, Id, number, disposition));
        }

        if (turn.Break is { } length && config.NotReadyReasons.Count > 0)
        {
            var reason = config.NotReadyReasons[turn.Reason % config.NotReadyReasons.Count].Id;
            await Ask(id => new Pause(id, Id, Id, reason));
            await Ask(id => new EndWrapUp(id, Id, Id));
            await stage.Passes(length);
            await Ask(id => new GoReady(id, Id, Id));
            return;
        }

        await Ask(id => new EndWrapUp(id, Id, Id));
    }

    /// <summary>What cannot be done any more, because the caller was quicker, is no matter.</summary>
    private Task Ask(Func<RequestId, CentreRequest> make) => tenant.Driver.Ask(make);
}

using System.Globalization;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;

namespace Plateau.Benchmarks.Routing;

/// <summary>The configuration of a <see cref="RoutingWorld"/>: who is in which queue with which skill.</summary>
/// <remarks>Calls wait in the queues of even number, whose agents are paused; those of odd number have idle
/// agents.</remarks>
internal static class RoutingStaff
{
    private const int Skills = 10;
    private const int Languages = 4;

    internal static NotReadyReasonId Break { get; } = new("break");

    internal static CentreConfig Config(RoutingSize size) => new()
    {
        Tenant = new TenantId("bench"),
        CallsMax = 20_000,
        Skills =
        [
            .. Enumerable.Range(0, Skills).Select(s => new SkillConfig(Skill(s))),
            .. Enumerable.Range(0, Languages).Select(l => new SkillConfig(Language(l))),
        ],
        NotReadyReasons = [new(Break)],
        Agents = [.. Enumerable.Range(0, size.Agents).Select(i => Candidate(i, size)), .. Others(size)],
        Phones = Enumerable.Range(0, size.Agents + size.Others)
            .Select(i => new PhoneConfig { Id = Phone(i), Secret = "s" }).ToArray(),
        Queues = [.. Enumerable.Range(0, size.Queues).Select(q => Queue(q, size)), Elsewhere(size)],
        EntryPoints = Enumerable.Range(0, size.Queues * Math.Max(size.Demands, 1)).Select(n => Entry(n, size)).ToArray(),
        Flows = Enumerable.Range(0, size.Queues * size.Demands).Select(n => Demanding(n, size)).ToArray(),
    };

    internal static AgentId Agent(int number) => new(Name("a", number));

    internal static PhoneId Phone(int number) => new(Name("p", number));

    /// <summary>The number that leads to a queue, with one of its demands if there are any.</summary>
    internal static string Number(int queue, int demand, RoutingSize size) =>
        Number((queue * Math.Max(size.Demands, 1)) + (size.Demands == 0 ? 0 : demand % size.Demands));

    private static string Number(int entry) => $"+33199{entry:000000}";

    private static EntryPointConfig Entry(int number, RoutingSize size) => size.Demands == 0
        ? new EntryPointConfig { Number = Number(number), Queue = QueueOf(number) }
        : new EntryPointConfig { Number = Number(number), Flow = new FlowId(Name("f", number)) };

    /// <summary>A flow that demands one language at one level, and queues.</summary>
    private static FlowConfig Demanding(int number, RoutingSize size)
    {
        var demand = number % size.Demands;
        var wait = new JsonObject
        {
            ["type"] = "queue",
            ["queue"] = QueueOf(number / size.Demands).Value,
            ["skills"] = new JsonObject { [Language(demand % Languages).Value] = 1 + (demand / Languages % 5) },
        };
        return new FlowConfig(new FlowId(Name("f", number)), "wait", new JsonObject { ["wait"] = wait });
    }

    private static QueueId QueueOf(int queue) => new(Name("q", queue));

    private static SkillId Skill(int number) => new(Name("s", number % Skills));

    private static SkillId Language(int number) => new(Name("l", number));

    private static string Name(string kind, int number) => kind + number.ToString("00000", CultureInfo.InvariantCulture);

    /// <summary>Agent i is in queue i and in another of the same parity, all around the queues.</summary>
    private static (int First, int Second) QueuesOf(int agent, int queues) =>
        (agent % queues, (agent + 2 + (2 * (agent / queues % 20))) % queues);

    private static AgentConfig Candidate(int number, RoutingSize size)
    {
        var (first, second) = QueuesOf(number, size.Queues);
        var turn = number / size.Queues;
        var skills = new Dictionary<SkillId, int>();
        skills[Skill(first)] = skills[Skill(second)] = 1 + (turn % 9);
        for (var i = 0; i < Languages; i++)
        {
            skills[Language(i)] = 1 + ((turn + (2 * i)) % 9);
        }

        return new AgentConfig
        {
            Id = Agent(number),
            Phone = Phone(number),
            Skills = skills,
            ReadyAtLogIn = first % 2 == 1,
        };
    }

    private static IEnumerable<AgentConfig> Others(RoutingSize size) =>
        Enumerable.Range(size.Agents, size.Others).Select(i => new AgentConfig
        {
            Id = Agent(i),
            Phone = Phone(i),
            Skills = i % 3 == 1 ? new Dictionary<SkillId, int> { [Skill(i % size.Queues)] = 9 } : [],
            ReadyAtLogIn = i % 3 != 1,
        });

    private static QueueConfig Queue(int number, RoutingSize size) => new()
    {
        Id = QueueOf(number),
        Members =
        [
            .. Enumerable.Range(0, size.Agents).Where(i => IsMember(i, number, size)).Select(Member),
            .. Enumerable.Range(size.Agents, size.Others).Where(i => i % 3 != 2 && i % size.Queues == number).Select(Member),
        ],
        Steps =
        [
            new() { Requires = new Dictionary<SkillId, int> { [Skill(number)] = 3 } },
            new() { AfterS = 60, Requires = new Dictionary<SkillId, int> { [Skill(number)] = 1 } },
        ],
        WrapUp = WrapUpMode.None,
    };

    private static QueueConfig Elsewhere(RoutingSize size) => new()
    {
        Id = new QueueId("elsewhere"),
        Members = [Member(0), .. Enumerable.Range(size.Agents, size.Others).Where(i => i % 3 == 2).Select(Member)],
    };

    private static bool IsMember(int agent, int queue, RoutingSize size)
    {
        var (first, second) = QueuesOf(agent, size.Queues);
        return first == queue || second == queue;
    }

    private static QueueMemberConfig Member(int agent) => new(Agent(agent));
}

using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;

namespace Plateau.Tests;

/// <summary>A centre with two queues, four agents, a supervisor and a flow, for scenarios.</summary>
internal static class SmallCentre
{
    internal const string SalesNumber = "+33199000001";
    internal const string SupportNumber = "+33199000002";
    internal const string MenuNumber = "+33199000003";

    private static readonly string[] PhoneNames = ["p-ada", "p-bob", "p-cyd", "p-dan", "p-eve", "p-hall"];

    internal static CentreConfig Config(
        Func<QueueConfig, QueueConfig>? sales = null, Func<QueueConfig, QueueConfig>? support = null,
        Func<CentreConfig, CentreConfig>? centre = null)
    {
        var config = new CentreConfig
        {
            Tenant = new TenantId("maison"),
            Skills = [new(new SkillId("english")), new(new SkillId("vip"))],
            Agents =
            [
                Agent("ada", "11", ("english", 3)), Agent("bob", "12", ("english", 7)), Agent("cyd", "13"),
                Agent("dan", "14", ("vip", 5)),
                Agent("eve", "15") with { Role = AgentRole.Supervisor },
            ],
            Queues =
            [
                (sales ?? Same)(Queue("sales", "ada", "bob", "cyd")),
                (support ?? Same)(Queue("support", "bob", "dan")),
            ],
            EntryPoints =
            [
                new() { Number = SalesNumber, Queue = new QueueId("sales") },
                new() { Number = SupportNumber, Queue = new QueueId("support") },
                new() { Number = MenuNumber, Flow = new FlowId("menu") },
            ],
            Flows =
            [
                new FlowConfig(new FlowId("menu"), "greet", JsonNode.Parse("""
                    {
                      "greet": { "type": "say", "text": "Bonjour.", "next": "wait" },
                      "wait": { "type": "queue", "queue": "sales", "default": "bye" },
                      "bye": { "type": "hangup" }
                    }
                    """)!.AsObject()),
            ],
            NotReadyReasons = [new(new NotReadyReasonId("lunch"))],
            Dispositions = [new(new DispositionId("sold")), new(new DispositionId("timeout"))],
            Phones = PhoneNames.Select(p => new PhoneConfig { Id = new PhoneId(p), Secret = "s" }).ToArray(),
        };
        return centre is null ? config : centre(config);
    }

    internal static QueueConfig Queue(string id, params string[] agents) => new()
    {
        Id = new QueueId(id),
        Members = agents.Select(a => new QueueMemberConfig(new AgentId(a))).ToArray(),
        Announcements = new AnnouncementConfig { Position = PositionAnnouncement.No, EstimatedWait = false },
        WrapUp = WrapUpMode.None,
        Recording = RecordingPolicy.OnDemand,
    };

    internal static AgentConfig Agent(string id, string extension, params (string Skill, int Level)[] skills) => new()
    {
        Id = new AgentId(id),
        Phone = new PhoneId($"p-{id}"),
        Extension = extension,
        Skills = skills.ToDictionary(s => new SkillId(s.Skill), s => s.Level),
    };

    private static QueueConfig Same(QueueConfig queue) => queue;
}

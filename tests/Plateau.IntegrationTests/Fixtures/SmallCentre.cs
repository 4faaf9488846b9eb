using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>The tenant most tests need: a menu, a queue, a few agents, one trunk from 127.0.0.2.</summary>
internal static class SmallCentre
{
    /// <summary>Menu: 1 for the queue, 2 for a message, anything else the queue.</summary>
    internal const string MenuNumber = "0199001000";

    /// <summary>Straight into the queue.</summary>
    internal const string QueueNumber = "0199001001";

    /// <summary>Straight to agent ada.</summary>
    internal const string AgentNumber = "0199001002";

    /// <summary>A number nobody configured.</summary>
    internal const string UnknownNumber = "0199009999";

    internal static readonly QueueId Queue = new("support");

    /// <summary>Agents ada, bob, cleo and dan with telephones of the same names and the password
    /// NAME-secret-123.</summary>
    internal static readonly string[] Agents = ["ada", "bob", "cleo", "dan"];

    internal static string SecretOf(string phone) => $"{phone}-secret-123";

    internal static CentreConfig Config(Func<QueueConfig, QueueConfig>? queue = null) => new()
    {
        Tenant = new TenantId("small"),
        Language = "en",
        Agents =
        [
            .. Agents.Select(name => new AgentConfig { Id = new AgentId(name), Phone = new PhoneId(name) }),
            new AgentConfig { Id = new AgentId("sue"), Phone = new PhoneId("sue"), Role = AgentRole.Supervisor },
        ],
        Phones =
        [
            .. Agents.Append("sue").Select(name => new PhoneConfig
            {
                Id = new PhoneId(name), Secret = SecretOf(name), Codecs = ["PCMA", "PCMU", "G722"],
            }),
        ],
        Queues = [QueueOf(queue)],
        Flows = [new FlowConfig(new FlowId("menu"), "menu", Menu())],
        EntryPoints =
        [
            new EntryPointConfig { Number = MenuNumber, Flow = new FlowId("menu") },
            new EntryPointConfig { Number = QueueNumber, Queue = Queue },
            new EntryPointConfig { Number = AgentNumber, Agent = new AgentId("ada") },
        ],
        Dispositions = [new DispositionConfig(new DispositionId("done"), "Done")],
        NotReadyReasons = [new NotReadyReasonConfig(new NotReadyReasonId("lunch"), "Lunch")],
        Trunks =
        [
            new TrunkConfig
            {
                Id = new TrunkId("carrier"),
                Hosts = [new TrunkHostConfig("127.0.0.2", 5062)],
                AllowedSources = ["127.0.0.2/32"],
                ProbeS = 0,
            },
        ],
    };

    private static QueueConfig QueueOf(Func<QueueConfig, QueueConfig>? change)
    {
        var queue = new QueueConfig
        {
            Id = Queue,
            Members = [.. Agents.Select(name => new QueueMemberConfig(new AgentId(name)))],
            WrapUp = WrapUpMode.None,
            Recording = RecordingPolicy.Always,
            Announcements = new AnnouncementConfig { Position = PositionAnnouncement.No, EstimatedWait = false },
        };
        return change?.Invoke(queue) ?? queue;
    }

    private static JsonObject Menu() => JsonNode.Parse("""
        {
          "menu": { "type": "menu", "prompts": "For support press one. To leave a message press two.",
                    "options": { "1": "queue", "2": "message" }, "default": "queue" },
          "queue": { "type": "queue", "queue": "support", "default": "message" },
          "message": { "type": "record", "mailbox": "support", "prompts": "Please leave a message after the tone.",
                       "lengthMaxS": 30, "next": "end" },
          "end": { "type": "hangup", "prompts": "Goodbye." }
        }
        """)!.AsObject();
}

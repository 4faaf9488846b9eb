using System.Text.Json.Nodes;

namespace Plateau.Contracts.Ivr;

/// <summary>A flow as a JSON document; its nodes are read and checked by the flow parser (docs/guide/FLOWS).</summary>
/// <param name="Id">The name.</param>
/// <param name="Start">Name of the first node.</param>
/// <param name="Nodes">Nodes by name: each an object with a "type" and the members of that type.</param>
/// <param name="Version">1 upwards; a running call keeps the version it started with.</param>
/// <param name="Name">What people see.</param>
/// <param name="Language">Language until the caller chooses; null for the entry point's or the centre's.</param>
/// <param name="Error">Node entered when something fails that the node itself does not provide for; null =
/// goodbye.</param>
public sealed record FlowConfig(
    FlowId Id, string Start, JsonObject Nodes, int Version = 1, string Name = "", string? Language = null,
    string? Error = null);

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Speaks a text: a play node with one item.</summary>
internal static class SayNode
{
    internal static PlayNode Read(NodeReader reader) =>
        new(reader.Prompts("text", isRequired: true), reader.Truth("bargeIn", true), reader.Next());
}

namespace Plateau.Core.Ivr;

/// <summary>What is wrong with a flow document.</summary>
/// <param name="Path">Where: "welcome.nodes.menu.options.1".</param>
/// <param name="Message">What, in words.</param>
public sealed record FlowError(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}

using Plateau.Contracts;

namespace Plateau.Core.Ivr;

/// <summary>What a flow knows of the call it runs for.</summary>
/// <param name="Call">The call; percentages are drawn from it.</param>
/// <param name="Caller">Number presented; empty when withheld.</param>
/// <param name="Called">Number dialled.</param>
/// <param name="Language">Language until the flow or the caller chooses: "fr" or "en".</param>
/// <param name="CallerName">Display name, if any.</param>
/// <param name="DivertedFrom">Number that diverted the call here, if any.</param>
/// <param name="Label">What the entry point is for, if told.</param>
/// <param name="IsAnswered">Whether the leg is already up (transfer into a flow).</param>
public sealed record FlowCaller(
    CallId Call, string Caller, string Called, string Language, string? CallerName = null,
    string? DivertedFrom = null, string? Label = null, bool IsAnswered = false);

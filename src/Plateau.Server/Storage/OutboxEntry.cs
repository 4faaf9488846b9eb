using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Core.Routing;

namespace Plateau.Server.Storage;

/// <summary>One thing to be kept in the database: exactly one of fact, call, interval and decision is set.</summary>
/// <param name="Ordinal">
/// 1 upwards without gap, per tenant. A replay of the journal gives the same thing the same ordinal; that is what makes
/// writing it again harmless.
/// </param>
/// <param name="At">When the centre decided it.</param>
/// <param name="Sequence">For a fact: its place in the tenant's stream.</param>
/// <param name="Fact">A fact.</param>
/// <param name="Call">The record of a call.</param>
/// <param name="Interval">A stretch of an agent's time.</param>
/// <param name="Decision">Why an offer was decided.</param>
public sealed record OutboxEntry(
    long Ordinal, Instant At, long? Sequence = null, Fact? Fact = null, CallRecord? Call = null,
    AgentIntervalRecord? Interval = null, DecisionRecord? Decision = null);

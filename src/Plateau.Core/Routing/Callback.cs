using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>A callback that keeps a caller's place in a queue.</summary>
internal sealed class Callback(CallbackId id, QueueId queue, string number, Instant entered)
{
    internal CallbackId Id { get; } = id;

    internal QueueId Queue { get; } = queue;

    internal string Number { get; } = number;

    /// <summary>The entry time kept from the call that asked for it.</summary>
    internal Instant Entered { get; } = entered;

    internal required Instant Requested { get; init; }

    /// <summary>Number the customer had dialled, shown when none is configured.</summary>
    internal string Called { get; init; } = string.Empty;

    internal string Language { get; init; } = "fr";

    internal int PriorityS { get; init; }

    internal IReadOnlyDictionary<SkillId, int>? Skills { get; init; }

    internal CallbackState State { get; set; } = CallbackState.Waiting;

    internal int Attempts { get; set; }

    /// <summary>The attempt under way; null for none.</summary>
    internal CallId? Call { get; set; }

    /// <summary>The virtual entry in the queue; null while the customer is being called first or after the
    /// end.</summary>
    internal WaitingItem? Item { get; set; }

    /// <summary>Not dialled before this instant: gap between attempts.</summary>
    internal Instant NotBefore { get; set; }

    internal Deadline? GapDue { get; set; }

    internal Deadline? ExpiryDue { get; set; }
}

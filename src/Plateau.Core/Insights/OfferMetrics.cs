namespace Plateau.Core.Insights;

/// <summary>The metrics of offers, of queues and agents alike.</summary>
public static class OfferMetrics
{
    /// <summary>Accept rate.</summary>
    public static readonly Metric AcceptRate = new(
        "offer.accept-rate", MetricUnit.Share, "Taux d’acceptation", "Accept rate",
        "Offres prises parmi toutes les offres.", "Offers taken among all offers.", "accepted", "offers");

    /// <summary>Non-response, the caller still there.</summary>
    public static readonly Metric NonResponse = new(
        "offer.non-response", MetricUnit.Share, "Non-réponses", "Non-response",
        "Offres refusées, sans réponse, occupées ou injoignables ; appelants partis exclus.",
        "Offers rejected, unanswered, busy or unreachable; callers who left not counted.",
        "rejected + no answer + busy + unreachable", "offers");

    /// <summary>Non-response, callers who left included.</summary>
    public static readonly Metric NonResponseWithCallerLeft = new(
        "offer.non-response-with-caller-left", MetricUnit.Share, "Non-réponses, appelants partis compris",
        "Non-response with callers who left",
        "Comme ci-dessus, plus les offres pendant lesquelles l’appelant a raccroché.",
        "As above, plus offers during which the caller hung up.",
        "rejected + no answer + busy + unreachable + caller left", "offers");

    /// <summary>All metrics of offers in their order.</summary>
    public static IReadOnlyList<Metric> All { get; } = [AcceptRate, NonResponse, NonResponseWithCallerLeft];
}

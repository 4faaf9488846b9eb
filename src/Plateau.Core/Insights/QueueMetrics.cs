namespace Plateau.Core.Insights;

/// <summary>The metrics of queues. A: answered, AB: abandoned, SAB: short abandons, FO: flowed out, Q: let
/// in.</summary>
public static class QueueMetrics
{
    /// <summary>Service level by the definition named beside it.</summary>
    public static readonly Metric ServiceLevel = new(
        "queue.service-level", MetricUnit.Share, "Qualité de service", "Service level",
        "Part traitée dans le délai, selon la définition nommée à côté du chiffre.",
        "Share answered in time, by the definition named beside the figure.",
        "by definition", "by definition");

    /// <summary>Let in.</summary>
    public static readonly Metric Entered = new(
        "queue.entered", MetricUnit.Count, "Entrés", "Entered",
        "Appels entrés en file, refusés exclus.", "Calls let into the queue, refused ones left out.", "Q");

    /// <summary>Answered.</summary>
    public static readonly Metric Answered = new(
        "queue.answered", MetricUnit.Count, "Traités", "Answered",
        "Appels mis en relation avec un agent.", "Calls connected to an agent, both audio legs up.", "A");

    /// <summary>Abandoned.</summary>
    public static readonly Metric Abandoned = new(
        "queue.abandoned", MetricUnit.Count, "Abandonnés", "Abandoned",
        "L’appelant a raccroché avant la mise en relation.", "The caller hung up before being connected.", "AB");

    /// <summary>Short abandons.</summary>
    public static readonly Metric ShortAbandoned = new(
        "queue.short-abandoned", MetricUnit.Count, "Abandons courts", "Short abandons",
        "Abandons dans le délai court de la définition.", "Abandons within the definition's short time.", "SAB");

    /// <summary>Flowed out.</summary>
    public static readonly Metric FlowedOut = new(
        "queue.flowed-out", MetricUnit.Count, "Sortis", "Flowed out",
        "Sortis de la file autrement : attente maximale, débordement, touche, fermeture…",
        "Left otherwise: longest wait, overflow, key, closing…", "FO");

    /// <summary>Callbacks asked for.</summary>
    public static readonly Metric CallbacksAsked = new(
        "queue.callbacks-asked", MetricUnit.Count, "Rappels demandés", "Callbacks asked for",
        "Appelants qui ont demandé à être rappelés ; jamais des abandons.",
        "Callers who asked to be called back; never abandons.", "CB");

    /// <summary>Refused.</summary>
    public static readonly Metric Refused = new(
        "queue.refused", MetricUnit.Count, "Refusés", "Refused",
        "Jamais entrés : file pleine, personne de présent, fermée.", "Never let in: full, nobody present, closed.", "R");

    /// <summary>Abandon rate.</summary>
    public static readonly Metric AbandonRate = new(
        "queue.abandon-rate", MetricUnit.Share, "Taux d’abandon", "Abandon rate",
        "Abandons parmi traités, abandonnés et sortis.", "Abandons among answered, abandoned and flowed out.",
        "AB", "A + AB + FO");

    /// <summary>Abandon rate of all let in.</summary>
    public static readonly Metric AbandonRateOfEntered = new(
        "queue.abandon-rate-of-entered", MetricUnit.Share, "Taux d’abandon des entrés", "Abandon rate of entered",
        "Abandons parmi tous les entrés, rappels demandés compris.",
        "Abandons among all let in, callbacks asked for included.", "AB", "Q");

    /// <summary>Answer rate.</summary>
    public static readonly Metric AnswerRate = new(
        "queue.answer-rate", MetricUnit.Share, "Taux de décroché", "Answer rate",
        "Traités parmi traités, abandonnés et sortis.", "Answered among answered, abandoned and flowed out.",
        "A", "A + AB + FO");

    /// <summary>Answer rate with refused calls.</summary>
    public static readonly Metric AnswerRateWithRefused = new(
        "queue.answer-rate-with-refused", MetricUnit.Share, "Taux de décroché, refus compris",
        "Answer rate with refused",
        "Traités parmi traités, abandonnés, file pleine, personne de présent et attente maximale.",
        "Answered among answered, abandoned, full, nobody present and longest wait.",
        "A", "A + AB + full + leave-empty + join-empty + timeout");

    /// <summary>Blocked.</summary>
    public static readonly Metric BlockedShare = new(
        "queue.blocked", MetricUnit.Share, "Taux de blocage", "Blocked",
        "Sans personne de présent, à l’entrée ou pendant l’attente.", "Nobody present, at entry or while waiting.",
        "join-empty + leave-empty", "Q + R");

    /// <summary>Saturated.</summary>
    public static readonly Metric SaturatedShare = new(
        "queue.saturated", MetricUnit.Share, "Taux de saturation", "Saturated",
        "Refusés parce que la file était pleine.", "Refused because the queue was full.", "full", "Q + R");

    /// <summary>ASA.</summary>
    public static readonly Metric AverageSpeedOfAnswer = new(
        "queue.asa", MetricUnit.Seconds, "Attente moyenne des traités", "Average speed of answer",
        "Attente moyenne des appels traités, de l’entrée en file à la mise en relation.",
        "Mean wait of answered calls, from queue entry to connection.", "Σ wait of A", "A");

    /// <summary>Mean wait before abandon.</summary>
    public static readonly Metric AverageWaitBeforeAbandon = new(
        "queue.abandon-wait", MetricUnit.Seconds, "Attente moyenne avant abandon", "Mean wait before abandon",
        "Attente moyenne des appels abandonnés.", "Mean wait of abandoned calls.", "Σ wait of AB", "AB");

    /// <summary>Median wait.</summary>
    public static readonly Metric WaitP50 = Percentile(50);

    /// <summary>80 % waited no longer.</summary>
    public static readonly Metric WaitP80 = Percentile(80);

    /// <summary>95 % waited no longer.</summary>
    public static readonly Metric WaitP95 = Percentile(95);

    /// <summary>Median wait had nobody given up.</summary>
    public static readonly Metric SurvivalWaitP50 = Survival(50);

    /// <summary>80 % would have waited no longer.</summary>
    public static readonly Metric SurvivalWaitP80 = Survival(80);

    /// <summary>95 % would have waited no longer.</summary>
    public static readonly Metric SurvivalWaitP95 = Survival(95);

    /// <summary>Most callers waiting at once.</summary>
    public static readonly Metric MaxQueued = new(
        "queue.max-queued", MetricUnit.Count, "Maximum en attente", "Most waiting",
        "Plus grand nombre d’appelants en attente au même instant.", "Most callers waiting at the same instant.",
        "max");

    /// <summary>Longest wait.</summary>
    public static readonly Metric LongestWait = new(
        "queue.longest-wait", MetricUnit.Seconds, "Plus longue attente", "Longest wait",
        "Plus longue attente atteinte pendant la période, même si elle continue après.",
        "Longest wait reached within the period, even if it goes on after it.", "max");

    /// <summary>Error of the estimated wait.</summary>
    public static readonly Metric WaitEstimateError = new(
        "queue.wait-estimate-error", MetricUnit.Share, "Erreur de l’attente estimée", "Error of the estimated wait",
        "Écart relatif moyen entre attente annoncée et attente réelle des appels traités (MAPE).",
        "Mean relative error of the estimated against the real wait of answered calls (MAPE).",
        "Σ |estimate − wait| / wait", "answered with an estimate and a wait");

    /// <summary>All metrics of queues in their order.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        ServiceLevel, Entered, Answered, Abandoned, ShortAbandoned, FlowedOut, CallbacksAsked, Refused, AbandonRate,
        AbandonRateOfEntered, AnswerRate, AnswerRateWithRefused, BlockedShare, SaturatedShare, AverageSpeedOfAnswer,
        AverageWaitBeforeAbandon, WaitP50, WaitP80, WaitP95, SurvivalWaitP50, SurvivalWaitP80, SurvivalWaitP95,
        MaxQueued, LongestWait, .. OfferMetrics.All, WaitEstimateError,
    ];

    private static Metric Percentile(int percent) => new(
        $"queue.wait-p{percent}", MetricUnit.Seconds, $"Attente P{percent}", $"Wait P{percent}",
        $"{percent} % des appels traités n’ont pas attendu plus longtemps (rang le plus proche).",
        $"{percent} % of answered calls waited no longer (nearest rank).", $"P{percent} of wait of A");

    private static Metric Survival(int percent) => new(
        $"queue.survival-wait-p{percent}", MetricUnit.Seconds, $"Attente corrigée P{percent}",
        $"Survival-corrected wait P{percent}",
        $"{percent} % n’auraient pas attendu plus longtemps si personne n’avait renoncé (Kaplan–Meier).",
        $"{percent} % would have waited no longer had nobody given up (Kaplan–Meier).",
        $"P{percent} of virtual wait of Q");
}

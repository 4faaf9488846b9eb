namespace Plateau.Core.Insights;

/// <summary>The metrics of agents.</summary>
public static class AgentMetrics
{
    /// <summary>Logged-in time.</summary>
    public static readonly Metric LoggedIn = new(
        "agent.logged-in", MetricUnit.Seconds, "Temps de connexion", "Logged-in time",
        "Somme de tous les états ; égale au temps de connexion, vérifiée.",
        "Sum of all states; equal to the time logged in, which is checked.", "Σ states");

    /// <summary>Handled calls.</summary>
    public static readonly Metric Handled = new(
        "agent.handled", MetricUnit.Count, "Appels traités", "Calls handled",
        "Appels sur lesquels l’agent a conversé.", "Calls on which the agent talked.", "H");

    /// <summary>AHT.</summary>
    public static readonly Metric HandlingTime = new(
        "agent.aht", MetricUnit.Seconds, "Durée moyenne de traitement", "Average handling time",
        "Conversation, mise en attente et post-appel par appel traité.", "Talk, hold and wrap-up per handled call.",
        "talk + hold + wrap-up", "H");

    /// <summary>Talk per handled call.</summary>
    public static readonly Metric TalkTime = new(
        "agent.talk-time", MetricUnit.Seconds, "Conversation moyenne", "Mean talk",
        "Conversation par appel traité.", "Talk per handled call.", "talk", "H");

    /// <summary>Hold per handled call.</summary>
    public static readonly Metric HoldTime = new(
        "agent.hold-time", MetricUnit.Seconds, "Mise en attente moyenne", "Mean hold",
        "Mise en attente par appel traité.", "Hold per handled call.", "hold", "H");

    /// <summary>Hold per held call.</summary>
    public static readonly Metric HoldTimeOfHeld = new(
        "agent.hold-time-of-held", MetricUnit.Seconds, "Mise en attente moyenne des appels mis en attente",
        "Mean hold of held calls",
        "Mise en attente par appel mis en attente.", "Hold per call that was held.", "hold", "calls held");

    /// <summary>Wrap-up per handled call.</summary>
    public static readonly Metric WrapUpTime = new(
        "agent.wrap-up-time", MetricUnit.Seconds, "Post-appel moyen", "Mean wrap-up",
        "Post-appel par appel traité.", "Wrap-up per handled call.", "wrap-up", "H");

    /// <summary>Wrap-up per call with wrap-up.</summary>
    public static readonly Metric WrapUpTimeOfWrappedUp = new(
        "agent.wrap-up-time-of-wrapped-up", MetricUnit.Seconds, "Post-appel moyen des appels avec post-appel",
        "Mean wrap-up of calls with wrap-up",
        "Post-appel par appel qui en a eu un.", "Wrap-up per call that had one.", "wrap-up", "calls with wrap-up");

    /// <summary>Occupancy.</summary>
    public static readonly Metric Occupancy = new(
        "agent.occupancy", MetricUnit.Share, "Taux d’occupation", "Occupancy",
        "Part du temps de traitement dans traitement et disponibilité ; la sonnerie n’y compte pas.",
        "Handling as a share of handling and available idle time; ringing counts in neither.",
        "talk + hold + wrap-up", "talk + hold + wrap-up + idle");

    /// <summary>Talk share of the log-in.</summary>
    public static readonly Metric TalkShare = new(
        "agent.talk-share", MetricUnit.Share, "Part de conversation", "Talk share",
        "Conversation dans le temps de connexion.", "Talk as a share of logged-in time.", "talk", "logged in");

    /// <summary>Idle time.</summary>
    public static readonly Metric Idle = new(
        "agent.idle", MetricUnit.Seconds, "Disponible", "Idle",
        "Temps prêt sans appel ; la sonnerie est à part.", "Ready without a call; ringing is apart.", "idle");

    /// <summary>Ringing time.</summary>
    public static readonly Metric Ringing = new(
        "agent.ringing", MetricUnit.Seconds, "Sonnerie", "Ringing",
        "Temps réservé ou en sonnerie.", "Reserved or ringing.", "reserved + ringing");

    /// <summary>Paused time.</summary>
    public static readonly Metric Paused = new(
        "agent.paused", MetricUnit.Seconds, "Pause", "Paused",
        "Temps en pause, tous motifs.", "Paused, for any reason.", "paused");

    /// <summary>Productive paused time.</summary>
    public static readonly Metric PausedProductive = new(
        "agent.paused-productive", MetricUnit.Seconds, "Pause productive", "Productive pause",
        "Temps en pause pour un motif de travail (formation, back-office).",
        "Paused for a reason that is work (training, back office).", "paused for productive reasons");

    /// <summary>Transfer rate.</summary>
    public static readonly Metric TransferRate = new(
        "agent.transfer-rate", MetricUnit.Share, "Taux de transfert", "Transfer rate",
        "Appels transférés par l’agent parmi ses appels traités.", "Calls the agent transferred among those handled.",
        "agent legs ended by transfer", "H");

    /// <summary>All metrics of agents in their order.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        LoggedIn, Handled, HandlingTime, TalkTime, HoldTime, HoldTimeOfHeld, WrapUpTime, WrapUpTimeOfWrappedUp,
        Occupancy, TalkShare, Idle, Ringing, Paused, PausedProductive, TransferRate, .. OfferMetrics.All,
    ];
}

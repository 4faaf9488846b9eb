using Plateau.Contracts.Routing;

namespace Plateau.Server.Tenancy;

/// <summary>What must hold for queues.</summary>
internal static class QueueRules
{
    private const int DayS = 86_400;

    public static void Check(CentreScope scope)
    {
        for (var i = 0; i < scope.Config.Queues.Count; i++)
        {
            var (queue, path) = (scope.Config.Queues[i], scope.Path("queues", i));
            CheckNumbers(scope, queue, path);
            CheckReferences(scope, queue, path);
            CheckMembers(scope, queue, path.Member("members"));
            CheckSteps(scope, queue, path.Member("steps"));
            CheckAnnouncements(scope, queue.Announcements, path.Member("announcements"));
            CheckWrapUp(scope, queue, path);
            if (queue.Callback is { } callback)
            {
                CheckCallback(scope, callback, path.Member("callback"));
            }
        }
    }

    private static void CheckNumbers(CentreScope scope, QueueConfig queue, ConfigPath path)
    {
        scope.Range(path.Member("rank"), queue.Rank, -99, 99);
        scope.Range(path.Member("priorityS"), queue.PriorityS, -DayS, DayS);
        scope.Range(path.Member("ageing"), queue.Ageing, 0, 100);
        scope.Range(path.Member("starvationS"), queue.StarvationS, 0, DayS);
        scope.Range(path.Member("preferredAgentWaitS"), queue.PreferredAgentWaitS, 0, DayS);
        scope.Range(path.Member("ringS"), queue.RingS, 1, 120);
        scope.Range(path.Member("missesMax"), queue.MissesMax, 1, 100);
        scope.Range(path.Member("missedReturnS"), queue.MissedReturnS, 0, DayS);
        scope.Range(path.Member("rejectExcludeS"), queue.RejectExcludeS, 0, DayS);
        scope.Range(path.Member("rejectPauseS"), queue.RejectPauseS, 0, DayS);
        scope.Range(path.Member("busyRetryS"), queue.BusyRetryS, 0, DayS);
        scope.Range(path.Member("wrapUpS"), queue.WrapUpS, 0, DayS);
        scope.Range(path.Member("waitingMax"), queue.WaitingMax, 0, 100_000);
        scope.Range(path.Member("waitMaxS"), queue.WaitMaxS, 0, DayS);
        scope.Range(path.Member("emptyGraceS"), queue.EmptyGraceS, 0, DayS);
        scope.Range(path.Member("returnKeepsPlaceS"), queue.ReturnKeepsPlaceS, 0, DayS);
        scope.Range(path.Member("assumedHandlingS"), queue.AssumedHandlingS, 1, DayS);
    }

    private static void CheckReferences(CentreScope scope, QueueConfig queue, ConfigPath path)
    {
        scope.Reference("hours", queue.Hours, path.Member("hours"));
        scope.Reference("prompts", queue.Whisper, path.Member("whisper"));
        scope.Reference("prompts", queue.Music, path.Member("music"));
        scope.Reference("dispositions", queue.DefaultDisposition, path.Member("defaultDisposition"));
        var dispositions = path.Member("dispositions");
        for (var i = 0; i < queue.Dispositions.Count; i++)
        {
            scope.Reference<Contracts.DispositionId>("dispositions", queue.Dispositions[i], dispositions.At(i));
        }

        scope.Unique(queue.Dispositions.Select(d => d.ToString()), dispositions.At);
        if (queue.DefaultDisposition is { } given && queue.Dispositions.Count > 0 && !queue.Dispositions.Contains(given))
        {
            scope.Add("contradiction", path.Member("defaultDisposition"),
                $"'{given}' is not among this queue's dispositions",
                $"« {given} » ne fait pas partie des qualifications de la file");
        }

        if (queue.ServiceLevel is { } level && !level.ToString().StartsWith("canonical", StringComparison.Ordinal))
        {
            scope.Reference("serviceLevels", queue.ServiceLevel, path.Member("serviceLevel"));
        }
    }

    private static void CheckMembers(CentreScope scope, QueueConfig queue, ConfigPath path)
    {
        for (var i = 0; i < queue.Members.Count; i++)
        {
            var (member, at) = (queue.Members[i], path.At(i));
            if ((member.Agent is null) == (member.Team is null))
            {
                scope.Add(member.Agent is null ? "noTarget" : "severalTargets", at,
                    "exactly one of agent and team is to be given", "il faut exactement un des membres agent et team");
            }

            scope.Reference("agents", member.Agent, at.Member("agent"));
            scope.Reference("teams", member.Team, at.Member("team"));
            scope.Range(at.Member("ring"), member.Ring, 0, 99);
            scope.Range(at.Member("rank"), member.Rank, 0, 9_999);
        }

        scope.Unique(queue.Members.Select(m => m.Agent?.ToString() ?? string.Empty), i => path.At(i).Member("agent"));
        scope.Unique(queue.Members.Select(m => m.Team?.ToString() ?? string.Empty), i => path.At(i).Member("team"));
    }

    private static void CheckSteps(CentreScope scope, QueueConfig queue, ConfigPath path)
    {
        for (var i = 0; i < queue.Steps.Count; i++)
        {
            var (step, at) = (queue.Steps[i], path.At(i));
            if (i == 0 && step.AfterS != 0)
            {
                scope.Add("stepOrder", at.Member("afterS"), "the first step begins at 0", "la première étape commence à 0");
            }
            else if (i > 0 && step.AfterS <= queue.Steps[i - 1].AfterS)
            {
                scope.Add("stepOrder", at.Member("afterS"),
                    "each step begins later than the one before",
                    "chaque étape commence plus tard que la précédente");
            }

            foreach (var (skill, level) in step.Requires)
            {
                var required = at.Member("requires").Member(skill.ToString());
                scope.Reference<Contracts.SkillId>("skills", skill, required);
                scope.Range(required, level, 1, 10);
            }

            scope.Range(at.Member("ringMax"), step.RingMax, 0, 99);
            scope.Range(at.Member("priorityS"), step.PriorityS, -DayS, DayS);
            scope.Reference("prompts", step.Announce, at.Member("announce"));
            scope.Reference("queues", step.OverflowTo, at.Member("overflowTo"));
            if (step.OverflowTo == queue.Id)
            {
                scope.Add("circle", at.Member("overflowTo"),
                    "a queue cannot overflow to itself", "une file ne peut pas déborder sur elle-même");
            }
        }
    }

    private static void CheckAnnouncements(CentreScope scope, AnnouncementConfig announcements, ConfigPath path)
    {
        scope.Range(path.Member("positionLimit"), announcements.PositionLimit, 1, 10_000);
        scope.Range(path.Member("firstS"), announcements.FirstS, 0, DayS);
        scope.Range(path.Member("everyS"), announcements.EveryS, 0, DayS);
        scope.Range(path.Member("comfortEveryS"), announcements.ComfortEveryS, 1, DayS);
        scope.Range(path.Member("roundS"), announcements.RoundS, 1, 3_600);
        for (var i = 0; i < announcements.Comfort.Count; i++)
        {
            scope.Reference<Contracts.PromptId>("prompts", announcements.Comfort[i], path.Member("comfort").At(i));
        }
    }

    private static void CheckWrapUp(CentreScope scope, QueueConfig queue, ConfigPath path)
    {
        if (queue.WrapUp is WrapUpMode.MandatoryTimeout or WrapUpMode.MandatoryForcedTimeout && queue.WrapUpS < 1)
        {
            scope.Add("contradiction", path.Member("wrapUpS"),
                "this wrap-up mode needs a time limit", "ce mode de post-appel demande une durée limite");
        }
    }

    private static void CheckCallback(CentreScope scope, CallbackConfig callback, ConfigPath path)
    {
        if (!char.IsAsciiDigit(callback.Key) && callback.Key is not ('*' or '#'))
        {
            scope.Add("badKey", path.Member("key"), "a key is 0-9, * or #", "une touche est 0-9, * ou #");
        }

        scope.Range(path.Member("offerAfterS"), callback.OfferAfterS, 0, DayS);
        scope.Range(path.Member("estimatedWaitMinS"), callback.EstimatedWaitMinS, 0, DayS);
        scope.Range(path.Member("attemptsMax"), callback.AttemptsMax, 1, 10);
        scope.Range(path.Member("gapS"), callback.GapS, 0, DayS);
        scope.Range(path.Member("expiryS"), callback.ExpiryS, 60, 7 * DayS);
        scope.Range(path.Member("ringS"), callback.RingS, 5, 120);
        if (callback.GapS >= callback.ExpiryS)
        {
            scope.Add("contradiction", path.Member("gapS"),
                "the gap between attempts is longer than the callback lives",
                "l'écart entre essais dépasse la durée de vie du rappel");
        }
    }
}

using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>What must hold inside one tenant's configuration beyond its shape.</summary>
internal static class CentreRules
{
    public static readonly string[] Languages = ["fr", "en"];

    public static void Check(CentreConfig config, ConfigPath root, ConfigErrors errors, ConfigNode? tree)
    {
        var scope = new CentreScope(config, root, errors, tree);
        CheckHead(scope);
        CheckIds(scope);
        CheckAgents(scope);
        QueueRules.Check(scope);
        FlowRules.Check(scope);
        CheckEntryPoints(scope);
        HoursRules.Check(scope);
        CheckDispositions(scope);
        CheckPrompts(scope);
        TelephonyRules.Check(scope);
        CheckServiceLevels(scope);
        CheckLease(scope);
    }

    public static void CheckLanguage(CentreScope scope, string? language, ConfigPath path)
    {
        if (language is not null && !Languages.Contains(language))
        {
            scope.Add("unknownLanguage", path, $"'{language}' is not fr or en", $"« {language} » n'est ni fr ni en");
        }
    }

    public static void CheckTimeZone(CentreScope scope, string? zone, ConfigPath path)
    {
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            scope.Add("unknownTimeZone", path,
                $"'{zone}' is not an IANA time zone", $"« {zone} » n'est pas un fuseau horaire IANA");
        }
    }

    private static void CheckHead(CentreScope scope)
    {
        var config = scope.Config;
        CheckTimeZone(scope, config.TimeZone, scope.Path("timeZone"));
        CheckLanguage(scope, config.Language, scope.Path("language"));
        scope.Range(scope.Path("callsMax"), config.CallsMax, 1, 100_000);
    }

    private static void CheckIds(CentreScope scope)
    {
        var c = scope.Config;
        Unique("skills", c.Skills.Select(x => x.Id.ToString()));
        Unique("teams", c.Teams.Select(x => x.Id.ToString()));
        Unique("agents", c.Agents.Select(x => x.Id.ToString()));
        Unique("queues", c.Queues.Select(x => x.Id.ToString()));
        Unique("flows", c.Flows.Select(x => x.Id.ToString()));
        Unique("hours", c.Hours.Select(x => x.Id.ToString()));
        Unique("notReadyReasons", c.NotReadyReasons.Select(x => x.Id.ToString()));
        Unique("dispositions", c.Dispositions.Select(x => x.Id.ToString()));
        Unique("prompts", c.Prompts.Select(x => x.Id.ToString()));
        Unique("trunks", c.Trunks.Select(x => x.Id.ToString()));
        Unique("phones", c.Phones.Select(x => x.Id.ToString()));
        Unique("serviceLevels", c.ServiceLevels.Select(x => x.Id.ToString()));
        scope.Unique(c.EntryPoints.Select(x => x.Number), i => scope.Path("entryPoints", i).Member("number"));

        void Unique(string list, IEnumerable<string> ids) =>
            scope.Unique(ids, i => scope.Path(list, i).Member("id"));
    }

    private static void CheckAgents(CentreScope scope)
    {
        var agents = scope.Config.Agents;
        for (var i = 0; i < agents.Count; i++)
        {
            var path = scope.Path("agents", i);
            scope.Reference("teams", agents[i].Team, path.Member("team"));
            scope.Reference("phones", agents[i].Phone, path.Member("phone"));
            foreach (var (skill, level) in agents[i].Skills)
            {
                var at = path.Member("skills").Member(skill.ToString());
                scope.Reference<Contracts.SkillId>("skills", skill, at);
                scope.Range(at, level, 1, 10);
            }

            if (!agents[i].Extension.All(char.IsAsciiDigit) || agents[i].Extension.Length > 15)
            {
                scope.Add("badNumber", path.Member("extension"),
                    "an extension is up to 15 digits", "un poste compte au plus 15 chiffres");
            }
        }

        scope.Unique(agents.Select(a => a.Extension), i => scope.Path("agents", i).Member("extension"));
    }

    private static void CheckEntryPoints(CentreScope scope)
    {
        var points = scope.Config.EntryPoints;
        for (var i = 0; i < points.Count; i++)
        {
            var (point, path) = (points[i], scope.Path("entryPoints", i));
            if (!IsNumberPattern(point.Number))
            {
                scope.Add("badNumber", path.Member("number"),
                    "a number is '+' and digits, or digits, up to 32, with '*' at the end for any rest",
                    "un numéro est « + » et des chiffres, ou des chiffres, 32 au plus, « * » à la fin pour toute suite");
            }

            var targets = (point.Flow is null ? 0 : 1) + (point.Queue is null ? 0 : 1) + (point.Agent is null ? 0 : 1);
            if (targets != 1)
            {
                scope.Add(targets == 0 ? "noTarget" : "severalTargets", path,
                    "exactly one of flow, queue and agent is to be given",
                    "il faut exactement un des membres flow, queue et agent");
            }

            scope.Reference("flows", point.Flow, path.Member("flow"));
            scope.Reference("queues", point.Queue, path.Member("queue"));
            scope.Reference("agents", point.Agent, path.Member("agent"));
            CheckLanguage(scope, point.Language, path.Member("language"));
        }
    }

    private static bool IsNumberPattern(string number)
    {
        var digits = number.AsSpan();
        digits = digits is ['+', .. var rest] ? rest : digits;
        digits = digits is [.. var head, '*'] ? head : digits;
        return number is { Length: > 0 and <= 32 } && number != "+" && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static void CheckDispositions(CentreScope scope)
    {
        var dispositions = scope.Config.Dispositions;
        var parents = dispositions.GroupBy(d => d.Id).ToDictionary(g => g.Key, g => g.First().Parent);
        for (var i = 0; i < dispositions.Count; i++)
        {
            var path = scope.Path("dispositions", i).Member("parent");
            scope.Reference("dispositions", dispositions[i].Parent, path);
            var seen = 0;
            var parent = dispositions[i].Parent;
            while (parent is { } p && parents.TryGetValue(p, out parent) && seen <= dispositions.Count)
            {
                seen++;
            }

            if (seen > dispositions.Count)
            {
                scope.Add("circle", path, "the branch leads back to itself", "la branche revient sur elle-même");
            }
        }

        for (var i = 0; i < scope.Config.NotReadyReasons.Count; i++)
        {
            scope.Range(scope.Path("notReadyReasons", i).Member("maxS"), scope.Config.NotReadyReasons[i].MaxS, 0, 86_400);
        }
    }

    private static void CheckPrompts(CentreScope scope)
    {
        var prompts = scope.Config.Prompts;
        for (var i = 0; i < prompts.Count; i++)
        {
            var path = scope.Path("prompts", i);
            if (prompts[i].Texts is not { Count: > 0 } && prompts[i].Files is not { Count: > 0 })
            {
                scope.Add("emptyPrompt", path, "neither text nor audio file", "ni texte ni fichier audio");
            }

            foreach (var language in prompts[i].Texts?.Keys ?? [])
            {
                CheckLanguage(scope, language, path.Member("texts").Member(language));
            }

            foreach (var (language, file) in prompts[i].Files ?? new Dictionary<string, string>())
            {
                var at = path.Member("files").Member(language);
                CheckLanguage(scope, language, at);
                if (file.Length == 0 || Path.IsPathRooted(file) || file.Split('/', '\\').Contains(".."))
                {
                    scope.Add("badPath", at, "a path below the tenant's prompts folder is expected",
                        "il faut un chemin sous le dossier des annonces du client");
                }
            }
        }
    }

    private static void CheckServiceLevels(CentreScope scope)
    {
        for (var i = 0; i < scope.Config.ServiceLevels.Count; i++)
        {
            var path = scope.Path("serviceLevels", i);
            scope.Range(path.Member("thresholdS"), scope.Config.ServiceLevels[i].ThresholdS, 1, 86_400);
            scope.Range(path.Member("shortAbandonS"), scope.Config.ServiceLevels[i].ShortAbandonS, 0, 3_600);
        }
    }

    private static void CheckLease(CentreScope scope)
    {
        var (lease, path) = (scope.Config.Lease, scope.Path("lease"));
        scope.Range(path.Member("unreachableS"), lease.UnreachableS, 2, 3_600);
        scope.Range(path.Member("logOutS"), lease.LogOutS, 2, 86_400);
        scope.Range(path.Member("acknowledgeMs"), lease.AcknowledgeMs, 100, 30_000);
        if (lease.LogOutS <= lease.UnreachableS)
        {
            scope.Add("contradiction", path.Member("logOutS"),
                "logOutS must be more than unreachableS", "logOutS doit dépasser unreachableS");
        }
    }
}

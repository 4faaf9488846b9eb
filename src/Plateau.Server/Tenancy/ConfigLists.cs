using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>One list of the configuration, so that one set of routes serves all of them.</summary>
/// <param name="Name">As in JSON and in routes.</param>
/// <param name="Get">The list.</param>
/// <param name="With">The configuration with another list.</param>
/// <param name="IdOf">What names an item; a number for entry points.</param>
internal sealed record ConfigList<T>(
    string Name, Func<CentreConfig, IReadOnlyList<T>> Get, Func<CentreConfig, IReadOnlyList<T>, CentreConfig> With,
    Func<T, string> IdOf)
    where T : class
{
    public T? Find(CentreConfig config, string id) => Get(config).FirstOrDefault(i => IdOf(i) == id);

    /// <summary>Replaces the item of that name in its place, or adds it at the end.</summary>
    public CentreConfig Put(CentreConfig config, T item)
    {
        var items = Get(config).ToList();
        var index = items.FindIndex(i => IdOf(i) == IdOf(item));
        if (index < 0)
        {
            items.Add(item);
        }
        else
        {
            items[index] = item;
        }

        return With(config, items);
    }

    public CentreConfig Remove(CentreConfig config, string id) =>
        With(config, [.. Get(config).Where(i => IdOf(i) != id)]);

    /// <summary>Where the item of that name stands, for telling errors of the whole as errors of the part.</summary>
    public ConfigPath PathOf(CentreConfig config, string id)
    {
        var index = Get(config).ToList().FindIndex(i => IdOf(i) == id);
        return ConfigPath.Root.Member(Name).At(Math.Max(index, 0));
    }
}

/// <summary>All lists of a tenant's configuration.</summary>
internal static class ConfigLists
{
    public static void Map(Hosting.ApiRoutes api)
    {
        Map(api, new ConfigList<SkillConfig>("skills", c => c.Skills, (c, l) => c with { Skills = l }, i => i.Id.Value));
        Map(api, new ConfigList<TeamConfig>("teams", c => c.Teams, (c, l) => c with { Teams = l }, i => i.Id.Value));
        Map(api, new ConfigList<Contracts.Agents.AgentConfig>(
            "agents", c => c.Agents, (c, l) => c with { Agents = l }, i => i.Id.Value));
        Map(api, new ConfigList<Contracts.Routing.QueueConfig>(
            "queues", c => c.Queues, (c, l) => c with { Queues = l }, i => i.Id.Value));
        Map(api, new ConfigList<Contracts.Ivr.FlowConfig>(
            "flows", c => c.Flows, (c, l) => c with { Flows = l }, i => i.Id.Value));
        Map(api, new ConfigList<EntryPointConfig>(
            "entryPoints", c => c.EntryPoints, (c, l) => c with { EntryPoints = l }, i => i.Number));
        Map(api, new ConfigList<HoursConfig>("hours", c => c.Hours, (c, l) => c with { Hours = l }, i => i.Id.Value));
        Map(api, new ConfigList<NotReadyReasonConfig>(
            "notReadyReasons", c => c.NotReadyReasons, (c, l) => c with { NotReadyReasons = l }, i => i.Id.Value));
        Map(api, new ConfigList<DispositionConfig>(
            "dispositions", c => c.Dispositions, (c, l) => c with { Dispositions = l }, i => i.Id.Value));
        Map(api, new ConfigList<PromptConfig>(
            "prompts", c => c.Prompts, (c, l) => c with { Prompts = l }, i => i.Id.Value));
        Map(api, new ConfigList<Contracts.Telephony.TrunkConfig>(
            "trunks", c => c.Trunks, (c, l) => c with { Trunks = l }, i => i.Id.Value));
        Map(api, new ConfigList<Contracts.Telephony.PhoneConfig>(
            "phones", c => c.Phones, (c, l) => c with { Phones = l }, i => i.Id.Value));
        Map(api, new ConfigList<Contracts.Routing.ServiceLevelConfig>(
            "serviceLevels", c => c.ServiceLevels, (c, l) => c with { ServiceLevels = l }, i => i.Id.Value));
    }

    private static void Map<T>(Hosting.ApiRoutes api, ConfigList<T> list)
        where T : class => EditList<T>.Map(api, list);
}

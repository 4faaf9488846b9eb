using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>What waiting callers hear: position, estimated wait, comfort messages, announcements of steps.</summary>
internal sealed partial class RoutingMachine
{
    /// <summary>What was being said to the caller is over: the pauses count from here.</summary>
    internal void SaidToWaiting(CallId call)
    {
        if (Find(call) is not { } item)
        {
            return;
        }

        var config = item.Queue.Config.Announcements;
        if (config.EveryS > 0 && !item.AnnounceDue!.IsSet)
        {
            context.Set(item.AnnounceDue, TimeSpan.FromSeconds(config.EveryS));
        }

        if (config.Comfort.Count > 0 && !item.ComfortDue!.IsSet)
        {
            context.Set(item.ComfortDue, TimeSpan.FromSeconds(config.ComfortEveryS));
        }
    }

    /// <summary>Estimated wait of a call now; null when nobody is at work.</summary>
    internal static TimeSpan? EstimateFor(WaitingItem item) => item.Queue.Estimate.For(
        PositionOf(item), item.Queue.AgentsAtWork, item.Queue.Config.AssumedHandlingS);

    private void BeginAnnouncements(WaitingItem item)
    {
        if (item.Callback is not null)
        {
            return;
        }

        var config = item.Queue.Config.Announcements;
        if (config.Position != PositionAnnouncement.No || config.EstimatedWait || item.Queue.Config.Callback is not null)
        {
            context.Set(item.AnnounceDue!, TimeSpan.FromSeconds(config.FirstS));
        }

        if (config.Comfort.Count > 0)
        {
            context.Set(item.ComfortDue!, TimeSpan.FromSeconds(config.ComfortEveryS));
        }
    }

    private void Announce(WaitingItem item)
    {
        var config = item.Queue.Config.Announcements;
        var items = new List<PromptItem>();
        AddPosition(item, config, items);
        AddEstimate(item, config, items);
        AddCallbackOffer(item, items);
        if (items.Count > 0)
        {
            context.Post(new SayToWaiting(item.Call!.Value, items));
        }
        else if (config.EveryS > 0)
        {
            context.Set(item.AnnounceDue!, TimeSpan.FromSeconds(config.EveryS));
        }
    }

    private static void AddPosition(WaitingItem item, AnnouncementConfig config, List<PromptItem> items)
    {
        var position = PositionOf(item);
        var isTold = config.Position switch
        {
            PositionAnnouncement.No => false,
            PositionAnnouncement.Limit => position <= config.PositionLimit,
            _ => true,
        };
        if (!isTold || (config.OnlyImprovements && position >= item.AnnouncedPosition))
        {
            return;
        }

        item.AnnouncedPosition = position;
        var isMore = config.Position == PositionAnnouncement.More && position > config.PositionLimit;
        items.Add(WaitingTexts.Position(item.Language, isMore ? config.PositionLimit : position, isMore));
    }

    private static void AddEstimate(WaitingItem item, AnnouncementConfig config, List<PromptItem> items)
    {
        if (!config.EstimatedWait || EstimateFor(item) is not { } estimate)
        {
            return;
        }

        var step = Math.Max(config.RoundS, 1);
        var rounded = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(estimate.TotalSeconds / step)) * step);
        if (config.OnlyImprovements && rounded >= item.AnnouncedWait)
        {
            return;
        }

        item.AnnouncedWait = rounded;
        items.Add(WaitingTexts.Wait(item.Language, rounded));
    }

    private void Comfort(WaitingItem item)
    {
        var prompts = item.Queue.Config.Announcements.Comfort;
        if (prompts.Count > 0)
        {
            var prompt = prompts[item.ComfortNext % prompts.Count];
            item.ComfortNext = (item.ComfortNext + 1) % prompts.Count;
            Say(item, prompt);
        }
    }

    private void Say(WaitingItem item, PromptId prompt)
    {
        if (item.Call is { } call && item.Callback is null)
        {
            context.Post(new SayToWaiting(call, [new PromptItem(prompt, null, item.Language)]));
        }
    }
}

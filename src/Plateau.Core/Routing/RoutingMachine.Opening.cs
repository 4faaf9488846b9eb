using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>When a queue is open, and who must be present.</summary>
internal sealed partial class RoutingMachine
{
    /// <summary>Open by a supervisor's word, else by the hours.</summary>
    internal bool IsOpen(QueueState queue) =>
        queue.OpenOverride ?? _hours.IsOpen(queue.Config.Hours, context.Now);

    /// <summary>A supervisor opens or closes a queue beyond its hours; null = by its hours again.</summary>
    internal RequestError? SetOpen(SetQueueOpen request)
    {
        if (FindQueue(request.Queue) is not { } queue)
        {
            return RequestError.NotFound;
        }

        queue.OpenOverride = request.Open;
        context.Publish(new QueueChanged(queue.Id, IsOpen(queue), request.By));
        CloseIfDue(queue);
        return null;
    }

    private void SetHoursDue(QueueState queue)
    {
        var next = queue.Config.Hours is { } hours && _hours.Find(hours) is { } calendar
            ? calendar.At(context.Now).NextChange
            : Instant.Never;
        context.Set(queue.HoursDue!, next);
    }

    private void OnHours(QueueState queue)
    {
        SetHoursDue(queue);
        if (queue.OpenOverride is null)
        {
            context.Publish(new QueueChanged(queue.Id, IsOpen(queue), null));
        }

        CloseIfDue(queue);
    }

    private void CloseIfDue(QueueState queue)
    {
        WakeCallbacks(queue);
        if (IsOpen(queue) || queue.Config.StayAtClosing)
        {
            return;
        }

        foreach (var item in queue.Items.ToList())
        {
            if (item.Callback is null)
            {
                Exit(item, QueueExit.Closed);
            }
        }
    }

    /// <summary>Starts or stops the clock of an empty queue.</summary>
    private void CheckPresence(QueueState queue)
    {
        var isLeft = queue.Items.Count > 0 && !queue.IsAnyonePresent(queue.Config.StayPresence);
        if (!isLeft)
        {
            context.Clear(queue.EmptyDue!);
        }
        else if (!queue.EmptyDue!.IsSet)
        {
            context.Set(queue.EmptyDue, TimeSpan.FromSeconds(queue.Config.EmptyGraceS));
        }
    }

    private void OnEmpty(QueueState queue)
    {
        foreach (var item in queue.Items.ToList())
        {
            if (item.Callback is null && item.Offers.Count == 0)
            {
                Exit(item, QueueExit.LeaveEmpty);
            }
        }
    }
}

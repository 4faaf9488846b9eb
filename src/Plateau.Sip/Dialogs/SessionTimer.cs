using Plateau.Contracts;

namespace Plateau.Sip.Dialogs;

/// <summary>What a session timer asks for when its instant has come.</summary>
internal enum SessionTimerEffect
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>We are the refresher and half of the interval is over: send a refresh (RFC 4028 §10).</summary>
    Refresh,

    /// <summary>The session was not refreshed in time: send BYE.</summary>
    Expire,
}

/// <summary>Keeps both ends of an established dialog convinced that the other is alive.</summary>
/// <remarks>
/// Source: RFC 4028. The refresher refreshes after half the interval (§7.2); the other side hangs up
/// min(32 s, interval / 3) before its end (§10), and so does a refresher whose refresh is never answered.
/// </remarks>
internal sealed class SessionTimer
{
    private static readonly TimeSpan MarginMax = TimeSpan.FromSeconds(32);

    private Instant _refreshAt = Instant.Never;
    private Instant _expireAt = Instant.Never;

    /// <summary>The agreed interval in seconds; 0 when no timer runs.</summary>
    internal int IntervalSeconds { get; private set; }

    internal bool IsRefresher { get; private set; }

    internal Instant NextDeadline => Instant.Min(_refreshAt, _expireAt);

    /// <summary>Starts or restarts with each 2xx to an INVITE or UPDATE; an interval of 0 switches the timer
    /// off.</summary>
    internal void Restart(Instant now, int intervalSeconds, bool isRefresher)
    {
        IntervalSeconds = intervalSeconds;
        IsRefresher = isRefresher;
        if (intervalSeconds <= 0)
        {
            Stop();
            return;
        }

        var interval = TimeSpan.FromSeconds(intervalSeconds);
        var margin = interval / 3 < MarginMax ? interval / 3 : MarginMax;
        _refreshAt = isRefresher ? now + interval / 2 : Instant.Never;
        _expireAt = now + (interval - margin);
    }

    internal void Stop()
    {
        _refreshAt = Instant.Never;
        _expireAt = Instant.Never;
    }

    internal SessionTimerEffect Tick(Instant now)
    {
        if (now >= _expireAt)
        {
            Stop();
            return SessionTimerEffect.Expire;
        }

        if (now >= _refreshAt)
        {
            _refreshAt = Instant.Never;
            return SessionTimerEffect.Refresh;
        }

        return SessionTimerEffect.None;
    }
}

using System.Globalization;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>How the two ends agree on a session timer; the timer itself is <see cref="SessionTimer"/>.</summary>
/// <remarks>Source: RFC 4028 §7 (UAC), §9 and table 2 (UAS).</remarks>
internal static class SessionRules
{
    /// <summary>The interval of a request of ours; none when our configuration asks for none.</summary>
    /// <param name="stack">Ours.</param>
    /// <param name="request">INVITE or UPDATE.</param>
    /// <param name="minSeconds">The Min-SE of a 422; 0 for the configured minimum.</param>
    /// <param name="refresher">uac to stay the refresher of a running timer, uas to leave it; null for open.</param>
    internal static void Ask(SipStack stack, SipRequest request, int minSeconds, string? refresher = null)
    {
        var config = stack.Config;
        if (config.SessionIntervalSeconds <= 0)
        {
            return;
        }

        var min = Math.Max(minSeconds, config.SessionIntervalMinSeconds);
        request.Headers.SessionExpires = new SessionExpires(Math.Max(config.SessionIntervalSeconds, min), refresher);
        request.Headers.MinSessionExpiresSeconds = min;
    }

    /// <summary>Whether a request asks for too short an interval; it is answered with 422 then.</summary>
    internal static bool Refuses(SipStack stack, ServerTransaction transaction)
    {
        var min = stack.Config.SessionIntervalMinSeconds;
        if (transaction.Request.Headers.SessionExpires is not { } asked || asked.Seconds >= min)
        {
            return false;
        }

        stack.Respond(
            transaction, SipStatus.SessionIntervalTooSmall, SipHeaderName.MinSE,
            min.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Our 2xx to a request: grants an interval and starts the timer.</summary>
    internal static void Grant(SipLeg leg, SipRequest request, SipResponse response)
    {
        var config = leg.Stack.Config;
        var asked = request.Headers.SessionExpires;
        if (asked is null && config.SessionIntervalSeconds <= 0)
        {
            leg.Renegotiation.RestartTimer(0, isRefresher: false);
            return;
        }

        var floor = Math.Max(request.Headers.MinSessionExpiresSeconds ?? 0, config.SessionIntervalMinSeconds);
        var wish = config.SessionIntervalSeconds > 0 ? Math.Max(config.SessionIntervalSeconds, floor) : int.MaxValue;
        var seconds = Math.Min(asked?.Seconds ?? wish, wish);
        var peerCan = request.Headers.Supports("timer");
        var refresher = !peerCan || asked is null ? "uas" : asked.Value.Refresher ?? "uac";
        response.Headers.SessionExpires = new SessionExpires(seconds, refresher);
        if (refresher == "uac")
        {
            response.Headers.Add(SipHeaderName.Require, "timer");
        }

        leg.Renegotiation.RestartTimer(seconds, isRefresher: refresher == "uas");
    }

    /// <summary>A 2xx of the peer: a timer runs if it names an interval (§7.2).</summary>
    internal static void Accept(SipLeg leg, SipResponse response)
    {
        var granted = response.Headers.SessionExpires;
        var seconds = granted is { } one ? Math.Clamp(one.Seconds, 90, 86_400) : 0; // §4: never below 90 s
        leg.Renegotiation.RestartTimer(seconds, isRefresher: granted?.Refresher != "uas");
    }
}

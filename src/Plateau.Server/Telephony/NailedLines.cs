using System.Net;
using Plateau.Contracts;
using Plateau.Sip;

namespace Plateau.Server.Telephony;

/// <summary>The call to a nailed-up phone, kept while no leg of a centre uses it.</summary>
/// <param name="Media">Its media.</param>
/// <param name="Description">What was agreed on.</param>
/// <param name="Sip">Its dialog.</param>
/// <param name="Signalling">Where its signalling comes from.</param>
/// <param name="EndsAt">When it is hung up unless a leg takes it before.</param>
internal sealed record NailedLine(
    RtpLeg Media, LegDescription Description, SipLegId Sip, IPAddress Signalling, Instant EndsAt);

/// <summary>The idle calls to nailed-up phones: the next leg of the phone takes its own instead of ringing.</summary>
/// <remarks>On the telephony thread. The centre does not tell log-outs, so an idle line ends after a limit.</remarks>
internal sealed class NailedLines
{
    /// <summary>How long a line may be idle; an agent who logged out and left the receiver off does not hold it for
    /// ever.</summary>
    internal static readonly TimeSpan IdleMax = TimeSpan.FromHours(2);

    private readonly Dictionary<string, NailedLine> _idle = [];

    /// <summary>When the first idle line ends.</summary>
    internal Instant NextDeadline { get; private set; } = Instant.Never;

    /// <summary>Keeps a line of a phone; false when it has one already.</summary>
    internal bool TryPark(PhoneAccount account, NailedLine line)
    {
        var isNew = _idle.TryAdd(account.Name, line);
        Schedule();
        return isNew;
    }

    /// <summary>Takes the line of a phone; null when it has none.</summary>
    internal NailedLine? Take(PhoneAccount account)
    {
        _idle.Remove(account.Name, out var line);
        Schedule();
        return line;
    }

    /// <summary>The phone hung up: the line that is gone; null when the dialog was no idle line.</summary>
    internal NailedLine? Drop(SipLegId sip)
    {
        foreach (var (name, line) in _idle)
        {
            if (line.Sip == sip)
            {
                _idle.Remove(name);
                Schedule();
                return line;
            }
        }

        return null;
    }

    /// <summary>The lines whose time is over; they stay known until their dialogs have ended.</summary>
    internal IReadOnlyList<NailedLine> Due(Instant now)
    {
        var due = now < NextDeadline ? [] : _idle.Values.Where(line => line.EndsAt <= now).ToList();
        NextDeadline = due.Count > 0 ? Instant.Never : NextDeadline;
        return due;
    }

    private void Schedule() => NextDeadline = _idle.Count == 0 ? Instant.Never : _idle.Values.Min(line => line.EndsAt);
}

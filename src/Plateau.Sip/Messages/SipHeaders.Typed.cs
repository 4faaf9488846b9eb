using System.Globalization;

namespace Plateau.Sip.Messages;

/// <content>Typed access to the headers this element understands.</content>
public sealed partial class SipHeaders
{
    private Via? _topVia;
    private NameAddress? _from;
    private NameAddress? _to;
    private NameAddress? _contact;
    private CSeq? _cseq;

    /// <summary>The hop a response goes back to; null when there is no Via or it is malformed.</summary>
    public Via? TopVia => _topVia ??= Via.TryParse(Get(SipHeaderName.Via), out var via) ? via : null;

    /// <summary>All hops, nearest first; malformed ones are left out.</summary>
    public IReadOnlyList<Via> Vias
    {
        get
        {
            var vias = new List<Via>();
            foreach (var value in GetAll(SipHeaderName.Via))
            {
                if (Via.TryParse(value, out var via))
                {
                    vias.Add(via);
                }
            }

            return vias;
        }
    }

    /// <summary>Who sends the request.</summary>
    public NameAddress? From
    {
        get => _from ??= Address(SipHeaderName.From);
        set => Set(SipHeaderName.From, value?.ToString());
    }

    /// <summary>Whom the request was first meant for.</summary>
    public NameAddress? To
    {
        get => _to ??= Address(SipHeaderName.To);
        set => Set(SipHeaderName.To, value?.ToString());
    }

    /// <summary>The Call-ID; null when absent.</summary>
    public SipCallId? CallId
    {
        get => Get(SipHeaderName.CallId) is { } text ? new SipCallId(text) : null;
        set => Set(SipHeaderName.CallId, value?.Value);
    }

    /// <summary>The sequence number and method.</summary>
    public CSeq? CSeq
    {
        get => _cseq ??= Messages.CSeq.TryParse(Get(SipHeaderName.CSeq), out var cseq) ? cseq : null;
        set => Set(SipHeaderName.CSeq, value?.ToString());
    }

    /// <summary>The first contact; null when absent or "*".</summary>
    public NameAddress? Contact
    {
        get => _contact ??= Address(SipHeaderName.Contact);
        set => Set(SipHeaderName.Contact, value?.ToString());
    }

    /// <summary>All contacts in order; empty when the only one is "*".</summary>
    public IReadOnlyList<NameAddress> Contacts => Addresses(SipHeaderName.Contact);

    /// <summary>Whether a contact is "*": all bindings, RFC 3261 §10.2.2.</summary>
    public bool IsContactWildcard => GetAll(SipHeaderName.Contact).Contains("*");

    /// <summary>The routes a request is to take, nearest first.</summary>
    public IReadOnlyList<NameAddress> Routes
    {
        get => Addresses(SipHeaderName.Route);
        set => SetAll(SipHeaderName.Route, value.Select(route => route.ToString()));
    }

    /// <summary>The proxies that want to stay on the path of the dialog.</summary>
    public IReadOnlyList<NameAddress> RecordRoutes
    {
        get => Addresses(SipHeaderName.RecordRoute);
        set => SetAll(SipHeaderName.RecordRoute, value.Select(route => route.ToString()));
    }

    /// <summary>Hops the request may still cross, 0 to 255.</summary>
    public int? MaxForwards
    {
        get => (int?)Number(SipHeaderName.MaxForwards, Limits.MaxForwardsMax);
        set => SetNumber(SipHeaderName.MaxForwards, value);
    }

    /// <summary>The length of the body in bytes as written; the writer computes it anew.</summary>
    public int? ContentLength => (int?)Number(SipHeaderName.ContentLength, int.MaxValue);

    /// <summary>Expires in seconds.</summary>
    public int? ExpiresSeconds
    {
        get => (int?)Number(SipHeaderName.Expires, int.MaxValue);
        set => SetNumber(SipHeaderName.Expires, value);
    }

    /// <summary>Min-Expires in seconds.</summary>
    public int? MinExpiresSeconds
    {
        get => (int?)Number(SipHeaderName.MinExpires, int.MaxValue);
        set => SetNumber(SipHeaderName.MinExpires, value);
    }

    /// <summary>The session timer, RFC 4028.</summary>
    public SessionExpires? SessionExpires
    {
        get => Messages.SessionExpires.TryParse(Get(SipHeaderName.SessionExpires), out var value) ? value : null;
        set => Set(SipHeaderName.SessionExpires, value?.ToString());
    }

    /// <summary>The shortest session timer a hop accepts, seconds; RFC 4028.</summary>
    public int? MinSessionExpiresSeconds
    {
        get => SipValue.TryParse(Get(SipHeaderName.MinSE), out var value)
            && SipText.TryNumber(value.Value, int.MaxValue, out var seconds) ? (int)seconds : null;
        set => SetNumber(SipHeaderName.MinSE, value);
    }

    /// <summary>The option tags the sender understands.</summary>
    public IReadOnlyList<string> Supported
    {
        get => List(SipHeaderName.Supported);
        set => SetList(SipHeaderName.Supported, value);
    }

    /// <summary>The option tags the receiver must understand.</summary>
    public IReadOnlyList<string> Require
    {
        get => List(SipHeaderName.Require);
        set => SetList(SipHeaderName.Require, value);
    }

    /// <summary>The option tags that were refused by a 420.</summary>
    public IReadOnlyList<string> Unsupported
    {
        get => List(SipHeaderName.Unsupported);
        set => SetList(SipHeaderName.Unsupported, value);
    }

    /// <summary>The methods the sender takes.</summary>
    public IReadOnlyList<SipMethod> Allow
    {
        get => [.. List(SipHeaderName.Allow).Select(text => SipMethod.Of(text))];
        set => SetList(SipHeaderName.Allow, [.. value.Select(method => method.Text)]);
    }

    /// <summary>Which reliable provisional response is acknowledged, RFC 3262.</summary>
    public RAck? RAck
    {
        get => Messages.RAck.TryParse(Get(SipHeaderName.RAck), out var rack) ? rack : null;
        set => Set(SipHeaderName.RAck, value?.ToString());
    }

    /// <summary>The number of a reliable provisional response, 1 to 2^32 - 1; RFC 3262.</summary>
    public long? RSeq
    {
        get => Number(SipHeaderName.RSeq, uint.MaxValue);
        set => SetNumber(SipHeaderName.RSeq, value);
    }

    /// <summary>Where a REFER sends its receiver, RFC 3515.</summary>
    public NameAddress? ReferTo
    {
        get => Address(SipHeaderName.ReferTo);
        set => Set(SipHeaderName.ReferTo, value?.ToString());
    }

    /// <summary>Who asked for the referral, RFC 3892.</summary>
    public NameAddress? ReferredBy
    {
        get => Address(SipHeaderName.ReferredBy);
        set => Set(SipHeaderName.ReferredBy, value?.ToString());
    }

    /// <summary>The dialog to take the place of, RFC 3891.</summary>
    public Replaces? Replaces
    {
        get => Messages.Replaces.TryParse(Get(SipHeaderName.Replaces), out var replaces) ? replaces : null;
        set => Set(SipHeaderName.Replaces, value?.ToString());
    }

    /// <summary>Identities that a trusted network vouches for, RFC 3325.</summary>
    public IReadOnlyList<NameAddress> PAssertedIdentities => Addresses(SipHeaderName.PAssertedIdentity);

    /// <summary>The identity the caller would like to have asserted, RFC 3325.</summary>
    public IReadOnlyList<NameAddress> PPreferredIdentities => Addresses(SipHeaderName.PPreferredIdentity);

    /// <summary>The kinds of privacy asked for, in lower case: id, header, session, user, none, critical; RFC
    /// 3323.</summary>
    public IReadOnlyList<string> Privacy
    {
        get => (Get(SipHeaderName.Privacy) ?? "").ToLowerInvariant()
            .Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        set => Set(SipHeaderName.Privacy, value.Count == 0 ? null : string.Join(';', value));
    }

    /// <summary>Earlier targets, last diversion first; RFC 5806.</summary>
    public IReadOnlyList<NameAddress> Diversions => Addresses(SipHeaderName.Diversion);

    /// <summary>All targets of the request, first one first; RFC 7044.</summary>
    public IReadOnlyList<NameAddress> HistoryInfo => Addresses(SipHeaderName.HistoryInfo);

    /// <summary>Why the request was sent, RFC 3326; malformed ones are left out.</summary>
    public IReadOnlyList<SipReason> Reasons
    {
        get
        {
            var reasons = new List<SipReason>();
            foreach (var value in GetAll(SipHeaderName.Reason))
            {
                if (SipReason.TryParse(value, out var reason))
                {
                    reasons.Add(reason);
                }
            }

            return reasons;
        }

        set => SetAll(SipHeaderName.Reason, value.Select(reason => reason.ToString()));
    }

    /// <summary>After how many seconds to try again; comment and parameters are skipped.</summary>
    public int? RetryAfterSeconds
    {
        get
        {
            var text = Get(SipHeaderName.RetryAfter).AsSpan();
            var end = text.IndexOfAny(" \t(;");
            return SipText.TryNumber(end < 0 ? text : text[..end], int.MaxValue, out var value) ? (int)value : null;
        }

        set => SetNumber(SipHeaderName.RetryAfter, value);
    }

    /// <summary>The event package with its parameters, RFC 6665.</summary>
    public SipValue? Event
    {
        get => Value(SipHeaderName.Event);
        set => Set(SipHeaderName.Event, value?.ToString());
    }

    /// <summary>The state of a subscription with its parameters, RFC 6665.</summary>
    public SipValue? SubscriptionState
    {
        get => Value(SipHeaderName.SubscriptionState);
        set => Set(SipHeaderName.SubscriptionState, value?.ToString());
    }

    /// <summary>The type of the body with its parameters.</summary>
    public SipValue? ContentType
    {
        get => Value(SipHeaderName.ContentType);
        set => Set(SipHeaderName.ContentType, value?.ToString());
    }

    /// <summary>The product that speaks: User-Agent, or Server in its place.</summary>
    public string? UserAgent
    {
        get => Get(SipHeaderName.UserAgent) ?? Get(SipHeaderName.Server);
        set => Set(SipHeaderName.UserAgent, value);
    }

    /// <summary>Whether Supported or Require names this option tag.</summary>
    public bool Supports(string optionTag) =>
        Supported.Contains(optionTag, StringComparer.OrdinalIgnoreCase) || Requires(optionTag);

    /// <summary>Whether Require names this option tag.</summary>
    public bool Requires(string optionTag) => Require.Contains(optionTag, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a hop above the others.</summary>
    public void PushVia(Via via) => AddFirst(SipHeaderName.Via, via.ToString());

    /// <summary>Puts a hop in the place of the topmost one.</summary>
    public void ReplaceTopVia(Via via)
    {
        var index = IndexOf(SipHeaderName.Via);
        if (index < 0)
        {
            PushVia(via);
            return;
        }

        _entries[index] = new SipHeader(SipHeaderName.Via, via.ToString());
        Forget();
    }

    /// <summary>Appends an address as one more header of this name.</summary>
    public void Add(SipHeaderName name, NameAddress address) => Add(name, address.ToString());

    /// <summary>The values of a comma-separated header, over all its fields.</summary>
    public IReadOnlyList<string> List(SipHeaderName name)
    {
        var values = new List<string>();
        foreach (var entry in _entries)
        {
            if (entry.Name == name)
            {
                values.AddRange(SipText.SplitList(entry.Value));
            }
        }

        return values;
    }

    /// <summary>The addresses of all headers of this name; malformed ones are left out.</summary>
    public IReadOnlyList<NameAddress> Addresses(SipHeaderName name)
    {
        var addresses = new List<NameAddress>();
        foreach (var entry in _entries)
        {
            if (entry.Name == name && NameAddress.TryParse(entry.Value, out var address))
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private NameAddress? Address(SipHeaderName name) =>
        Get(name) is { } text && NameAddress.TryParse(text, out var address) ? address : null;

    private SipValue? Value(SipHeaderName name) =>
        Get(name) is { } text && SipValue.TryParse(text, out var value) ? value : null;

    private long? Number(SipHeaderName name, long max) =>
        Get(name) is { } text && SipText.TryNumber(text, max, out var number) ? number : null;

    private void SetNumber(SipHeaderName name, long? value) =>
        Set(name, value?.ToString(CultureInfo.InvariantCulture));

    private void SetList(SipHeaderName name, IReadOnlyList<string> values) =>
        Set(name, values.Count == 0 ? null : string.Join(", ", values));

    private void Forget()
    {
        _topVia = null;
        _from = null;
        _to = null;
        _contact = null;
        _cseq = null;
    }
}

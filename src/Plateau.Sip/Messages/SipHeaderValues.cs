using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plateau.Sip.Messages;

/// <summary>The number and method of a CSeq header.</summary>
/// <param name="Number">0 to 2^31 - 1 (RFC 3261 §8.1.1.5).</param>
/// <param name="Method">The method, equal to that of the request.</param>
public readonly record struct CSeq(long Number, SipMethod Method)
{
    /// <summary>Parses one header value; false when it breaks the grammar or the number is too great.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CSeq cseq)
    {
        cseq = default;
        text = text.Trim();
        var end = text.IndexOfAny(' ', '\t');
        if (end < 0 || !SipText.TryNumber(text[..end], Limits.CSeqNumberMax, out var number))
        {
            return false;
        }

        var method = text[end..].Trim();
        cseq = new CSeq(number, SipMethod.Of(method));
        return SipText.IsToken(method);
    }

    /// <summary>The header value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Method}");
}

/// <summary>The value of a RAck header: which reliable provisional response a PRACK acknowledges (RFC 3262
/// §7.2).</summary>
/// <param name="RSeq">The response's RSeq, 1 to 2^32 - 1.</param>
/// <param name="CSeqNumber">The CSeq number of the request that is being answered.</param>
/// <param name="Method">That request's method.</param>
public readonly record struct RAck(long RSeq, long CSeqNumber, SipMethod Method)
{
    /// <summary>Parses one header value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RAck rack)
    {
        rack = default;
        text = text.Trim();
        var end = text.IndexOfAny(' ', '\t');
        if (end < 0
            || !SipText.TryNumber(text[..end], uint.MaxValue, out var rseq)
            || !Messages.CSeq.TryParse(text[end..], out var cseq))
        {
            return false;
        }

        rack = new RAck(rseq, cseq.Number, cseq.Method);
        return true;
    }

    /// <summary>The header value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RSeq} {CSeqNumber} {Method}");
}

/// <summary>A header value of the form value;parameters, such as Event, Reason, Replaces or Content-Type.</summary>
/// <param name="Value">What stands before the first semicolon.</param>
/// <param name="Parameters">The rest.</param>
public sealed record SipValue(string Value, SipParameters Parameters)
{
    /// <summary>Parses one header value; false when it is empty or its parameters break the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipValue? value)
    {
        value = null;
        var semicolon = SipText.IndexOutside(text, ';');
        var first = (semicolon < 0 ? text : text[..semicolon]).Trim();
        if (first.IsEmpty || !SipParameters.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters))
        {
            return false;
        }

        value = new SipValue(first.ToString(), parameters);
        return true;
    }

    /// <summary>Whether the part before the parameters is this, in any case.</summary>
    public bool Is(string value) => Value.Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The header value.</summary>
    public override string ToString() => Value + Parameters;
}

/// <summary>The interval of a session timer (RFC 4028).</summary>
/// <param name="Seconds">The interval, seconds.</param>
/// <param name="Refresher">uac or uas; null when left open.</param>
public readonly record struct SessionExpires(int Seconds, string? Refresher)
{
    /// <summary>Parses one header value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SessionExpires expires)
    {
        expires = default;
        if (!SipValue.TryParse(text, out var value) || !SipText.TryNumber(value.Value, int.MaxValue, out var seconds))
        {
            return false;
        }

        expires = new SessionExpires((int)seconds, value.Parameters.Get("refresher")?.ToLowerInvariant());
        return true;
    }

    /// <summary>The header value.</summary>
    public override string ToString() => Refresher is null
        ? Seconds.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Seconds};refresher={Refresher}");
}

/// <summary>Which dialog an INVITE is to take the place of (RFC 3891).</summary>
/// <param name="CallId">The Call-ID of that dialog.</param>
/// <param name="ToTag">Its tag on the side of the element that receives the header.</param>
/// <param name="FromTag">Its tag on the other side.</param>
/// <param name="IsEarlyOnly">Whether only an early dialog may be replaced.</param>
public readonly record struct Replaces(SipCallId CallId, string ToTag, string FromTag, bool IsEarlyOnly)
{
    /// <summary>Parses one header value; false when a tag is missing or the grammar is broken.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Replaces replaces)
    {
        replaces = default;
        if (!SipValue.TryParse(text, out var value)
            || value.Parameters.Get("to-tag") is not { Length: > 0 } toTag
            || value.Parameters.Get("from-tag") is not { Length: > 0 } fromTag)
        {
            return false;
        }

        replaces = new Replaces(new SipCallId(value.Value), toTag, fromTag, value.Parameters.Has("early-only"));
        return true;
    }

    /// <summary>The header value.</summary>
    public override string ToString() =>
        $"{CallId};to-tag={ToTag};from-tag={FromTag}{(IsEarlyOnly ? ";early-only" : "")}";
}

/// <summary>Why a request was sent (RFC 3326), such as Q.850;cause=16.</summary>
/// <param name="Protocol">SIP, Q.850 or another token.</param>
/// <param name="Code">The cause in that protocol; null when absent.</param>
/// <param name="Text">Words for people; null when absent.</param>
public sealed record SipReason(string Protocol, int? Code, string? Text)
{
    /// <summary>A Q.850 cause, 1 to 127.</summary>
    public static SipReason Q850(int code, string? text = null) => new("Q.850", code, text);

    /// <summary>A SIP status, 100 to 699.</summary>
    public static SipReason Sip(int code, string? text = null) => new("SIP", code, text);

    /// <summary>Whether the code is one of Q.850.</summary>
    public bool IsQ850 => Protocol.Equals("Q.850", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses one header value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipReason? reason)
    {
        reason = null;
        if (!SipValue.TryParse(text, out var value) || !SipText.IsToken(value.Value))
        {
            return false;
        }

        var code = (int?)value.Parameters.GetNumber("cause", 999);
        reason = new SipReason(value.Value, code, value.Parameters.GetUnquoted("text"));
        return true;
    }

    /// <summary>The header value.</summary>
    public override string ToString()
    {
        var code = Code is { } number ? string.Create(CultureInfo.InvariantCulture, $";cause={number}") : "";
        return Text is null ? Protocol + code : $"{Protocol}{code};text={SipText.Quote(Text)}";
    }
}

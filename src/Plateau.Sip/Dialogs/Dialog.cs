using System.Globalization;
using System.Net;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Dialogs;

/// <summary>The three parts of a dialog id (RFC 3261 §12), seen from here.</summary>
internal readonly record struct DialogKey(string CallId, string LocalTag, string RemoteTag);

/// <summary>The peer relationship of RFC 3261 §12: who, by which way, and the numbers of the requests.</summary>
internal sealed class Dialog
{
    private readonly string _localAddress;
    private readonly string _remoteAddress;
    private SipUri _remoteTarget;
    private IReadOnlyList<NameAddress> _routes;
    private long _remoteCSeq;

    private Dialog(DialogKey key, string localAddress, string remoteAddress, SipMessage message)
    {
        Key = key;
        _localAddress = localAddress;
        _remoteAddress = remoteAddress;
        _routes = message.Headers.RecordRoutes;
        _remoteTarget = message.Headers.Contact?.Uri ?? NameAddress.Parse(remoteAddress).Uri;
        PeerAllowsUpdate = AllowsUpdate(message);
    }

    internal DialogKey Key { get; }

    /// <summary>Number of the last request sent in this dialog.</summary>
    internal long LocalCSeq { get; set; }

    /// <summary>Whether we sent the request that made the dialog, and so own its Call-ID.</summary>
    internal bool IsOurs { get; private init; }

    /// <summary>Whether the peer's last Allow named UPDATE.</summary>
    internal bool PeerAllowsUpdate { get; private set; }

    /// <summary>The dialog of a UAS (RFC 3261 §12.1.1); the route set is taken in order.</summary>
    internal static Dialog OfRequest(SipRequest request, string localTag)
    {
        var headers = request.Headers;
        var key = new DialogKey(headers.CallId!.Value.Value, localTag, headers.From!.Tag ?? "");
        var local = headers.To!.WithTag(localTag).ToString();
        return new Dialog(key, local, headers.Get(SipHeaderName.From)!, request)
        {
            _remoteCSeq = headers.CSeq!.Value.Number,
            LocalCSeq = 0,
        };
    }

    /// <summary>The dialog of a UAC (RFC 3261 §12.1.2); the route set is taken in reverse.</summary>
    internal static Dialog OfResponse(SipRequest request, SipResponse response)
    {
        var key = KeyOf(request, response);
        var from = request.Headers.Get(SipHeaderName.From)!;
        var dialog = new Dialog(key, from, response.Headers.Get(SipHeaderName.To)!, response)
        {
            _remoteCSeq = -1,
            LocalCSeq = request.Headers.CSeq!.Value.Number,
            IsOurs = true,
        };
        dialog._routes = [.. dialog._routes.Reverse()];
        return dialog;
    }

    /// <summary>The key of the dialog that a response of ours makes or belongs to.</summary>
    internal static DialogKey KeyOf(SipRequest request, SipResponse response) => new(
        request.Headers.CallId!.Value.Value, request.Headers.From!.Tag ?? "", response.Headers.To?.Tag ?? "");

    /// <summary>The key of the dialog that a request of the peer belongs to.</summary>
    internal static DialogKey KeyOf(SipRequest request) => new(
        request.Headers.CallId!.Value.Value, request.Headers.To?.Tag ?? "", request.Headers.From?.Tag ?? "");

    /// <summary>The 2xx decides anew about the route set that a provisional response proposed (RFC 3261
    /// §13.2.2.4).</summary>
    internal void Confirm(SipResponse response)
    {
        _routes = [.. response.Headers.RecordRoutes.Reverse()];
        Refresh(response);
    }

    /// <summary>Target refresh: the peer's Contact and Allow of a re-INVITE, an UPDATE or their 2xx (§12.2).</summary>
    internal void Refresh(SipMessage message)
    {
        if (message.Headers.Contact is { } contact)
        {
            _remoteTarget = contact.Uri;
        }

        if (message.Headers.Has(SipHeaderName.Allow))
        {
            PeerAllowsUpdate = AllowsUpdate(message);
        }
    }

    /// <summary>Whether a request comes in order; a lower number is refused with 500 (§12.2.2).</summary>
    internal bool TakeInOrder(SipRequest request)
    {
        var number = request.Headers.CSeq!.Value.Number;
        if (number < _remoteCSeq)
        {
            return false;
        }

        _remoteCSeq = number;
        return true;
    }

    /// <summary>A request within the dialog (§12.2.1.1), without Via; the number counts up but for ACK.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="cseq">The number of the INVITE for an ACK; null for the next one.</param>
    internal SipRequest CreateRequest(SipMethod method, long? cseq = null)
    {
        var number = cseq ?? ++LocalCSeq;
        var strict = _routes.Count > 0 && !_routes[0].Uri.IsLooseRouter;
        var request = new SipRequest(method, strict ? _routes[0].Uri.WithoutHeaders() : _remoteTarget.WithoutHeaders());
        var headers = request.Headers;
        for (var i = strict ? 1 : 0; i < _routes.Count; i++)
        {
            headers.Add(SipHeaderName.Route, _routes[i].ToString());
        }

        if (strict)
        {
            headers.Add(SipHeaderName.Route, $"<{_remoteTarget}>");
        }

        headers.Add(SipHeaderName.MaxForwards, "70");
        headers.Add(SipHeaderName.From, _localAddress);
        headers.Add(SipHeaderName.To, _remoteAddress);
        headers.Add(SipHeaderName.CallId, Key.CallId);
        headers.Add(SipHeaderName.CSeq, string.Create(CultureInfo.InvariantCulture, $"{number} {method}"));
        return request;
    }

    /// <summary>The way of the next request: the flow of the dialog, or the address in the first route or the target
    /// where that is literal and the peer was not seen behind a NAT.</summary>
    internal SipFlow NextHop(SipFlow flow, bool staysOnFlow)
    {
        var uri = _routes.Count > 0 ? _routes[0].Uri : _remoteTarget;
        if (staysOnFlow || flow.IsReliable || uri.Transport is not (null or "udp")
            || !IPAddress.TryParse(uri.Host, out var address))
        {
            return flow;
        }

        var port = uri.Port == 0 ? 5060 : uri.Port;
        return address.Equals(flow.Remote.Address) && port == flow.Remote.Port
            ? flow
            : flow with { Remote = new IPEndPoint(address, port) };
    }

    private static bool AllowsUpdate(SipMessage message) =>
        message.Headers.Get(SipHeaderName.Allow)?.Contains("UPDATE", StringComparison.Ordinal) ?? false;
}

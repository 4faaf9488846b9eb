namespace Plateau.Sip.Messages;

/// <content>The header names this element knows, with their compact forms.</content>
public sealed partial class SipHeaderName
{
    /// <summary>Accept.</summary>
    public static SipHeaderName Accept { get; } = new("Accept", Shape.List);

    /// <summary>Accept-Encoding.</summary>
    public static SipHeaderName AcceptEncoding { get; } = new("Accept-Encoding", Shape.List);

    /// <summary>Accept-Language.</summary>
    public static SipHeaderName AcceptLanguage { get; } = new("Accept-Language", Shape.List);

    /// <summary>Alert-Info.</summary>
    public static SipHeaderName AlertInfo { get; } = new("Alert-Info", Shape.List);

    /// <summary>Allow.</summary>
    public static SipHeaderName Allow { get; } = new("Allow", Shape.List);

    /// <summary>Allow-Events, compact form u.</summary>
    public static SipHeaderName AllowEvents { get; } = new("Allow-Events", Shape.List, "u");

    /// <summary>Answer-Mode.</summary>
    public static SipHeaderName AnswerMode { get; } = new("Answer-Mode", Shape.Opaque);

    /// <summary>Authentication-Info.</summary>
    public static SipHeaderName AuthenticationInfo { get; } = new("Authentication-Info", Shape.Opaque);

    /// <summary>Authorization.</summary>
    public static SipHeaderName Authorization { get; } = new("Authorization", Shape.Opaque);

    /// <summary>Call-ID, compact form i.</summary>
    public static SipHeaderName CallId { get; } = new("Call-ID", Shape.Single, "i");

    /// <summary>Call-Info.</summary>
    public static SipHeaderName CallInfo { get; } = new("Call-Info", Shape.List);

    /// <summary>Contact, compact form m.</summary>
    public static SipHeaderName Contact { get; } = new("Contact", Shape.SplitList, "m");

    /// <summary>Content-Disposition.</summary>
    public static SipHeaderName ContentDisposition { get; } = new("Content-Disposition", Shape.Single);

    /// <summary>Content-Encoding, compact form e.</summary>
    public static SipHeaderName ContentEncoding { get; } = new("Content-Encoding", Shape.List, "e");

    /// <summary>Content-Language.</summary>
    public static SipHeaderName ContentLanguage { get; } = new("Content-Language", Shape.List);

    /// <summary>Content-Length, compact form l.</summary>
    public static SipHeaderName ContentLength { get; } = new("Content-Length", Shape.Single, "l");

    /// <summary>Content-Type, compact form c.</summary>
    public static SipHeaderName ContentType { get; } = new("Content-Type", Shape.Single, "c");

    /// <summary>CSeq.</summary>
    public static SipHeaderName CSeq { get; } = new("CSeq", Shape.Single);

    /// <summary>Date.</summary>
    public static SipHeaderName Date { get; } = new("Date", Shape.Opaque);

    /// <summary>Diversion.</summary>
    public static SipHeaderName Diversion { get; } = new("Diversion", Shape.SplitList);

    /// <summary>Error-Info.</summary>
    public static SipHeaderName ErrorInfo { get; } = new("Error-Info", Shape.List);

    /// <summary>Event, compact form o.</summary>
    public static SipHeaderName Event { get; } = new("Event", Shape.Single, "o");

    /// <summary>Expires.</summary>
    public static SipHeaderName Expires { get; } = new("Expires", Shape.Single);

    /// <summary>From, compact form f.</summary>
    public static SipHeaderName From { get; } = new("From", Shape.Single, "f");

    /// <summary>History-Info.</summary>
    public static SipHeaderName HistoryInfo { get; } = new("History-Info", Shape.SplitList);

    /// <summary>In-Reply-To.</summary>
    public static SipHeaderName InReplyTo { get; } = new("In-Reply-To", Shape.List);

    /// <summary>Max-Forwards.</summary>
    public static SipHeaderName MaxForwards { get; } = new("Max-Forwards", Shape.Single);

    /// <summary>MIME-Version.</summary>
    public static SipHeaderName MimeVersion { get; } = new("MIME-Version", Shape.Opaque);

    /// <summary>Min-Expires.</summary>
    public static SipHeaderName MinExpires { get; } = new("Min-Expires", Shape.Single);

    /// <summary>Min-SE.</summary>
    public static SipHeaderName MinSE { get; } = new("Min-SE", Shape.Single);

    /// <summary>Organization.</summary>
    public static SipHeaderName Organization { get; } = new("Organization", Shape.Opaque);

    /// <summary>P-Asserted-Identity.</summary>
    public static SipHeaderName PAssertedIdentity { get; } = new("P-Asserted-Identity", Shape.SplitList);

    /// <summary>Path.</summary>
    public static SipHeaderName Path { get; } = new("Path", Shape.SplitList);

    /// <summary>P-Preferred-Identity.</summary>
    public static SipHeaderName PPreferredIdentity { get; } = new("P-Preferred-Identity", Shape.SplitList);

    /// <summary>Priority.</summary>
    public static SipHeaderName Priority { get; } = new("Priority", Shape.Opaque);

    /// <summary>Privacy.</summary>
    public static SipHeaderName Privacy { get; } = new("Privacy", Shape.Opaque);

    /// <summary>Proxy-Authenticate.</summary>
    public static SipHeaderName ProxyAuthenticate { get; } = new("Proxy-Authenticate", Shape.Opaque);

    /// <summary>Proxy-Authorization.</summary>
    public static SipHeaderName ProxyAuthorization { get; } = new("Proxy-Authorization", Shape.Opaque);

    /// <summary>Proxy-Require.</summary>
    public static SipHeaderName ProxyRequire { get; } = new("Proxy-Require", Shape.List);

    /// <summary>RAck.</summary>
    public static SipHeaderName RAck { get; } = new("RAck", Shape.Single);

    /// <summary>Reason.</summary>
    public static SipHeaderName Reason { get; } = new("Reason", Shape.SplitList);

    /// <summary>Record-Route.</summary>
    public static SipHeaderName RecordRoute { get; } = new("Record-Route", Shape.SplitList);

    /// <summary>Referred-By, compact form b.</summary>
    public static SipHeaderName ReferredBy { get; } = new("Referred-By", Shape.Single, "b");

    /// <summary>Refer-Sub.</summary>
    public static SipHeaderName ReferSub { get; } = new("Refer-Sub", Shape.Opaque);

    /// <summary>Refer-To, compact form r.</summary>
    public static SipHeaderName ReferTo { get; } = new("Refer-To", Shape.Single, "r");

    /// <summary>Remote-Party-ID.</summary>
    public static SipHeaderName RemotePartyId { get; } = new("Remote-Party-ID", Shape.SplitList);

    /// <summary>Replaces.</summary>
    public static SipHeaderName Replaces { get; } = new("Replaces", Shape.Single);

    /// <summary>Reply-To.</summary>
    public static SipHeaderName ReplyTo { get; } = new("Reply-To", Shape.Opaque);

    /// <summary>Require.</summary>
    public static SipHeaderName Require { get; } = new("Require", Shape.List);

    /// <summary>Retry-After.</summary>
    public static SipHeaderName RetryAfter { get; } = new("Retry-After", Shape.Single);

    /// <summary>Route.</summary>
    public static SipHeaderName Route { get; } = new("Route", Shape.SplitList);

    /// <summary>RSeq.</summary>
    public static SipHeaderName RSeq { get; } = new("RSeq", Shape.Single);

    /// <summary>Server.</summary>
    public static SipHeaderName Server { get; } = new("Server", Shape.Opaque);

    /// <summary>Service-Route.</summary>
    public static SipHeaderName ServiceRoute { get; } = new("Service-Route", Shape.SplitList);

    /// <summary>Session-Expires, compact form x.</summary>
    public static SipHeaderName SessionExpires { get; } = new("Session-Expires", Shape.Single, "x");

    /// <summary>SIP-ETag.</summary>
    public static SipHeaderName SipETag { get; } = new("SIP-ETag", Shape.Opaque);

    /// <summary>SIP-If-Match.</summary>
    public static SipHeaderName SipIfMatch { get; } = new("SIP-If-Match", Shape.Opaque);

    /// <summary>Subject, compact form s.</summary>
    public static SipHeaderName Subject { get; } = new("Subject", Shape.Opaque, "s");

    /// <summary>Subscription-State.</summary>
    public static SipHeaderName SubscriptionState { get; } = new("Subscription-State", Shape.Single);

    /// <summary>Supported, compact form k.</summary>
    public static SipHeaderName Supported { get; } = new("Supported", Shape.List, "k");

    /// <summary>Timestamp.</summary>
    public static SipHeaderName Timestamp { get; } = new("Timestamp", Shape.Opaque);

    /// <summary>To, compact form t.</summary>
    public static SipHeaderName To { get; } = new("To", Shape.Single, "t");

    /// <summary>Unsupported.</summary>
    public static SipHeaderName Unsupported { get; } = new("Unsupported", Shape.List);

    /// <summary>User-Agent.</summary>
    public static SipHeaderName UserAgent { get; } = new("User-Agent", Shape.Opaque);

    /// <summary>Via, compact form v.</summary>
    public static SipHeaderName Via { get; } = new("Via", Shape.SplitList, "v");

    /// <summary>Warning.</summary>
    public static SipHeaderName Warning { get; } = new("Warning", Shape.List);

    /// <summary>WWW-Authenticate.</summary>
    public static SipHeaderName WwwAuthenticate { get; } = new("WWW-Authenticate", Shape.Opaque);

    private static IReadOnlyList<SipHeaderName> KnownNames =>
    [
        Accept, AcceptEncoding, AcceptLanguage, AlertInfo, Allow, AllowEvents, AnswerMode, AuthenticationInfo,
        Authorization, CallId, CallInfo, Contact, ContentDisposition, ContentEncoding, ContentLanguage,
        ContentLength, ContentType, CSeq, Date, Diversion, ErrorInfo, Event, Expires, From, HistoryInfo, InReplyTo,
        MaxForwards, MimeVersion, MinExpires, MinSE, Organization, PAssertedIdentity, Path, PPreferredIdentity,
        Priority, Privacy, ProxyAuthenticate, ProxyAuthorization, ProxyRequire, RAck, Reason, RecordRoute,
        ReferredBy, ReferSub, ReferTo, RemotePartyId, Replaces, ReplyTo, Require, RetryAfter, Route, RSeq, Server,
        ServiceRoute, SessionExpires, SipETag, SipIfMatch, Subject, SubscriptionState, Supported, Timestamp, To,
        Unsupported, UserAgent, Via, Warning, WwwAuthenticate,
    ];
}

using Plateau.Contracts;
using Plateau.Sip.Messages;

namespace Plateau.Sip;

/// <summary>Decides, before any state is made, what becomes of a request outside dialogs and transactions.</summary>
/// <remarks>Must answer at once and from memory: it stands between the network and the endpoint.</remarks>
public interface ISipAdmission
{
    /// <summary>The decision for one request.</summary>
    /// <param name="now">The present.</param>
    /// <param name="flow">Where the request came from.</param>
    /// <param name="request">The request; may be read only.</param>
    SipAdmission Admit(Instant now, SipFlow flow, SipRequest request);

    /// <summary>Whether bytes that are no proper request may be answered at all (400): not to unknown
    /// sources.</summary>
    /// <param name="flow">Where they came from.</param>
    bool AnswersMalformed(SipFlow flow);
}

/// <summary>What becomes of a request.</summary>
public enum AdmissionOutcome
{
    /// <summary>No answer at all: an unknown source.</summary>
    Drop,

    /// <summary>A stateless refusal with <see cref="SipAdmission.Status"/> and
    /// <see cref="SipAdmission.Headers"/>.</summary>
    Refuse,

    /// <summary>It is handled.</summary>
    Admit,
}

/// <summary>The decision about one request.</summary>
/// <param name="Outcome">Which of the three.</param>
public readonly record struct SipAdmission(AdmissionOutcome Outcome)
{
    /// <summary>No answer at all.</summary>
    public static readonly SipAdmission Dropped = new(AdmissionOutcome.Drop);

    /// <summary>The peer's name: a trunk, or an account (which REGISTER binds devices to).</summary>
    public string Peer { get; init; } = "";

    /// <summary>Whether identities from this peer are believed (RFC 3325).</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Whether requests to this peer must go back over the same flow (phones).</summary>
    public bool StaysOnFlow { get; init; }

    /// <summary>Devices this account may register at a time; 0 leaves it to the registrar's own limit.</summary>
    public int BindingsMax { get; init; }

    /// <summary>400–699 for a refusal.</summary>
    public int Status { get; init; } = 403;

    /// <summary>Headers of the refusal, such as WWW-Authenticate.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>A refusal, statelessly.</summary>
    public static SipAdmission Refused(int status, params IReadOnlyList<SipHeader> headers) =>
        new(AdmissionOutcome.Refuse) { Status = status, Headers = headers };

    /// <summary>A trunk or another peer that is trusted with identities.</summary>
    public static SipAdmission Trusted(string peer) => new(AdmissionOutcome.Admit) { Peer = peer, IsTrusted = true };

    /// <summary>An authenticated account.</summary>
    public static SipAdmission Account(string account) =>
        new(AdmissionOutcome.Admit) { Peer = account, StaysOnFlow = true };
}

using System.Globalization;

namespace Plateau.Sip.Messages;

/// <summary>A response.</summary>
public sealed class SipResponse : SipMessage
{
    /// <summary>A response with the headers given, or with none; see <see cref="SipRequest.CreateResponse"/>.</summary>
    /// <param name="status">100 to 699.</param>
    /// <param name="reasonPhrase">Words for people; may be empty.</param>
    /// <param name="headers">Null for none yet.</param>
    public SipResponse(int status, string reasonPhrase, SipHeaders? headers = null)
        : base(headers ?? new SipHeaders())
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        Status = status;
        ReasonPhrase = reasonPhrase;
    }

    /// <summary>The status code, 100 to 699.</summary>
    public int Status { get; }

    /// <summary>Words for people; may be empty.</summary>
    public string ReasonPhrase { get; }

    /// <summary>Whether the status is 100 to 199.</summary>
    public bool IsProvisional => Status < 200;

    /// <summary>Whether the status is 200 or above.</summary>
    public bool IsFinal => Status >= 200;

    /// <summary>Whether the status is 200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <inheritdoc/>
    public override SipMethod CSeqMethod => Headers.CSeq?.Method ?? default;

    /// <inheritdoc/>
    public override string StartLine => string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {Status} {ReasonPhrase}");
}

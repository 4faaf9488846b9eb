namespace Plateau.Sip.Messages;

/// <summary>The method of a request; methods that nobody has heard of are kept as they came.</summary>
/// <remarks>Methods are case-sensitive tokens: RFC 3261 §7.1. The default value is an empty, invalid method.</remarks>
public readonly struct SipMethod : IEquatable<SipMethod>
{
    private readonly string? _text;

    /// <summary>A method by its text, such as INVITE; the text is not changed.</summary>
    public SipMethod(string text) => _text = text;

    /// <summary>INVITE, RFC 3261.</summary>
    public static SipMethod Invite { get; } = new("INVITE");

    /// <summary>ACK, RFC 3261.</summary>
    public static SipMethod Ack { get; } = new("ACK");

    /// <summary>BYE, RFC 3261.</summary>
    public static SipMethod Bye { get; } = new("BYE");

    /// <summary>CANCEL, RFC 3261.</summary>
    public static SipMethod Cancel { get; } = new("CANCEL");

    /// <summary>REGISTER, RFC 3261.</summary>
    public static SipMethod Register { get; } = new("REGISTER");

    /// <summary>OPTIONS, RFC 3261.</summary>
    public static SipMethod Options { get; } = new("OPTIONS");

    /// <summary>PRACK, RFC 3262.</summary>
    public static SipMethod Prack { get; } = new("PRACK");

    /// <summary>UPDATE, RFC 3311.</summary>
    public static SipMethod Update { get; } = new("UPDATE");

    /// <summary>INFO, RFC 6086.</summary>
    public static SipMethod Info { get; } = new("INFO");

    /// <summary>REFER, RFC 3515.</summary>
    public static SipMethod Refer { get; } = new("REFER");

    /// <summary>NOTIFY, RFC 6665.</summary>
    public static SipMethod Notify { get; } = new("NOTIFY");

    /// <summary>SUBSCRIBE, RFC 6665.</summary>
    public static SipMethod Subscribe { get; } = new("SUBSCRIBE");

    /// <summary>MESSAGE, RFC 3428.</summary>
    public static SipMethod Message { get; } = new("MESSAGE");

    /// <summary>PUBLISH, RFC 3903.</summary>
    public static SipMethod Publish { get; } = new("PUBLISH");

    private static readonly SipMethod[] Known =
    [
        Invite, Ack, Bye, Cancel, Register, Options, Prack, Update, Info, Refer, Notify, Subscribe, Message, Publish,
    ];

    /// <summary>The text of the method; empty for the default value.</summary>
    public string Text => _text ?? "";

    /// <summary>Whether the method is one of those named here.</summary>
    public bool IsKnown => Array.IndexOf(Known, this) >= 0;

    /// <summary>The method with this text, without a new string when it is a known one.</summary>
    public static SipMethod Of(ReadOnlySpan<char> text)
    {
        foreach (var method in Known)
        {
            if (text.SequenceEqual(method.Text))
            {
                return method;
            }
        }

        return new SipMethod(text.ToString());
    }

    /// <summary>Whether both are the same token.</summary>
    public static bool operator ==(SipMethod left, SipMethod right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(SipMethod left, SipMethod right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(SipMethod other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SipMethod other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text of the method.</summary>
    public override string ToString() => Text;
}

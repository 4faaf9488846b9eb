using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Plateau.Contracts;

/// <summary>A call: everything from the first ring to the last record.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<CallId>))]
public readonly record struct CallId(ulong Value) : IId<CallId>, IComparable<CallId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out CallId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new CallId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(CallId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>A leg: one party's connection, one dialog and one media stream.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<LegId>))]
public readonly record struct LegId(ulong Value) : IId<LegId>, IComparable<LegId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out LegId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new LegId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(LegId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>One offer of one call to one agent.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<OfferId>))]
public readonly record struct OfferId(ulong Value) : IId<OfferId>, IComparable<OfferId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out OfferId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new OfferId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(OfferId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>A bridge: where the media of several legs meet.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<BridgeId>))]
public readonly record struct BridgeId(ulong Value) : IId<BridgeId>, IComparable<BridgeId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out BridgeId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new BridgeId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(BridgeId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>A recording of a call or a message.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<RecordingId>))]
public readonly record struct RecordingId(ulong Value) : IId<RecordingId>, IComparable<RecordingId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out RecordingId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new RecordingId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(RecordingId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>One playing of prompts to one leg.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<PlaybackId>))]
public readonly record struct PlaybackId(ulong Value) : IId<PlaybackId>, IComparable<PlaybackId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out PlaybackId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new PlaybackId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(PlaybackId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>A callback that keeps a caller's place.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<CallbackId>))]
public readonly record struct CallbackId(ulong Value) : IId<CallbackId>, IComparable<CallbackId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out CallbackId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new CallbackId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(CallbackId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>A request that awaits its answer.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<RequestId>))]
public readonly record struct RequestId(ulong Value) : IId<RequestId>, IComparable<RequestId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out RequestId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new RequestId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(RequestId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>A request of a flow to a foreign web server.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<HttpRequestId>))]
public readonly record struct HttpRequestId(ulong Value) : IId<HttpRequestId>, IComparable<HttpRequestId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out HttpRequestId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new HttpRequestId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(HttpRequestId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

/// <summary>One contact that a phone has registered.</summary>
/// <param name="Value">Unique across nodes and restarts, see <see cref="IdSource"/>; 0 means none.</param>
[JsonConverter(typeof(IdJsonConverter<RegistrationId>))]
public readonly record struct RegistrationId(ulong Value) : IId<RegistrationId>, IComparable<RegistrationId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out RegistrationId id)
    {
        var ok = IdText.TryRead(text, out var value);
        id = new RegistrationId(value);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(RegistrationId other) => Value.CompareTo(other.Value);

    /// <summary>13 digits of Crockford's base 32; sorts like the number.</summary>
    public override string ToString() => IdText.Write(Value);
}

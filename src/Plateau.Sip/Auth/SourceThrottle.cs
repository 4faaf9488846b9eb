using System.Net;
using System.Net.Sockets;
using Plateau.Contracts;

namespace Plateau.Sip.Auth;

/// <summary>How patient a <see cref="SourceThrottle"/> is.</summary>
public sealed record ThrottleOptions
{
    /// <summary>Wrong attempts in a row before a source is shut out; a person mistypes fewer.</summary>
    public int FailuresMax { get; init; } = 5;

    /// <summary>After this long without a wrong attempt a source is as good as new.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the first shut-out lasts; each further wrong attempt doubles it.</summary>
    public TimeSpan ShutOutMin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a shut-out lasts at most.</summary>
    public TimeSpan ShutOutMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Sources remembered; the one that was quiet longest is forgotten first.</summary>
    public int SourceMax { get; init; } = Limits.ThrottledSourceMax;
}

/// <summary>Counts wrong passwords per source address and says which sources to ignore for how long.</summary>
/// <remarks>
/// States of a source: unknown → failing (1 … FailuresMax - 1) → shut out until an instant → failing again; a success
/// or
/// a quiet <see cref="ThrottleOptions.ForgetAfter"/> makes it unknown. IPv6 sources count by their /64, since one
/// subscriber owns all of it.
/// </remarks>
public sealed class SourceThrottle
{
    private readonly ThrottleOptions _options;
    private readonly Dictionary<IPAddress, LinkedListNode<Source>> _sources = [];
    private readonly LinkedList<Source> _quietestFirst = new();

    /// <summary>A throttle that knows no source yet.</summary>
    public SourceThrottle(ThrottleOptions options) => _options = options;

    /// <summary>Sources remembered at present.</summary>
    public int SourceCount => _sources.Count;

    /// <summary>Whether nothing from this address may be looked at now.</summary>
    public bool IsShutOut(Instant now, IPAddress address) =>
        _sources.Count > 0 && _sources.TryGetValue(KeyOf(address), out var node) && now < node.Value.ShutOutUntil;

    /// <summary>Counts a wrong attempt; says until when the source is shut out, if it is now.</summary>
    public Instant? Fail(Instant now, IPAddress address)
    {
        var source = Touch(now, KeyOf(address));
        source.Failures = source.LastFailure + _options.ForgetAfter < now ? 1 : source.Failures + 1;
        source.LastFailure = now;
        if (source.Failures < _options.FailuresMax)
        {
            return null;
        }

        var doublings = Math.Min(source.Failures - _options.FailuresMax, 20);
        var length = _options.ShutOutMin * (1L << doublings);
        source.ShutOutUntil = now + (length < _options.ShutOutMax ? length : _options.ShutOutMax);
        return source.ShutOutUntil;
    }

    /// <summary>Forgets the wrong attempts of a source that has proved itself.</summary>
    public void Succeed(IPAddress address)
    {
        if (_sources.Count > 0 && _sources.Remove(KeyOf(address), out var node))
        {
            _quietestFirst.Remove(node);
        }
    }

    private Source Touch(Instant now, IPAddress key)
    {
        if (_sources.TryGetValue(key, out var node))
        {
            _quietestFirst.Remove(node);
            _quietestFirst.AddLast(node);
            return node.Value;
        }

        if (_sources.Count == _options.SourceMax)
        {
            _sources.Remove(_quietestFirst.First!.Value.Key);
            _quietestFirst.RemoveFirst();
        }

        var source = new Source(key, now);
        _sources[key] = _quietestFirst.AddLast(source);
        return source;
    }

    private static IPAddress KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private sealed class Source(IPAddress key, Instant now)
    {
        public IPAddress Key { get; } = key;

        public int Failures { get; set; }

        public Instant LastFailure { get; set; } = now;

        public Instant ShutOutUntil { get; set; } = Instant.Epoch;
    }
}

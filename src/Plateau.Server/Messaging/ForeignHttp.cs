using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plateau.Server.Messaging;

/// <summary>Which foreign web servers may be called, and how much they may send.</summary>
public sealed record ForeignHttpOptions
{
    /// <summary>
    /// Whether addresses of the own network (loopback, private, link-local, carrier-grade NAT) may be called. False
    /// keeps
    /// a tenant's flow or webhook from reaching the installation's inside.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Largest answer that is read, bytes; the rest is an error.</summary>
    public int BodyBytesMax { get; init; } = 64 * 1024;

    /// <summary>Requests at the same time.</summary>
    public int ConcurrencyMax { get; init; } = 64;
}

/// <summary>What came of a request.</summary>
/// <param name="Status">HTTP status; 0 when none came.</param>
/// <param name="Body">Body as UTF-8 text; empty when none.</param>
/// <param name="Error">Null, or what failed: timeout, refused, too large, not allowed, redirected, limit.</param>
public sealed record ForeignAnswer(int Status, string Body, string? Error = null);

/// <summary>
/// Calls web servers that are not ours: limited in time, size and number, and in where they may lead.
/// </summary>
/// <remarks>
/// The address is checked when the connection is made, after the name was resolved, so a name that changes its address
/// between check and use gets nowhere. Redirections are followed on the same host only.
/// </remarks>
public sealed class ForeignHttp : IDisposable
{
    private const int RedirectsMax = 3;

    private readonly ForeignHttpOptions _options;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _places;

    /// <summary>Makes a caller.</summary>
    public ForeignHttp(ForeignHttpOptions options)
    {
        _options = options;
        _places = new SemaphoreSlim(options.ConcurrencyMax);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 32,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Whether an address belongs to the own network, or to nobody that can be called.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
                || address.IsIPv6Multicast || address.IsIPv6SiteLocal || address.Equals(IPAddress.IPv6Any);
        }

        var b = address.GetAddressBytes();
        // RFC 6890: this network, private, carrier-grade NAT, loopback, link-local, test, multicast and above.
        return b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 100 && b[1] is >= 64 and < 128)
            || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && b[1] is >= 16 and < 32)
            || (b[0] == 192 && b[1] == 168) || (b[0] == 192 && b[1] == 0 && b[2] is 0 or 2)
            || (b[0] == 198 && b[1] is 18 or 19);
    }

    /// <summary>Sends a request; every failure is an answer, only the caller's own cancelling throws.</summary>
    /// <param name="make">Makes the request for a URL; called again for a redirection.</param>
    /// <param name="url">Absolute http or https URL.</param>
    /// <param name="timeout">For everything together.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<ForeignAnswer> Send(
        Func<Uri, HttpRequestMessage> make, string url, TimeSpan timeout, CancellationToken stop)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return new ForeignAnswer(0, string.Empty, "not allowed: only absolute http and https URLs");
        }

        if (!await _places.WaitAsync(TimeSpan.Zero, stop))
        {
            return new ForeignAnswer(0, string.Empty, "limit: too many requests at the same time");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            return await Follow(make, uri, limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ForeignAnswer(0, string.Empty, "timeout");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or FormatException)
        {
            return new ForeignAnswer(0, string.Empty, Name(e));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _places.Dispose();
    }

    private static string Name(Exception e) => e.GetBaseException() switch
    {
        ForbiddenAddressException forbidden => "not allowed: " + forbidden.Message,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "refused",
        var other => "failed: " + other.Message,
    };

    private async Task<ForeignAnswer> Follow(Func<Uri, HttpRequestMessage> make, Uri uri, CancellationToken stop)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = make(uri);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (!IsRedirect(response) || response.Headers.Location is not { } location)
            {
                return await ReadBody(response, stop);
            }

            var next = new Uri(uri, location);
            if (next.Host != uri.Host || next.Scheme != uri.Scheme || redirects == RedirectsMax)
            {
                return new ForeignAnswer((int)response.StatusCode, string.Empty, "redirected: not followed");
            }

            uri = next;
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private async Task<ForeignAnswer> ReadBody(HttpResponseMessage response, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[_options.BodyBytesMax + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return length > _options.BodyBytesMax
            ? new ForeignAnswer(status, string.Empty, $"too large: more than {_options.BodyBytesMax} bytes")
            : new ForeignAnswer(status, Encoding.UTF8.GetString(buffer, 0, length));
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var allowed = _options.AllowPrivateAddresses ? addresses : [.. addresses.Where(a => !IsPrivate(a))];
        if (allowed.Length == 0)
        {
            throw new ForbiddenAddressException($"{context.DnsEndPoint.Host} is an address of the own network");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class ForbiddenAddressException(string message) : IOException(message);
}

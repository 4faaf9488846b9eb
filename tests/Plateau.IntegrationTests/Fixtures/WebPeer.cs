using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>A foreign web server on loopback that notes what it is asked and answers as told.</summary>
public sealed class WebPeer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<WebPeerRequest> _requests = Channel.CreateUnbounded<WebPeerRequest>();
    private readonly Func<WebPeerRequest, WebPeerAnswer> _answer;
    private readonly Task _work;

    public WebPeer(Func<WebPeerRequest, WebPeerAnswer> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{Peers.FreePort.Tcp()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _work = Task.Run(Serve);
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>The next request; waits for it.</summary>
    public async Task<WebPeerRequest> Next()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _requests.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var request = new WebPeerRequest(
                context.Request.HttpMethod, context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync(),
                context.Request.Headers.AllKeys.ToDictionary(k => k!, k => context.Request.Headers[k]!));
            var answer = _answer(request);
            _requests.Writer.TryWrite(request);
            if (answer.Location is { } location)
            {
                context.Response.RedirectLocation = location;
            }

            context.Response.StatusCode = answer.Status;
            if (!answer.IsSilent)
            {
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
                context.Response.Close();
            }
        }
    }
}

/// <summary>What the peer was asked.</summary>
public sealed record WebPeerRequest(string Method, string Path, string Body, Dictionary<string, string> Headers);

/// <summary>What the peer answers; silent = never.</summary>
public sealed record WebPeerAnswer(int Status, string Body = "", string? Location = null, bool IsSilent = false);

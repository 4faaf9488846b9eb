using System.Threading.Channels;
using Plateau.Contracts;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Ivr;
using Plateau.Server.Messaging;

namespace Plateau.IntegrationTests.Messaging;

public sealed class FlowHttpTests : IDisposable
{
    private readonly Channel<CentreInput> _inputs = Channel.CreateUnbounded<CentreInput>();
    private readonly ForeignHttp _http = new(new ForeignHttpOptions
    {
        AllowPrivateAddresses = true, BodyBytesMax = 1_000, ConcurrencyMax = 2,
    });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_flows_question_is_sent_as_written_and_its_answer_comes_back()
    {
        await using var peer = new WebPeer(_ => new WebPeerAnswer(201, """{"name":"Zoé"}"""));
        var answer = await Ask(peer.Url + "customers", "POST", """{"number":"0199001234"}""");
        Assert.Equal((201, """{"name":"Zoé"}""", null), (answer.Status, answer.Body, answer.Error));
        var request = await peer.Next();
        Assert.Equal(("POST", "/customers"), (request.Method, request.Path));
        Assert.Equal("""{"number":"0199001234"}""", request.Body);
        Assert.Equal("k", request.Headers["X-Key"]);
    }

    [Fact]
    public async Task A_redirection_is_followed_on_the_same_host_only()
    {
        await using var peer = new WebPeer(r => r.Path switch
        {
            "/old" => new WebPeerAnswer(302, Location: "/new"),
            "/away" => new WebPeerAnswer(302, Location: "http://localhost:1/"),
            "/round" => new WebPeerAnswer(302, Location: "/round"),
            _ => new WebPeerAnswer(200, "here"),
        });
        Assert.Equal("here", (await Ask(peer.Url + "old")).Body);
        Assert.Equal("redirected: not followed", (await Ask(peer.Url + "away")).Error);
        Assert.Equal("redirected: not followed", (await Ask(peer.Url + "round")).Error);
    }

    [Fact]
    public async Task Every_failure_has_its_name()
    {
        await using var peer = new WebPeer(r => r.Path switch
        {
            "/large" => new WebPeerAnswer(200, new string('x', 1_001)),
            _ => new WebPeerAnswer(200, IsSilent: true),
        });
        Assert.StartsWith("too large", (await Ask(peer.Url + "large")).Error, StringComparison.Ordinal);
        Assert.Equal("timeout", (await Ask(peer.Url + "silent", timeoutMs: 100)).Error);
        Assert.Equal("refused", (await Ask($"http://127.0.0.1:{Peers.FreePort.Tcp()}/")).Error);
        Assert.StartsWith("not allowed", (await Ask("file:///etc/passwd")).Error, StringComparison.Ordinal);
        using var strict = new ForeignHttp(new ForeignHttpOptions());
        Assert.StartsWith("not allowed", (await Ask(peer.Url, http: strict)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_requests_than_places_are_refused_at_once()
    {
        await using var peer = new WebPeer(_ => new WebPeerAnswer(200, IsSilent: true));
        using var driver = new FlowHttpDriver(_http, _inputs.Writer.TryWrite);
        driver.Call(Question(peer.Url, "GET", null, 5_000));
        driver.Call(Question(peer.Url, "GET", null, 5_000));
        await peer.Next();
        await peer.Next();
        Assert.StartsWith("limit", (await Ask(peer.Url)).Error, StringComparison.Ordinal);
    }

    private static CallHttp Question(string url, string method, string? body, int timeoutMs) => new(
        new CallId(1), new HttpRequestId(2), method, url, new Dictionary<string, string> { ["X-Key"] = "k" }, body,
        TimeSpan.FromMilliseconds(timeoutMs));

    private async Task<HttpAnswered> Ask(
        string url, string method = "GET", string? body = null, int timeoutMs = 5_000, ForeignHttp? http = null)
    {
        using var driver = new FlowHttpDriver(http ?? _http, _inputs.Writer.TryWrite);
        driver.Call(Question(url, method, body, timeoutMs));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var answer = Assert.IsType<HttpAnswered>(await _inputs.Reader.ReadAsync(limit.Token));
        Assert.Equal((new CallId(1), new HttpRequestId(2)), (answer.Call, answer.Http));
        return answer;
    }
}

using System.Text;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Server.Messaging;

namespace Plateau.Server.Ivr;

/// <summary>
/// Asks foreign web servers for flows: each <see cref="CallHttp"/> is answered by one <see cref="HttpAnswered"/>.
/// </summary>
public sealed class FlowHttpDriver(ForeignHttp http, Func<CentreInput, bool> post) : IDisposable
{
    // The node's own limit; a flow that waits longer keeps a caller in silence.
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts a request; returns at once.</summary>
    public void Call(CallHttp call) => _ = Task.Run(() => Answer(call));

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task Answer(CallHttp call)
    {
        try
        {
            var timeout = call.Timeout < TimeoutMax ? call.Timeout : TimeoutMax;
            var answer = await http.Send(uri => Request(call, uri), call.Url, timeout, _stop.Token);
            post(new HttpAnswered(call.Call, call.Http, answer.Status, answer.Body, answer.Error));
        }
        catch (OperationCanceledException)
        {
            // The server stops; its calls are over.
        }
#pragma warning disable CA1031 // Whatever fails, the flow must hear an end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            post(new HttpAnswered(call.Call, call.Http, 0, string.Empty, "failed: " + e.Message));
        }
    }

    private static HttpRequestMessage Request(CallHttp call, Uri uri)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), uri);
        if (call.Body is { } body)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in call.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}

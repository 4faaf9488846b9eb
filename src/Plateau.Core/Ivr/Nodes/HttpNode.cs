using System.Globalization;
using System.Text.Json;
using Plateau.Contracts;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Asks a foreign web server and takes values from its JSON answer; a failure gives the declared
/// defaults.</summary>
internal sealed class HttpNode : FlowNode
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1); // For the driver's own time-out to arrive first.
    private readonly HttpRequest _request;
    private readonly TimeSpan _timeout;
    private readonly int _retries;
    private readonly List<KeyValuePair<string, JsonPath>> _response = [];
    private readonly SortedDictionary<string, FlowValue> _defaults = new(StringComparer.Ordinal);
    private readonly string _next;
    private readonly string? _error;

    private HttpNode(NodeReader reader)
    {
        _request = HttpRequest.Read(reader);
        _timeout = reader.Milliseconds("timeoutMs", 3_000, 100, 10_000);
        _retries = reader.Whole("retries", 0, 0, FlowLimits.HttpRetriesMax);
        _next = reader.Next();
        _error = reader.OptionalNext("error");
        ReadResponse(reader);
        ReadDefaults(reader);
    }

    internal static HttpNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        state.Activity = 0;
        return Send(state);
    }

    internal override FlowMove Apply(FlowState state, FlowInput input) => input switch
    {
        FlowHttpAnswered answer => Answered(state, answer),
        FlowTick => Answered(state, new FlowHttpAnswered(0, string.Empty, "timeout")),
        _ => FlowMove.Stay,
    };

    private FlowMove Send(FlowState state)
    {
        if (state.HttpRequests >= FlowLimits.HttpPerCallMax)
        {
            return FlowMove.Fault(FlowFault.TooManyHttpRequests, string.Empty);
        }

        if (_request.Fill(state, _timeout) is not { } request)
        {
            return FlowMove.Fault(FlowFault.HttpNotSendable, string.Empty);
        }

        state.HttpRequests++;
        state.Deadline = state.Now + _timeout + Grace;
        state.Effects.Add(request);
        return FlowMove.Stay;
    }

    private FlowMove Answered(FlowState state, FlowHttpAnswered answer)
    {
        state.Deadline = Instant.Never;
        var error = answer.Error
            ?? (answer.Status is >= 200 and < 300
                ? Take(state, answer.Body)
                : $"status {answer.Status.ToString(CultureInfo.InvariantCulture)}");
        var sent = (int)state.Activity!;
        if (error is not null && answer.Status is 0 or >= 500 && sent < _retries)
        {
            state.Activity = sent + 1;
            state.Trace($"{error}, again");
            return Send(state);
        }

        var fault = state.Set("http.status", FlowValue.Of(answer.Status)) ?? state.Set("http.error", FlowValue.Of(error));
        if (error is null)
        {
            return fault is null ? FlowMove.GoTo(_next, $"status {answer.Status}") : FlowMove.Fault(fault.Value, "http");
        }

        foreach (var (variable, _) in _response)
        {
            fault ??= state.Set(variable, _defaults.GetValueOrDefault(variable));
        }

        return fault is null ? FlowMove.GoTo(_error ?? _next, error) : FlowMove.Fault(fault.Value, "http");
    }

    /// <summary>Sets the variables from the answer; what failed, null when all is well.</summary>
    private string? Take(FlowState state, string body)
    {
        if (_response.Count == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            foreach (var (variable, path) in _response)
            {
                var value = path.Read(document.RootElement);
                var kept = value.Kind == FlowValueKind.Nothing ? _defaults.GetValueOrDefault(variable) : value;
                if (state.Set(variable, kept) is { } fault)
                {
                    return $"{fault} {variable}";
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "answer is not JSON"; // InvalidOperation: a text with half a surrogate pair.
        }
    }

    private void ReadResponse(NodeReader reader)
    {
        foreach (var (name, value) in reader.Object("response"))
        {
            reader.CheckSettable($"response.{name}", name);
            if (JsonPath.Parse(reader.TextOf($"response.{name}", value)) is { } path)
            {
                _response.Add(KeyValuePair.Create(name, path));
            }
            else
            {
                reader.Fail($"response.{name}", "is no path such as customer.orders[0].id");
            }
        }
    }

    private void ReadDefaults(NodeReader reader)
    {
        foreach (var (name, value) in reader.Object("defaults"))
        {
            if (_response.TrueForAll(r => r.Key != name))
            {
                reader.Fail($"defaults.{name}", "is not in response");
            }

            using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
            _defaults[name] = JsonPath.Parse(string.Empty)!.Read(document.RootElement);
        }

        if (_error is null && _response.Exists(r => !_defaults.ContainsKey(r.Key)))
        {
            reader.Fail("defaults", "must give every variable of response a value when there is no error branch");
        }
    }
}

using System.Text.Json.Nodes;
using Plateau.Contracts;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>What an http node sends: variables are encoded for the place where they stand.</summary>
internal sealed class HttpRequest
{
    private static readonly string[] Methods = ["GET", "POST", "PUT"];
    private readonly string _method;
    private readonly FlowTemplate? _url;
    private readonly SortedDictionary<string, FlowTemplate> _headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly JsonTemplate? _body;
    private readonly List<KeyValuePair<string, FlowTemplate>> _form = [];

    private HttpRequest(NodeReader reader)
    {
        _method = reader.OptionalText("method") ?? "GET";
        if (!Methods.Contains(_method))
        {
            reader.Fail("method", $"must be one of {string.Join(", ", Methods)}");
        }

        _url = reader.TemplateOf("url", reader.Text("url"));
        if (_url is not null && !HasFixedHost(_url))
        {
            reader.Fail("url", "must be http:// or https:// with a host without variables");
        }

        ReadHeaders(reader);
        var body = reader.Json("body");
        _body = body is null ? null : JsonTemplate.Read(reader, "body", body);
        foreach (var (name, value) in reader.Object("form"))
        {
            if (reader.TemplateOf($"form.{name}", reader.TextOf($"form.{name}", value)) is { } template)
            {
                _form.Add(KeyValuePair.Create(name, template));
            }
        }

        if ((_body is not null || _form.Count > 0) && (_method == "GET" || (_body is not null && _form.Count > 0)))
        {
            reader.Fail(string.Empty, "a request has a body or a form and not both; GET has neither");
        }
    }

    internal static HttpRequest Read(NodeReader reader) => new(reader);

    /// <summary>The request with variables filled in; null when it may not be sent.</summary>
    internal FlowCallHttp? Fill(FlowState state, TimeSpan timeout)
    {
        var url = _url!.Fill(state, static (value, _) => Uri.EscapeDataString(value.Text));
        var headers = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var body = Body(state, headers);
        foreach (var (name, template) in _headers)
        {
            headers[name] = template.Fill(state);
        }

        var isSendable = Uri.TryCreate(url, UriKind.Absolute, out _)
            && url.Length <= FlowLimits.HttpCharactersMax
            && (body?.Length ?? 0) <= FlowLimits.HttpCharactersMax
            && headers.Values.All(v => v.Length <= FlowLimits.HttpCharactersMax && !v.Any(char.IsControl));
        return isSendable ? new FlowCallHttp(_method, url, headers, body, timeout) : null;
    }

    private string? Body(FlowState state, SortedDictionary<string, string> headers)
    {
        if (_body is not null)
        {
            headers["Content-Type"] = "application/json";
            return (_body.Fill(state) ?? JsonValue.Create((string?)null))?.ToJsonString(PlateauJson.Options) ?? "null";
        }

        if (_form.Count == 0)
        {
            return null;
        }

        headers["Content-Type"] = "application/x-www-form-urlencoded";
        return string.Join('&', _form.Select(field =>
            $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value.Fill(state))}"));
    }

    private void ReadHeaders(NodeReader reader)
    {
        foreach (var (name, value) in reader.Object("headers"))
        {
            var member = $"headers.{name}";
            if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                reader.Fail(member, "is no name of a header");
            }

            if (reader.TemplateOf(member, reader.TextOf(member, value)) is { } template)
            {
                _headers[name] = template;
            }
        }
    }

    /// <summary>A caller must not be able to choose where the request goes.</summary>
    private static bool HasFixedHost(FlowTemplate url)
    {
        var literal = url.Parts.Count > 0 ? url.Parts[0].Literal : string.Empty;
        var scheme = literal.StartsWith("https://", StringComparison.Ordinal) ? 8
            : literal.StartsWith("http://", StringComparison.Ordinal) ? 7
            : 0;
        if (scheme == 0)
        {
            return false;
        }

        var end = literal.IndexOfAny(['/', '?', '#'], scheme);
        var host = end < 0 ? literal[scheme..] : literal[scheme..end];
        return (end >= 0 || url.IsLiteral) && host.Length > 0 && !host.Contains('@')
            && Uri.TryCreate(literal[..scheme] + host, UriKind.Absolute, out _);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>A JSON value whose texts may hold variables; a text that is one variable alone keeps the variable's
/// kind.</summary>
internal sealed class JsonTemplate
{
    private readonly JsonNode? _literal;
    private readonly FlowTemplate? _text;
    private readonly List<KeyValuePair<string, JsonTemplate>>? _members;
    private readonly List<JsonTemplate>? _elements;

    private JsonTemplate(
        JsonNode? literal = null, FlowTemplate? text = null,
        List<KeyValuePair<string, JsonTemplate>>? members = null, List<JsonTemplate>? elements = null)
    {
        _literal = literal;
        _text = text;
        _members = members;
        _elements = elements;
    }

    /// <summary>Compiles a value; depth is limited by the parser of the whole node.</summary>
    internal static JsonTemplate Read(NodeReader reader, string path, JsonNode? value) => value switch
    {
        JsonObject o => new JsonTemplate(
            members: [.. o.Select(m => KeyValuePair.Create(m.Key, Read(reader, $"{path}.{m.Key}", m.Value)))]),
        JsonArray a => new JsonTemplate(elements: [.. a.Select((e, i) => Read(reader, $"{path}.{i}", e))]),
        not null when value.GetValueKind() == JsonValueKind.String =>
            new JsonTemplate(text: reader.TemplateOf(path, value.GetValue<string>())),
        _ => new JsonTemplate(literal: value),
    };

    internal JsonNode? Fill(FlowState state)
    {
        if (_members is not null)
        {
            return new JsonObject(_members.Select(m => KeyValuePair.Create(m.Key, m.Value.Fill(state))));
        }

        if (_elements is not null)
        {
            return new JsonArray([.. _elements.Select(e => e.Fill(state))]);
        }

        return _text is null ? _literal?.DeepClone() : Text(state, _text);
    }

    private static JsonNode? Text(FlowState state, FlowTemplate text)
    {
        if (text.Parts is not [{ Variable: { } variable, Filter: FlowFilter.Text }])
        {
            return JsonValue.Create(text.Fill(state));
        }

        var value = state.Get(variable);
        return value.Kind switch
        {
            FlowValueKind.Nothing => null,
            FlowValueKind.Number => JsonValue.Create(value.Number),
            FlowValueKind.Truth => JsonValue.Create(value.IsTrue),
            _ => JsonValue.Create(value.Text),
        };
    }
}

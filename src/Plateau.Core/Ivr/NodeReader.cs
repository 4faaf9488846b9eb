using System.Text.Json;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Core.Ivr.Expressions;

namespace Plateau.Core.Ivr;

/// <summary>Reads the members of one node and notes every error with its path; unknown members are errors
/// too.</summary>
/// <remarks>A node asks for all its members, whatever their values; so the members asked for are the members that
/// exist.</remarks>
internal sealed class NodeReader(
    JsonObject node, string path, Func<string, bool> isNode, List<FlowError> errors, List<FlowReference> references)
{
    private readonly SortedSet<string> _failed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal) { "type", "comment" };

    /// <summary>Members asked for so far.</summary>
    internal IReadOnlyCollection<string> Asked => _asked;

    internal void Fail(string member, string message)
    {
        _failed.Add(member);
        errors.Add(new FlowError(member.Length == 0 ? path : $"{path}.{member}", message));
    }

    /// <summary>Call last: what was never asked for is unknown.</summary>
    internal void FailUnknown()
    {
        foreach (var (name, _) in node)
        {
            if (!_asked.Contains(name))
            {
                Fail(name, "is not known here");
            }
        }
    }

    internal JsonNode? Json(string member)
    {
        _asked.Add(member);
        return node[member];
    }

    internal bool Has(string member) => node[member] is not null;

    internal string? OptionalText(string member)
    {
        var value = Json(member);
        if (value is null)
        {
            return null;
        }

        if (value.GetValueKind() != JsonValueKind.String)
        {
            Fail(member, "must be a text");
            return null;
        }

        var text = value.GetValue<string>();
        if (text.Length > FlowLimits.TextCharactersMax)
        {
            Fail(member, $"is longer than {FlowLimits.TextCharactersMax} characters");
            return null;
        }

        return text;
    }

    internal string Text(string member)
    {
        if (!Has(member))
        {
            _asked.Add(member);
            Fail(member, "is missing");
            return string.Empty;
        }

        var text = OptionalText(member);
        if (text is { Length: 0 })
        {
            Fail(member, "must not be empty");
        }

        return text ?? string.Empty;
    }

    /// <summary>A whole number within a range.</summary>
    internal int Whole(string member, int otherwise, int min, int max)
    {
        if (Json(member) is not { } value)
        {
            return otherwise;
        }

        if (value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(
                value.ToJsonString(), System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number >= min && number <= max)
        {
            return (int)number;
        }

        Fail(member, $"must be a whole number from {min} to {max}");
        return otherwise;
    }

    internal TimeSpan Seconds(string member, int otherwise, int min, int max) =>
        TimeSpan.FromSeconds(Whole(member, otherwise, min, max));

    internal TimeSpan Milliseconds(string member, int otherwise, int min, int max) =>
        TimeSpan.FromMilliseconds(Whole(member, otherwise, min, max));

    internal bool Truth(string member, bool otherwise)
    {
        switch (Json(member)?.GetValueKind())
        {
            case null:
                return otherwise;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Fail(member, "must be true or false");
                return otherwise;
        }
    }

    /// <summary>The name of a node that must exist.</summary>
    internal string Next(string member = "next")
    {
        var name = Text(member);
        CheckNode(member, name);
        return name;
    }

    internal string? OptionalNext(string member)
    {
        var name = OptionalText(member);
        if (name is not null)
        {
            CheckNode(member, name);
        }

        return name;
    }

    internal void CheckNode(string member, string name)
    {
        if (!isNode(name) && !_failed.Contains(member))
        {
            Fail(member, $"no node named '{name}'");
        }
    }

    /// <summary>A name of something configured outside the flow.</summary>
    internal string Reference(string member, FlowReferenceKind kind)
    {
        var name = Text(member);
        CheckReference(member, kind, name);
        return name;
    }

    internal void CheckReference(string member, FlowReferenceKind kind, string? name)
    {
        if (name is null || _failed.Contains(member))
        {
            return;
        }

        if (!PromptId.TryParse(name, out _)) // All configured names have the same form.
        {
            Fail(member, $"'{name}' is no name");
        }
        else
        {
            references.Add(new FlowReference($"{path}.{member}", kind, name));
        }
    }

    /// <summary>The name of a variable that the flow may set.</summary>
    internal string? OptionalVariable(string member)
    {
        var name = OptionalText(member);
        if (name is not null)
        {
            CheckSettable(member, name);
        }

        return name;
    }

    internal void CheckSettable(string member, string name)
    {
        if (!FlowName.IsSettable(name))
        {
            Fail(member, $"'{name}' is no name of a variable that can be set");
        }
    }

    internal Expression? ExpressionOf(string member, JsonNode? value)
    {
        var text = TextOf(member, value);
        if (text.Length is 0 or > FlowLimits.TextCharactersMax)
        {
            Fail(member, $"must be an expression of 1 to {FlowLimits.TextCharactersMax} characters");
            return null;
        }

        var expression = Expression.Parse(text, out var error);
        if (expression is null)
        {
            Fail(member, error);
        }

        foreach (var hours in expression?.Hours ?? [])
        {
            CheckReference(member, FlowReferenceKind.Hours, hours);
        }

        return expression;
    }

    internal FlowTemplate? OptionalTemplate(string member) =>
        OptionalText(member) is { } text ? TemplateOf(member, text) : null;

    internal FlowTemplate? TemplateOf(string member, string text)
    {
        if (text.Length > FlowLimits.TextCharactersMax)
        {
            Fail(member, $"is longer than {FlowLimits.TextCharactersMax} characters");
            return null;
        }

        var template = FlowTemplate.Parse(text, out var error);
        if (template is null)
        {
            Fail(member, error);
        }

        return template;
    }

    /// <summary>The members of an object, in order; empty when absent. At most
    /// <see cref="FlowLimits.BranchesMax"/>.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonNode?>> Object(string member, bool isRequired = false)
    {
        var value = Json(member);
        if (value is JsonObject members && members.Count <= FlowLimits.BranchesMax)
        {
            return [.. members];
        }

        if (value is not null || isRequired)
        {
            Fail(member, value is null ? "is missing" : $"must be an object of at most {FlowLimits.BranchesMax} members");
        }

        return [];
    }

    /// <summary>The elements of an array; empty when absent.</summary>
    internal IReadOnlyList<JsonNode?> Array(string member, bool isRequired = false)
    {
        var value = Json(member);
        if (value is JsonArray { Count: > 0 and <= FlowLimits.BranchesMax } elements)
        {
            return [.. elements];
        }

        if (value is not null || isRequired)
        {
            Fail(member, value is null ? "is missing" : $"must be an array of 1 to {FlowLimits.BranchesMax}");
        }

        return [];
    }

    /// <summary>A reader for an object inside the node; null with an error when it is none.</summary>
    internal NodeReader? Inside(string member, JsonNode? value)
    {
        if (value is JsonObject members)
        {
            return new NodeReader(members, $"{path}.{member}", isNode, errors, references);
        }

        Fail(member, "must be an object");
        return null;
    }

    /// <summary>A text value inside an object or array of the node.</summary>
    internal string TextOf(string member, JsonNode? value)
    {
        if (value?.GetValueKind() == JsonValueKind.String)
        {
            return value.GetValue<string>();
        }

        Fail(member, "must be a text");
        return string.Empty;
    }
}

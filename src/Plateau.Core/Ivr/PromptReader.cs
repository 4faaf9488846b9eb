using System.Text.Json;
using System.Text.Json.Nodes;
using Plateau.Contracts;

namespace Plateau.Core.Ivr;

/// <summary>Reads what a node plays.</summary>
/// <remarks>
/// A text is spoken; {"prompt":"welcome"} plays a prompt of the tenant; {"text":"…"} or {"text":{"fr":"…","en":"…"}} is
/// spoken; "language" beside either fixes the language. One item may stand without the array.
/// </remarks>
internal static class PromptReader
{
    internal static PromptList Prompts(this NodeReader reader, string member, bool isRequired = false)
    {
        var value = reader.Json(member);
        if (value is null)
        {
            if (isRequired)
            {
                reader.Fail(member, "is missing");
            }

            return PromptList.None;
        }

        IReadOnlyList<JsonNode?> items = value is JsonArray array ? [.. array] : [value];
        if (items.Count is 0 or > FlowLimits.PromptItemsMax)
        {
            reader.Fail(member, $"must have 1 to {FlowLimits.PromptItemsMax} items");
            return PromptList.None;
        }

        var entries = new List<PromptEntry>();
        for (var i = 0; i < items.Count; i++)
        {
            if (Entry(reader, value is JsonArray ? $"{member}.{i}" : member, items[i]) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new PromptList(entries);
    }

    private static PromptEntry? Entry(NodeReader reader, string member, JsonNode? item)
    {
        if (item?.GetValueKind() == JsonValueKind.String)
        {
            return Spoken(reader, member, item, null);
        }

        if (reader.Inside(member, item) is not { } inside)
        {
            return null;
        }

        var language = inside.OptionalText("language");
        if (language is not (null or "fr" or "en"))
        {
            inside.Fail("language", "must be fr or en");
        }

        var prompt = inside.OptionalText("prompt");
        var text = inside.Json("text");
        inside.FailUnknown();
        if ((prompt is null) == (text is null))
        {
            inside.Fail(string.Empty, "must have a prompt or a text, and not both");
            return null;
        }

        if (prompt is null)
        {
            return Spoken(reader, $"{member}.text", text, language);
        }

        reader.CheckReference($"{member}.prompt", FlowReferenceKind.Prompt, prompt);
        return PromptId.TryParse(prompt, out var id) ? new PromptEntry(id, [], language) : null;
    }

    private static PromptEntry? Spoken(NodeReader reader, string member, JsonNode? text, string? language)
    {
        var texts = new SortedDictionary<string, FlowTemplate>(StringComparer.Ordinal);
        if (text is JsonObject byLanguage)
        {
            foreach (var (key, value) in byLanguage)
            {
                if (key is not ("fr" or "en"))
                {
                    reader.Fail($"{member}.{key}", "must be fr or en");
                }
                else if (reader.TemplateOf($"{member}.{key}", reader.TextOf($"{member}.{key}", value)) is { } template)
                {
                    texts[key] = template;
                }
            }
        }
        else if (reader.TemplateOf(member, reader.TextOf(member, text)) is { } template)
        {
            texts[language ?? PromptEntry.AnyLanguage] = template;
        }

        if (texts.Count > 0)
        {
            return new PromptEntry(null, texts, language);
        }

        reader.Fail(member, "says nothing");
        return null;
    }
}

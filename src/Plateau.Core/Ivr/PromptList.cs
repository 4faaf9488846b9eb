using Plateau.Contracts;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Ivr;

/// <summary>What a node plays, compiled: prompts of the tenant and texts with variables, by language.</summary>
internal sealed class PromptList(IReadOnlyList<PromptEntry> entries)
{
    internal static readonly PromptList None = new([]);

    internal bool IsEmpty => entries.Count == 0;

    internal PromptList Then(PromptList next) => new([.. entries, .. next.Entries]);

    private IReadOnlyList<PromptEntry> Entries => entries;

    /// <summary>What is heard now, in the caller's language.</summary>
    internal IReadOnlyList<PromptItem> Items(FlowState state) =>
        [.. entries.Select(entry => Item(entry, state)).Where(item => item.Prompt is not null || item.Text?.Length > 0)];

    private static PromptItem Item(PromptEntry entry, FlowState state)
    {
        var wanted = entry.Language ?? state.Language;
        if (entry.Prompt is { } id)
        {
            var language = LanguageOf(id, wanted, state.Flows);
            var text = state.Flows.Prompt(id)?.Texts?.GetValueOrDefault(language);
            return new PromptItem(id, text, language);
        }

        var spoken = entry.Texts.TryGetValue(wanted, out _) ? wanted
            : entry.Texts.ContainsKey(state.Flows.Language) ? state.Flows.Language
            : entry.Texts.First().Key;
        var template = entry.Texts[spoken];
        var spokenIn = spoken == PromptEntry.AnyLanguage ? wanted : spoken;
        return new PromptItem(null, template.Fill(state, (v, f) => SpokenValue.Write(v, f, spokenIn)), spokenIn);
    }

    /// <summary>The language wanted if the prompt has it, else the centre's, else the first it has.</summary>
    private static string LanguageOf(PromptId id, string wanted, FlowSet flows)
    {
        var prompt = flows.Prompt(id);
        var has = (prompt?.Files?.Keys ?? []).Concat(prompt?.Texts?.Keys ?? []).Order(StringComparer.Ordinal).ToList();
        return has.Count == 0 || has.Contains(wanted) ? wanted
            : has.Contains(flows.Language) ? flows.Language
            : has[0];
    }
}

/// <summary>One thing to be heard: a prompt, or text by language (<see cref="AnyLanguage"/> when the same in
/// all).</summary>
internal sealed record PromptEntry(PromptId? Prompt, SortedDictionary<string, FlowTemplate> Texts, string? Language)
{
    internal const string AnyLanguage = "*";
}

namespace Plateau.Contracts.Ivr;

/// <summary>One thing to be heard: a prompt of the tenant, or text to be spoken.</summary>
/// <param name="Prompt">The prompt; null when text is spoken.</param>
/// <param name="Text">What is spoken when there is no prompt, or when the prompt has no audio.</param>
/// <param name="Language">"fr" or "en".</param>
public sealed record PromptItem(PromptId? Prompt, string? Text, string Language);

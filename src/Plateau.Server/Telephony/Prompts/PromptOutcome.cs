namespace Plateau.Server.Telephony.Prompts;

/// <summary>What is wrong with a prompt.</summary>
public enum PromptError
{
    /// <summary>No prompt of that name is configured.</summary>
    Unknown,

    /// <summary>The configured file is not there.</summary>
    FileMissing,

    /// <summary>The configured file lies outside the prompts folder.</summary>
    FileOutsideFolder,

    /// <summary>The file is no usable audio.</summary>
    FileUnusable,

    /// <summary>No voice could speak the text.</summary>
    SpeechFailed,

    /// <summary>Neither audio nor text in any language.</summary>
    NothingToPlay,
}

/// <summary>A defect met while looking for a prompt.</summary>
/// <param name="Error">Which.</param>
/// <param name="Detail">For the administrator: the file, the language, the underlying error.</param>
public sealed record PromptProblem(PromptError Error, string Detail);

/// <summary>A prompt to play, and what was wrong on the way to it.</summary>
/// <param name="Prompt">Null when nothing can be played.</param>
/// <param name="Problems">Empty when all is well; not empty with a prompt means a poorer one is played.</param>
public sealed record PromptOutcome(Prompt? Prompt, IReadOnlyList<PromptProblem> Problems);

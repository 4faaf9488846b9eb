namespace Plateau.Server.Telephony.Prompts;

/// <summary>Why a text was not spoken.</summary>
public enum SpeechError
{
    /// <summary>It was.</summary>
    None,

    /// <summary>The engine is not installed.</summary>
    EngineAbsent,

    /// <summary>Nothing to say.</summary>
    TextEmpty,

    /// <summary>More than <see cref="PromptLimits.TextCharactersMax"/> characters.</summary>
    TextTooLong,

    /// <summary>The engine has no voice for the language.</summary>
    LanguageUnknown,

    /// <summary>It did not finish within <see cref="PromptLimits.SpeakTimeout"/>.</summary>
    TimedOut,

    /// <summary>It failed or gave something that is no audio.</summary>
    EngineFailed,

    /// <summary>Recorded speech has no recording for a part of the text.</summary>
    NotRecorded,
}

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Bounds of what is spoken and uploaded.</summary>
public static class PromptLimits
{
    /// <summary>Longest text spoken, characters: about two minutes; longer ones are a mistake.</summary>
    public const int TextCharactersMax = 2_000;

    /// <summary>Largest file uploaded, bytes: ten minutes of CD audio.</summary>
    public const int UploadBytesMax = 110 * 1024 * 1024;

    /// <summary>Longest audio kept, seconds: a quarter of an hour, for music.</summary>
    public const int AudioSecondsMax = 900;

    /// <summary>Master samples held in memory per store: 64 MiB, about 35 minutes of audio.</summary>
    public const long CachedSamplesMax = 32 * 1024 * 1024;

    /// <summary>Spoken texts kept on disk, bytes; the oldest go first.</summary>
    public const long SpokenBytesMax = 512L * 1024 * 1024;

    /// <summary>Sentences spoken at once: the engine takes a whole core while it speaks.</summary>
    public const int SpeakersMax = 2;

    /// <summary>Conversions of uploads at once.</summary>
    public const int ConvertersMax = 1;

    /// <summary>Rate of all master audio, Hz.</summary>
    public const int MasterRateHz = 16_000;

    /// <summary>Time an engine has for one text, waiting not counted: 50 times what it needs.</summary>
    public static readonly TimeSpan SpeakTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Time a converter has for one file.</summary>
    public static readonly TimeSpan ConvertTimeout = TimeSpan.FromSeconds(60);
}

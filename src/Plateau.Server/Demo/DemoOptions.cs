namespace Plateau.Server.Demo;

/// <summary>How the demo is run.</summary>
internal sealed record DemoOptions
{
    /// <summary>Ends by itself after this time; null for Ctrl-C only.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Mean arrivals, calls per minute.</summary>
    public double CallsPerMinute { get; init; } = 15;

    /// <summary>Callers and agents follow from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Language of the screen: "fr" or "en".</summary>
    public string Language { get; init; } = "fr";

    /// <summary>A line now and then instead of the screen.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Where everything is kept.</summary>
    public required string Folder { get; init; }

    /// <summary>Where speech is kept from one demo to the next.</summary>
    public required string VoiceFolder { get; init; }
}

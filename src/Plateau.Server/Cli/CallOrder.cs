using System.Net;
using Plateau.Media.Mixing;

namespace Plateau.Server.Cli;

/// <summary>A call that "plateau call" is to place.</summary>
internal sealed record CallOrder
{
    /// <summary>The number called.</summary>
    public required string Number { get; init; }

    /// <summary>Where it is sent.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>SIP port of ours; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Number shown, or account.</summary>
    public required string From { get; init; }

    /// <summary>The account's password; null when the server asks for none.</summary>
    public string? Secret { get; init; }

    /// <summary>Codecs by preference; empty for the usual ones.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = [];

    /// <summary>Played once both sides are connected, one after the other.</summary>
    public IReadOnlyList<AudioClip> Clips { get; init; } = [];

    /// <summary>Pressed once both sides are connected.</summary>
    public IReadOnlyList<KeyPress> Keys { get; init; } = [];

    /// <summary>WAV for what is heard; null for none.</summary>
    public string? RecordFile { get; init; }

    /// <summary>Hang up so long after being connected; null to leave that to the other side.</summary>
    public TimeSpan? Length { get; init; }
}

using Plateau.Contracts;

namespace Plateau.Media.Mixing;

/// <summary>How something is played.</summary>
public sealed record PlayOptions
{
    /// <summary>Once, to the end, not to be stopped by keys, no end reported.</summary>
    public static readonly PlayOptions Default = new();

    /// <summary>The id under which the end is reported; null = not reported.</summary>
    public PlaybackId? Playback { get; init; }

    /// <summary>Whether it begins again after its end, for ever.</summary>
    public bool IsLooped { get; init; }

    /// <summary>Whether a key stops it.</summary>
    public bool StopsOnDigit { get; init; }

    /// <summary>For music: all legs hear the same place of the piece, instead of each its beginning. Needs one
    /// clip.</summary>
    public bool IsShared { get; init; }
}

/// <summary>What one leg is made to hear: a list of clips, played frame by frame.</summary>
/// <remarks>One thread. Starting allocates nothing; the list belongs to the caller and must not change.</remarks>
internal sealed class Player
{
    private IReadOnlyList<AudioClip> _items = [];
    private PlayOptions _options = PlayOptions.Default;
    private int _item;
    private int _frame;

    /// <summary>Whether there is something to be heard.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The id of what is or was being played.</summary>
    public PlaybackId? Playback => _options.Playback;

    /// <summary>Whether a key stops what is being played.</summary>
    public bool StopsOnDigit => IsActive && _options.StopsOnDigit;

    /// <summary>Begins; clips without a frame are passed over.</summary>
    /// <returns>False when there is nothing to play at all.</returns>
    public bool Start(IReadOnlyList<AudioClip> items, PlayOptions options)
    {
        _items = items.Count <= Limits.PlaylistItemsMax ? items : [];
        _options = options;
        _item = 0;
        _frame = 0;
        IsActive = false;
        for (var i = 0; i < _items.Count && !IsActive; i++)
        {
            IsActive = _items[i].Frames > 0;
        }

        return IsActive;
    }

    /// <summary>Ends.</summary>
    public void Stop()
    {
        IsActive = false;
        _items = [];
    }

    /// <summary>The frame to be heard now; call it exactly once per 20 ms while active.</summary>
    /// <param name="frameNumber">Number of this frame on the common time line, for shared music.</param>
    /// <param name="clip">The clip it is in.</param>
    /// <param name="frame">Which of its frames.</param>
    /// <returns>True when that was the last frame of all.</returns>
    public bool Next(long frameNumber, out AudioClip clip, out int frame)
    {
        if (_options is { IsShared: true, IsLooped: true } && _items.Count == 1)
        {
            clip = _items[0];
            frame = (int)(frameNumber % clip.Frames);
            return false;
        }

        while (_frame >= _items[_item].Frames)
        {
            _item = (_item + 1) % _items.Count;
            _frame = 0;
        }

        clip = _items[_item];
        frame = _frame++;
        if (_options.IsLooped || HasMore())
        {
            return false;
        }

        IsActive = false;
        return true;
    }

    private bool HasMore()
    {
        if (_frame < _items[_item].Frames)
        {
            return true;
        }

        for (var i = _item + 1; i < _items.Count; i++)
        {
            if (_items[i].Frames > 0)
            {
                return true;
            }
        }

        return false;
    }
}

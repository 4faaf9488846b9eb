using Plateau.Media.Audio;

namespace Plateau.Media.Detection;

/// <summary>Says frame by frame whether somebody speaks, by energy above a noise floor that follows the line.</summary>
/// <remarks>
/// The floor sinks at once to quieter frames and rises by 3 dB a second, so that a fan is forgotten in seconds and a
/// word
/// is not. Speech starts after 40 ms above the floor and ends after 200 ms below it.
/// </remarks>
public sealed class SpeechDetector
{
    private const double FloorMinDbov = -70; // Below it G.711 has only its own rounding.
    private const double FloorMaxDbov = -35;
    private const double FloorStartDbov = -55;
    private const double RiseDbPerFrame = 0.06;
    private const double MarginDb = 9;
    private const int FramesToStart = 2;
    private const int FramesToEnd = 10;

    private double _floorDbov = FloorStartDbov;
    private int _run;

    /// <summary>Whether speech goes on.</summary>
    public bool IsSpeaking { get; private set; }

    /// <summary>The noise floor in use, dBov.</summary>
    public double FloorDbov => _floorDbov;

    /// <summary>Level of the last frame, dBov.</summary>
    public double LevelDbov { get; private set; } = AudioLevel.SilenceDbov;

    /// <summary>Hears one 20 ms frame.</summary>
    /// <param name="pcm">Mono samples of any rate.</param>
    /// <returns>Whether speech goes on.</returns>
    public bool Hear(ReadOnlySpan<short> pcm)
    {
        LevelDbov = AudioLevel.MeasureDbov(pcm);
        var isLoud = LevelDbov > _floorDbov + MarginDb;
        var isChange = isLoud != IsSpeaking;
        _run = isChange ? _run + 1 : 0;
        if (_run >= (IsSpeaking ? FramesToEnd : FramesToStart))
        {
            IsSpeaking = !IsSpeaking;
            _run = 0;
        }

        var floor = LevelDbov < _floorDbov ? LevelDbov : _floorDbov + RiseDbPerFrame;
        _floorDbov = Math.Clamp(floor, FloorMinDbov, FloorMaxDbov);
        return IsSpeaking;
    }

    /// <summary>Forgets the line.</summary>
    public void Reset()
    {
        _floorDbov = FloorStartDbov;
        _run = 0;
        IsSpeaking = false;
        LevelDbov = AudioLevel.SilenceDbov;
    }
}

namespace Plateau.Media.Rtp;

/// <summary>What a receiver knows of one source: sequence cycles, loss and interarrival jitter.</summary>
/// <remarks>
/// A mutable struct to lie inside its leg; one thread. Before the first packet everything is 0.
/// Source: RFC 3550 §A.1 (sequence), §A.3 (loss), §A.8 (jitter).
/// </remarks>
public struct ReceptionState
{
    /// <summary>Largest forward jump that still counts as loss (RFC 3550 §A.1: MAX_DROPOUT).</summary>
    private const int DropoutMax = 3_000;

    /// <summary>Largest step backwards that still counts as disorder (RFC 3550 §A.1: MAX_MISORDER).</summary>
    private const int MisorderMax = 100;

    private const uint SequenceModulus = 1 << 16;

    private bool _isStarted;
    private ushort _highest;
    private uint _cycles;
    private uint _base;
    private uint _bad;
    private uint _expectedPrior;
    private uint _receivedPrior;
    private uint _transit;
    private uint _jitterTimes16;
    private long _expectedBefore;
    private long _receivedBefore;

    /// <summary>Packets counted since the source (re)started.</summary>
    public uint Received { readonly get; private set; }

    /// <summary>Highest sequence number with its cycles: what goes into a report block.</summary>
    public readonly uint HighestExtended => _cycles + _highest;

    /// <summary>Packets that should have come since the source (re)started.</summary>
    public readonly uint Expected => _isStarted ? HighestExtended - _base + 1 : 0;

    /// <summary>Interarrival jitter, RTP clock ticks.</summary>
    public readonly uint JitterTicks => _jitterTimes16 >> 4;

    /// <summary>Packets received over the leg's whole life, through restarts of the source.</summary>
    public readonly long ReceivedTotal => _receivedBefore + Received;

    /// <summary>Packets that should have come over the leg's whole life.</summary>
    public readonly long ExpectedTotal => _expectedBefore + Expected;

    /// <summary>Packets that never came over the leg's whole life; duplicates can hide some, never below 0.</summary>
    public readonly long LostTotal => Math.Max(0, ExpectedTotal - ReceivedTotal);

    /// <summary>Counts one packet of this source.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="timestamp">Its timestamp, RTP clock ticks.</param>
    /// <param name="arrivalTicks">When it came, in the same clock, any origin.</param>
    /// <returns>False when it must not be played: a wild sequence number that no second packet has confirmed.</returns>
    public bool Count(ushort sequence, uint timestamp, uint arrivalTicks)
    {
        if (!_isStarted)
        {
            Start(sequence, arrivalTicks - timestamp);
        }
        else if (!Follow(sequence))
        {
            return false;
        }

        Received++;
        var transit = arrivalTicks - timestamp;
        var difference = (int)(transit - _transit);
        _transit = transit;

        // A jump of more than 2^24 ticks is a new timeline and says nothing about the network.
        if (difference is > -(1 << 24) and < 1 << 24)
        {
            _jitterTimes16 += (uint)(Math.Abs(difference) - (int)((_jitterTimes16 + 8) >> 4));
        }

        return true;
    }

    /// <summary>Forgets the source but keeps the totals of the leg: a new source took its place.</summary>
    public void Restart()
    {
        var expected = ExpectedTotal;
        var received = ReceivedTotal;
        this = default;
        _expectedBefore = expected;
        _receivedBefore = received;
    }

    /// <summary>The report block on this source, and the start of a new reporting interval.</summary>
    /// <param name="ssrc">The source.</param>
    /// <param name="lastSenderReport">Middle 32 bits of the NTP time in its last SR; 0 when none came.</param>
    /// <param name="delaySinceLast">Time since that SR, 1/65 536 s; 0 when none came.</param>
    public RtcpReportBlock Report(uint ssrc, uint lastSenderReport, uint delaySinceLast)
    {
        var expectedInterval = Expected - _expectedPrior;
        var lost = (int)(expectedInterval - (Received - _receivedPrior));
        _expectedPrior = Expected;
        _receivedPrior = Received;
        var fraction = expectedInterval == 0 || lost <= 0 ? 0 : (int)Math.Min(255, ((long)lost << 8) / expectedInterval);
        var cumulative = Math.Clamp((long)Expected - Received, -0x80_0000, 0x7F_FFFF);
        return new RtcpReportBlock(
            ssrc, (byte)fraction, (int)cumulative, HighestExtended, JitterTicks, lastSenderReport, delaySinceLast);
    }

    private void Start(ushort sequence, uint transit)
    {
        _isStarted = true;
        _base = sequence;
        _highest = sequence;
        _cycles = 0;
        _bad = SequenceModulus + 1;
        Received = 0;
        _receivedPrior = 0;
        _expectedPrior = 0;
        _transit = transit;
    }

    private bool Follow(ushort sequence)
    {
        var step = (ushort)(sequence - _highest);
        if (step < DropoutMax)
        {
            if (sequence < _highest)
            {
                _cycles += SequenceModulus;
            }

            _highest = sequence;
            return true;
        }

        if (step > SequenceModulus - MisorderMax)
        {
            return true;
        }

        if (sequence != _bad)
        {
            _bad = (uint)(ushort)(sequence + 1);
            return false;
        }

        // Two wild packets in a row: the far end restarted its counter without telling.
        var jitter = _jitterTimes16;
        var transit = _transit;
        Restart();
        Start(sequence, transit);
        _jitterTimes16 = jitter;
        return true;
    }
}

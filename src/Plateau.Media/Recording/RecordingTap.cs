using System.Runtime.InteropServices;
using Plateau.Contracts;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;

namespace Plateau.Media.Recording;

/// <summary>Collects what one leg says and hears into blocks of interleaved samples, both sides in step.</summary>
/// <remarks>
/// The time line is the wall clock: 20 ms per <see cref="Tick"/>. Audio comes either as frames of the mixer, which
/// belong to the current tick, or as G.711 payloads straight from packets, which are placed by their timestamps;
/// what does not come is silence. A payload may be up to 300 ms late: a block is handed over that long after its end.
/// One thread; after the first frame nothing is allocated but by the output's blocks.
/// </remarks>
public sealed class RecordingTap
{
    private const int LateMs = 300;
    private const int DriftWindow = 50;

    private readonly IRecordingOutput _output;
    private readonly RecordingOptions _options;
    private readonly int _framesPerTick;
    private readonly int _framesPerBlock;
    private readonly long _framesMax;
    private readonly Anchor[] _anchors = new Anchor[2];
    private readonly RateConverter?[] _converters = new RateConverter?[2];
    private readonly short[] _converted = new short[CodecLimits.FrameSamplesMax];
    private byte[] _block;
    private byte[] _nextBlock;
    private long _blockStart;
    private long _now;

    /// <summary>Begins a recording at this instant.</summary>
    /// <param name="recording">Its id.</param>
    /// <param name="format">Coding, rate and channels of the file.</param>
    /// <param name="options">Pauses and length.</param>
    /// <param name="output">Takes the blocks.</param>
    public RecordingTap(
        RecordingId recording, WavHeader format, RecordingOptions options, IRecordingOutput output)
    {
        Id = recording;
        Format = format;
        _options = options;
        _output = output;
        _framesPerTick = format.SampleRateHz / CodecLimits.FramesPerSecond;
        _framesPerBlock = Limits.RecordingBlockBytes / format.BlockBytes;
        var bytesMax = WavHeader.AudioBytesMax / format.BlockBytes;
        _framesMax = options.LengthMax > TimeSpan.Zero
            ? Math.Min(bytesMax, (long)(options.LengthMax.TotalSeconds * format.SampleRateHz))
            : bytesMax;
        _block = NewBlock();
        _nextBlock = NewBlock();
    }

    /// <summary>The recording.</summary>
    public RecordingId Id { get; }

    /// <summary>Coding, rate and channels.</summary>
    public WavHeader Format { get; }

    /// <summary>Whether nothing is kept for the time being.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Length so far.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds((double)_now / Format.SampleRateHz);

    /// <summary>Whether payloads of a codec can be taken as they are.</summary>
    public bool TakesPayloads(Codec? codec) =>
        Format.SampleRateHz == 8_000 && (codec == Codec.Pcma || codec == Codec.Pcmu);

    /// <summary>Keeps nothing until <see cref="Resume"/>.</summary>
    public void Pause() => IsPaused = true;

    /// <summary>Goes on after <see cref="Pause"/>.</summary>
    public void Resume()
    {
        IsPaused = false;
        Array.Clear(_anchors);
    }

    /// <summary>Keeps the payload of one G.711 packet.</summary>
    /// <param name="side">Whose it is.</param>
    /// <param name="ssrc">Its source.</param>
    /// <param name="timestamp">Its RTP timestamp.</param>
    /// <param name="law">Its law.</param>
    /// <param name="payload">At most 120 ms.</param>
    public void Payload(RecordingSide side, uint ssrc, uint timestamp, G711Law law, ReadOnlySpan<byte> payload)
    {
        if (IsIgnored(side) || payload.Length > 960)
        {
            return;
        }

        var position = Place(ref _anchors[(int)side], ssrc, timestamp);
        if (Format.Encoding == WavEncoding.Pcm16)
        {
            Span<short> samples = stackalloc short[payload.Length];
            G711.Decode(law, payload, samples);
            WriteLinear(side, position, samples);
            return;
        }

        if (law == FileLaw)
        {
            WriteOctets(side, position, payload);
            return;
        }

        Span<byte> octets = stackalloc byte[payload.Length];
        G711.Transcode(law, payload, octets);
        WriteOctets(side, position, octets);
    }

    /// <summary>Keeps the frame that is heard in the current tick.</summary>
    /// <param name="side">Whose it is.</param>
    /// <param name="pcm">20 ms.</param>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    public void Frame(RecordingSide side, ReadOnlySpan<short> pcm, int sampleRateHz)
    {
        if (IsIgnored(side))
        {
            return;
        }

        if (sampleRateHz != Format.SampleRateHz)
        {
            ref var converter = ref _converters[(int)side];
            converter ??= new RateConverter(sampleRateHz == 8_000 ? RateFilter.From8To16 : RateFilter.From16To8);
            pcm = _converted.AsSpan(0, converter.Convert(pcm, _converted));
        }

        _anchors[(int)side] = default;
        if (Format.Encoding == WavEncoding.Pcm16)
        {
            WriteLinear(side, _now, pcm);
            return;
        }

        Span<byte> octets = stackalloc byte[pcm.Length];
        G711.Encode(FileLaw, pcm, octets);
        WriteOctets(side, _now, octets);
    }

    /// <summary>20 ms have passed.</summary>
    public void Tick()
    {
        if (IsFinished || (IsPaused && _options.Pauses == PauseMode.Cut))
        {
            return;
        }

        _now += _framesPerTick;
        if (_now >= _framesMax)
        {
            Finish();
        }
        else if (_now >= _blockStart + _framesPerBlock + (long)LateMs * Format.SampleRateHz / 1_000)
        {
            _output.Deliver(Id, _block, _framesPerBlock * Format.BlockBytes);
            _block = _nextBlock;
            _nextBlock = NewBlock();
            _blockStart += _framesPerBlock;
        }
    }

    /// <summary>Ends the recording and hands over the rest; again: nothing.</summary>
    public void Finish()
    {
        if (IsFinished)
        {
            return;
        }

        IsFinished = true;
        var rest = Math.Min(_now, _framesMax) - _blockStart;
        _output.Deliver(Id, _block, (int)Math.Min(rest, _framesPerBlock) * Format.BlockBytes);
        var beyond = (int)Math.Clamp(rest - _framesPerBlock, 0, _framesPerBlock);
        _output.Deliver(Id, _nextBlock, beyond * Format.BlockBytes);
        _output.Finish(Id);
    }

    private G711Law FileLaw => Format.Encoding == WavEncoding.ALaw ? G711Law.A : G711Law.Mu;

    private bool IsIgnored(RecordingSide side) => IsPaused || IsFinished || (int)side >= Format.Channels;

    /// <summary>Where a payload belongs: by its timestamp, corrected when the stream as a whole drifts off the
    /// clock.</summary>
    private long Place(ref Anchor anchor, uint ssrc, uint timestamp)
    {
        var position = anchor.Position + (int)(timestamp - anchor.Timestamp);
        if (!anchor.IsSet || anchor.Ssrc != ssrc || Math.Abs(position - _now) > Format.SampleRateHz)
        {
            anchor = new Anchor { IsSet = true, Ssrc = ssrc, LagMin = long.MaxValue };
            position = _now;
        }

        anchor.LagMin = Math.Min(anchor.LagMin, _now - position);
        if (++anchor.Packets == DriftWindow)
        {
            // Even the fastest packet of a second lies more than 15 ms off: the clocks drift, or the start was slow.
            if (Math.Abs(anchor.LagMin) > _framesPerTick * 3 / 4)
            {
                position += anchor.LagMin;
            }

            anchor.Packets = 0;
            anchor.LagMin = long.MaxValue;
        }

        anchor.Position = position;
        anchor.Timestamp = timestamp;
        return position;
    }

    private void WriteOctets(RecordingSide side, long position, ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (!Locate(ref position, ref octets, out var block, out var offset))
            {
                return;
            }

            var count = Math.Min(octets.Length, _framesPerBlock - offset);
            var stride = Format.Channels;
            var target = block.AsSpan(offset * stride + (int)side);
            for (var i = 0; i < count; i++)
            {
                target[i * stride] = octets[i];
            }

            octets = octets[count..];
            position += count;
        }
    }

    private void WriteLinear(RecordingSide side, long position, ReadOnlySpan<short> pcm)
    {
        while (!pcm.IsEmpty)
        {
            if (!Locate(ref position, ref pcm, out var block, out var offset))
            {
                return;
            }

            var count = Math.Min(pcm.Length, _framesPerBlock - offset);
            var stride = Format.Channels;
            var target = MemoryMarshal.Cast<byte, short>(block.AsSpan())[(offset * stride + (int)side)..];
            for (var i = 0; i < count; i++)
            {
                target[i * stride] = pcm[i];
            }

            pcm = pcm[count..];
            position += count;
        }
    }

    /// <summary>Finds block and offset of a position; what lies before the open blocks is cut off.</summary>
    private bool Locate<T>(ref long position, ref ReadOnlySpan<T> samples, out byte[] block, out int offset)
    {
        var before = _blockStart - position;
        if (before > 0)
        {
            samples = samples[(int)Math.Min(before, samples.Length)..];
            position = _blockStart;
        }

        var relative = position - _blockStart;
        block = relative < _framesPerBlock ? _block : _nextBlock;
        offset = (int)(relative % _framesPerBlock);
        return !samples.IsEmpty && relative < 2L * _framesPerBlock;
    }

    private byte[] NewBlock()
    {
        var block = _output.RentBlock();
        block.AsSpan().Fill(Format.Encoding == WavEncoding.Pcm16 ? (byte)0 : G711.Silence(FileLaw));
        return block;
    }

    private struct Anchor
    {
        public bool IsSet;
        public uint Ssrc;
        public uint Timestamp;
        public long Position;
        public long LagMin;
        public int Packets;
    }
}

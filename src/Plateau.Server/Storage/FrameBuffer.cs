using System.Buffers;
using System.Text.Json;
using Plateau.Contracts;

namespace Plateau.Server.Storage;

/// <summary>Frames that wait to be written together.</summary>
internal sealed class FrameBuffer : IDisposable
{
    private readonly ArrayBufferWriter<byte> _payload = new(4096);
    private readonly Utf8JsonWriter _json;
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;

    internal FrameBuffer() => _json = new Utf8JsonWriter(
        _payload, new JsonWriterOptions { Encoder = PlateauJson.Options.Encoder, SkipValidation = true });

    /// <summary>Bytes of whole frames so far.</summary>
    internal int Length => _length;

    /// <summary>The frames.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Adds one entry.</summary>
    internal void Add<T>(T entry)
    {
        _payload.ResetWrittenCount();
        _json.Reset();
        JsonSerializer.Serialize(_json, entry, PlateauJson.Options);
        var end = _length + Frames.HeadBytes + _payload.WrittenCount;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        }

        var frame = _bytes.AsSpan(_length, end - _length);
        _payload.WrittenSpan.CopyTo(frame[Frames.HeadBytes..]);
        Frames.Seal(frame);
        _length = end;
    }

    /// <summary>Takes back what was added after <paramref name="length"/>.</summary>
    internal void Undo(int length) => _length = length;

    /// <summary>Empties it.</summary>
    internal void Clear() => _length = 0;

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}

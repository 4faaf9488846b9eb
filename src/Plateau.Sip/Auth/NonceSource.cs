using System.Buffers.Binary;
using System.Security.Cryptography;
using Plateau.Contracts;

namespace Plateau.Sip.Auth;

/// <summary>How old a nonce may be.</summary>
public enum NonceAge
{
    /// <summary>It was never made here.</summary>
    Foreign,

    /// <summary>It was made here, too long ago.</summary>
    Expired,

    /// <summary>It was made here and holds.</summary>
    Fresh,
}

/// <summary>Makes nonces that need no memory to be recognised: instant, number and a seal over both.</summary>
/// <remarks>Nodes that share the secret recognise each other's nonces. Source: RFC 7616 §5.4 (timestamp and
/// secret).</remarks>
internal sealed class NonceSource
{
    private const int StampBytes = 16;
    private const int SealBytes = 16;

    private readonly byte[] _secret;
    private readonly TimeSpan _lifetime;
    private long _count;

    public NonceSource(ReadOnlySpan<byte> secret, TimeSpan lifetime)
    {
        _secret = secret.ToArray();
        _lifetime = lifetime;
    }

    /// <summary>A nonce that has not been given out before.</summary>
    public string Next(Instant now)
    {
        Span<byte> bytes = stackalloc byte[StampBytes + SealBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.Microseconds);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], ++_count);
        Seal(bytes[..StampBytes], bytes[StampBytes..]);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>How old a nonce is, and when it was made; Foreign for everything this secret did not seal.</summary>
    public NonceAge AgeOf(Instant now, string nonce, out Instant made)
    {
        made = Instant.Epoch;
        Span<byte> bytes = stackalloc byte[StampBytes + SealBytes];
        Span<byte> seal = stackalloc byte[SealBytes];
        if (nonce.Length != bytes.Length * 2
            || Convert.FromHexString(nonce, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return NonceAge.Foreign;
        }

        Seal(bytes[..StampBytes], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, bytes[StampBytes..]))
        {
            return NonceAge.Foreign;
        }

        made = new Instant(BinaryPrimitives.ReadInt64BigEndian(bytes));
        return made + _lifetime < now ? NonceAge.Expired : NonceAge.Fresh;
    }

    private void Seal(ReadOnlySpan<byte> stamp, Span<byte> seal)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, stamp, whole);
        whole[..SealBytes].CopyTo(seal);
    }
}

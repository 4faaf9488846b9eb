using Plateau.Contracts;

namespace Plateau.Tests.Fuzz;

/// <summary>Changes bytes the way bad peers and bad links do; same seed, same changes.</summary>
internal static class Mutation
{
    private static readonly string[] Spices =
    [
        "\r\n", "\r\n ", "\n", "\r", "\0", ";", ",", ";;", "<", ">", "\"", "\\", "%", "%00", ":", "@", "=", " ", "\t", "-1",
        "99999999999999999999", "é", "\u00ff", "[", "]", "SIP/2.0", "Via: ", "l: 5\r\n", "a=", "m=", "c=IN IP6 ::",
    ];

    /// <summary>One to eight changes: a byte, a cut, a doubled stretch, or a piece of spice.</summary>
    public static byte[] Of(ReadOnlySpan<byte> original, Prng chance)
    {
        var bytes = new List<byte>(original.ToArray());
        for (var left = 1 + chance.NextBelow(8); left > 0; left--)
        {
            var at = chance.NextBelow(bytes.Count + 1);
            var length = Math.Min(chance.NextBelow(40), bytes.Count - at);
            switch (chance.NextBelow(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)chance.NextBelow(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)(bytes[at] ^ (1 << chance.NextBelow(8)));
                    break;
                default:
                    bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Spices[chance.NextBelow(Spices.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }
}

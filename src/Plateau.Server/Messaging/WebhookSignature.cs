using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plateau.Contracts;

namespace Plateau.Server.Messaging;

/// <summary>Proves to an integrator that a request is ours and new.</summary>
/// <remarks>
/// Header <c>Plateau-Signature: t=UNIX_SECONDS,v1=HEX</c> where HEX is HMAC-SHA256 over the seconds, a full stop and
/// the
/// body, with the webhook's secret. The receiver refuses signatures that are minutes old.
/// </remarks>
public static class WebhookSignature
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Plateau-Signature";

    /// <summary>Value of the header.</summary>
    public static string Sign(string secret, Instant now, string body)
    {
        var seconds = (now.Microseconds / 1_000_000).ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }
}

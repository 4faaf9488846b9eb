using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Auth;

/// <summary>Answers the challenges of one server for one account, and counts the use of its nonces.</summary>
/// <remarks>Source: RFC 3261 §22.2 and §22.3, RFC 8760 §2.4 (the strongest algorithm we know is taken).</remarks>
public sealed class DigestClient
{
    private readonly DigestCredentials _account;
    private readonly Prng _chance;
    private string _nonce = "";
    private uint _nonceCount;

    /// <summary>A client for one account.</summary>
    /// <param name="account">User name and password.</param>
    /// <param name="chance">Where the client's own words come from.</param>
    public DigestClient(DigestCredentials account, Prng chance)
    {
        _account = account;
        _chance = chance;
    }

    /// <summary>Whether a second refusal with the same nonce means that the password is wrong.</summary>
    /// <param name="response">A 401 or 407 to a request that carried our credentials.</param>
    /// <returns>False when the server only wants a fresh nonce (stale).</returns>
    public static bool IsFinalRefusal(SipResponse response) => Best(response) is not { IsStale: true };

    /// <summary>
    /// Signs a request anew after a 401 or 407: the header for it, or null when the response carries no challenge that
    /// we can answer. The request must be sent under a new branch and the next CSeq number.
    /// </summary>
    public SipHeader? Answer(SipResponse response, SipRequest request)
    {
        if (Best(response) is not { } challenge)
        {
            return null;
        }

        var name = response.Status == SipStatus.ProxyAuthenticationRequired
            ? SipHeaderName.ProxyAuthorization
            : SipHeaderName.Authorization;
        return new SipHeader(name, Sign(challenge, request).ToString());
    }

    /// <summary>Signs a request for one challenge.</summary>
    public DigestAuthorization Sign(DigestChallenge challenge, SipRequest request)
    {
        _nonceCount = challenge.Nonce == _nonce ? checked(_nonceCount + 1) : 1;
        _nonce = challenge.Nonce;
        var qop = challenge.Qops.Contains("auth") ? "auth" : challenge.Qops.Contains("auth-int") ? "auth-int" : null;
        var credentials = new DigestAuthorization(
            _account.UserName, challenge.Realm, challenge.Nonce, request.RequestUri.ToString(), "")
        {
            Algorithm = challenge.Algorithm,
            Opaque = challenge.Opaque,
            Qop = qop,
            Cnonce = qop is null ? null : _chance.NextBits().ToString("x16", CultureInfo.InvariantCulture),
            NonceCount = qop is null ? null : _nonceCount.ToString("x8", CultureInfo.InvariantCulture),
        };
        var ha1 = DigestProof.Ha1(challenge.Algorithm, _account.UserName, challenge.Realm, _account.Password);
        return credentials with
        {
            Response = DigestProof.Of(credentials, ha1, request.Method.Text, request.Body.Span),
        };
    }

    private static DigestChallenge? Best(SipResponse response)
    {
        var name = response.Status == SipStatus.ProxyAuthenticationRequired
            ? SipHeaderName.ProxyAuthenticate
            : SipHeaderName.WwwAuthenticate;
        DigestChallenge? best = null;
        foreach (var value in response.Headers.GetAll(name))
        {
            if (DigestChallenge.TryParse(value, out var challenge)
                && (challenge.Qops.Count == 0 || challenge.Qops.Contains("auth") || challenge.Qops.Contains("auth-int"))
                && (best is null || challenge.Algorithm > best.Algorithm))
            {
                best = challenge;
            }
        }

        return best;
    }
}

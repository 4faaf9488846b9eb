using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Auth;

/// <summary>What became of a request's credentials.</summary>
public enum DigestVerdict
{
    /// <summary>They prove the account.</summary>
    Accepted,

    /// <summary>There are none for our realm, or of another scheme: challenge.</summary>
    Absent,

    /// <summary>They are right, but the nonce is too old or forgotten: challenge with stale=true.</summary>
    Stale,

    /// <summary>Password or user is wrong; which one is not told. Challenge, and count it against the source.</summary>
    Wrong,

    /// <summary>They have been used before: challenge, and count it against the source.</summary>
    Replayed,
}

/// <summary>Challenges requests and verifies the answers.</summary>
/// <remarks>
/// Nothing is remembered of a challenge; a nonce is remembered once a right answer came with it.
/// Source: RFC 3261 §22, RFC 7616 §3, RFC 8760.
/// </remarks>
public sealed class DigestServer
{
    private readonly DigestOptions _options;
    private readonly NonceSource _nonces;
    private readonly NonceWindow _window;
    private readonly DigestSecret _nobody;

    /// <summary>A server for one realm.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="secret">At least 16 unguessable bytes; nodes that share them take each other's nonces.</param>
    public DigestServer(DigestOptions options, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 16);
        _options = options;
        _nonces = new NonceSource(secret, options.NonceLifetime);
        _window = new NonceWindow(Limits.RememberedNonceMax);
        _nobody = DigestSecret.Of("", options.Realm, "");
    }

    /// <summary>The WWW-Authenticate headers of a 401, one for each algorithm.</summary>
    /// <param name="now">The present.</param>
    /// <param name="isStale">Whether the password was right and only the nonce too old.</param>
    /// <param name="onlyMd5">Leaves the stronger algorithms out, for a peer that gives up when it is offered
    /// one.</param>
    public IReadOnlyList<SipHeader> Challenge(Instant now, bool isStale = false, bool onlyMd5 = false)
    {
        var nonce = _nonces.Next(now);
        var headers = new List<SipHeader>(_options.Algorithms.Count);
        foreach (var algorithm in _options.Algorithms.Where(a => !onlyMd5 || a == DigestAlgorithm.Md5))
        {
            var challenge = new DigestChallenge(_options.Realm, nonce, algorithm)
            {
                Qops = ["auth", "auth-int"],
                IsStale = isStale,
            };
            headers.Add(new SipHeader(SipHeaderName.WwwAuthenticate, challenge.ToString()));
        }

        return headers;
    }

    /// <summary>Judges the credentials of a request.</summary>
    /// <param name="now">The present.</param>
    /// <param name="request">The request.</param>
    /// <param name="secretOf">The secret of a user; null when there is no such user.</param>
    /// <param name="user">The user the credentials name; null when there are none.</param>
    public DigestVerdict Verify(
        Instant now, SipRequest request, Func<string, DigestSecret?> secretOf, out string? user)
    {
        user = null;
        if (CredentialsOf(request) is not { } credentials)
        {
            return DigestVerdict.Absent;
        }

        user = credentials.Username;
        var age = _nonces.AgeOf(now, credentials.Nonce, out var made);
        if (age == NonceAge.Foreign)
        {
            return DigestVerdict.Absent;
        }

        // A user who does not exist costs the same work as one who does, so that time tells nothing.
        var secret = secretOf(credentials.Username);
        var isRight = DigestProof.IsRight(
            credentials, (secret ?? _nobody).Ha1(credentials.Algorithm), request.Method.Text, request.Body.Span);
        if (!isRight || secret is null || !UriFits(credentials, request))
        {
            return DigestVerdict.Wrong;
        }

        return age == NonceAge.Expired || _window.MayBeForgotten(credentials.Nonce, made) ? DigestVerdict.Stale : Count(credentials, made);
    }

    /// <summary>Without qop there is no count, so the nonce holds for one request only.</summary>
    private DigestVerdict Count(DigestAuthorization credentials, Instant made)
    {
        if (credentials.NonceCount is null)
        {
            return _window.TryTake(credentials.Nonce, made, 1) ? DigestVerdict.Accepted : DigestVerdict.Stale;
        }

        var isCount = uint.TryParse(
            credentials.NonceCount, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count);
        return isCount && count > 0 && _window.TryTake(credentials.Nonce, made, count)
            ? DigestVerdict.Accepted
            : DigestVerdict.Replayed;
    }

    private DigestAuthorization? CredentialsOf(SipRequest request)
    {
        foreach (var value in request.Headers.GetAll(SipHeaderName.Authorization))
        {
            if (DigestAuthorization.TryParse(value, out var credentials) && credentials.Realm == _options.Realm
                && credentials.Qop is null or "auth" or "auth-int"
                && _options.Algorithms.Contains(credentials.Algorithm))
            {
                return credentials;
            }
        }

        return null;
    }

    private bool UriFits(DigestAuthorization credentials, SipRequest request) => !_options.ChecksUri
        || credentials.Uri == request.RequestUri.ToString()
        || (SipUri.TryParse(credentials.Uri, out var uri) && uri.IsEquivalentTo(request.RequestUri));
}

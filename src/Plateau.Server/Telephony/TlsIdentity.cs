using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plateau.Server.Telephony;

/// <summary>Who we are over TLS, and whom we believe.</summary>
internal sealed class TlsIdentity : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection? _trusted;

    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection? trusted)
    {
        _certificate = certificate;
        _trusted = trusted;
    }

    /// <summary>Our certificate without its key, for peers that are to trust it.</summary>
    public X509Certificate2 PublicCertificate => X509CertificateLoader.LoadCertificate(_certificate.RawData);

    /// <summary>A certificate from PEM files.</summary>
    /// <param name="certificateFile">The chain, our own certificate first.</param>
    /// <param name="keyFile">Its private key.</param>
    /// <param name="trustedFile">Authorities believed besides those of the system; null for none.</param>
    /// <exception cref="CryptographicException">The files do not fit together.</exception>
    public static TlsIdentity FromPem(string certificateFile, string keyFile, string? trustedFile = null)
    {
        X509Certificate2Collection? trusted = null;
        if (trustedFile is not null)
        {
            trusted = [];
            trusted.ImportFromPemFile(trustedFile);
        }

        return new TlsIdentity(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), trusted);
    }

    /// <summary>A certificate from a PKCS #12 file.</summary>
    /// <exception cref="CryptographicException">The file cannot be read with this password.</exception>
    public static TlsIdentity FromPfx(string file, string? password) =>
        new(X509CertificateLoader.LoadPkcs12FromFile(file, password), null);

    /// <summary>A certificate of our own making for demonstrations and tests, believed by ourselves only.</summary>
    /// <param name="names">Host names and addresses it stands for.</param>
    /// <param name="now">The present; it holds from a day before for a year.</param>
    public static TlsIdentity SelfSigned(IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        return new TlsIdentity(certificate, [X509CertificateLoader.LoadCertificate(made.RawData)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    /// <summary>How we answer a handshake.</summary>
    internal SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificate = _certificate,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    /// <summary>How we begin a handshake with a peer at this address or name.</summary>
    internal SslClientAuthenticationOptions ClientOptions(string host)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (_trusted is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_trusted);
        }

        return options;
    }
}

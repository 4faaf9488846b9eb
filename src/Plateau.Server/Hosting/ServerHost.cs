using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>Puts a server together from its configuration: the composition root.</summary>
internal static class ServerHost
{
    public static WebApplication Build(ServerConfig config, ServerFolders folders)
    {
        Directory.CreateDirectory(folders.Kept);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Parse(config.Http.Address), config.Http.Port, listener =>
            {
                if (config.Http is { CertificateFile: { } certificate, KeyFile: { } key })
                {
                    listener.UseHttps(System.Security.Cryptography.X509Certificates.X509Certificate2
                        .CreateFromPemFile(certificate, key));
                }
            }));
        builder.Services.ConfigureHttpJsonOptions(json => PlateauJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(config);
        builder.Services.AddSingleton(folders);
        var server = builder.Build();
        server.MapGet("/health/live", () => TypedResults.Text("live"));
        return server;
    }
}

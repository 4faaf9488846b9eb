using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Identity;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>Puts a server together from its configuration: the composition root.</summary>
internal static class ServerHost
{
    /// <summary>Builds the server; <see cref="StartTenants"/> then sets its centres to work.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="folders">Where it keeps what.</param>
    /// <param name="logging">Where its logs go; null for JSON lines on standard output.</param>
    public static WebApplication Build(
        ServerConfig config, ServerFolders folders, Action<ILoggingBuilder>? logging = null)
    {
        Directory.CreateDirectory(folders.Kept);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = config.Limits.BodyBytesMax;
            kestrel.Listen(IPAddress.Parse(config.Http.Address), config.Http.Port, listener =>
            {
                if (config.Http is { CertificateFile: { } certificate, KeyFile: { } key })
                {
                    listener.UseHttps(X509Certificate2.CreateFromPemFile(certificate, key));
                }
            });
        });
        (logging ?? Logging.Configure)(builder.Logging);
        AddParts(builder.Services, config, folders);
        Telemetry.Add(builder.Services, config.Telemetry);
        var server = builder.Build();
        server.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        server.UseRouting();
        server.UseMiddleware<ApiGate>();
        HealthRoutes.Map(server);
        ApiMap.Map(server);
        return server;
    }

    /// <summary>Brings the database to its form and sets all centres to work.</summary>
    public static async Task StartTenants(WebApplication server)
    {
        var services = server.Services;
        var log = services.GetRequiredService<ILogger<TenantHosts>>();
        var config = services.GetRequiredService<ServerConfig>();
        try
        {
            await services.GetRequiredService<Database>().Migrate();
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            ApiLog.DatabaseAway(log, e);
        }

        var tenants = services.GetRequiredService<TenantHosts>();
        var telephony = services.GetRequiredService<Lines>();
        foreach (var tenant in config.Tenants)
        {
            var host = tenants.Find(tenant.Tenant)!;
            telephony.Attach(host);
            await host.Start(tenant);
            telephony.Open(host);
        }
    }

    /// <summary>Where the database is, as the storage wants it.</summary>
    public static DatabaseOptions DatabaseOf(ServerConfig config, ServerFolders folders)
    {
        var connection = config.Database.Connection is { } given ? SecretText.Find(given) : null;
        return config.Database.Kind == DatabaseKind.Postgres
            ? new DatabaseOptions(DatabaseKind.Postgres, connection!)
            : connection is null
                ? DatabaseOptions.File(folders.DatabaseFile)
                : new DatabaseOptions(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder(connection).ConnectionString);
    }

    private static void AddParts(IServiceCollection services, ServerConfig config, ServerFolders folders)
    {
        services.ConfigureHttpJsonOptions(json => PlateauJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", OpenApiShape.Configure);
        services.AddSingleton(config);
        services.AddSingleton(folders);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new Database(DatabaseOf(config, folders)));
        services.AddSingleton<TenantHosts>();
        services.AddSingleton<Lines>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton(_ => new RequestRates(config.Limits));
        services.AddSingleton<Drain>();
        services.AddSingleton<StreamEvents>();
        services.AddSingleton(s => s.GetRequiredService<TenantHosts>().Http);
        services.AddSingleton<IHostLifetime, CommandLifetime>();
    }

    /// <summary>Signals are the command's matter (it drains first), not the framework's.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>Metrics for Prometheus always, metrics and traces by OTLP when the configuration says where to.</summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
    [
        CentreMeters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    public static void Add(IServiceCollection services, TelemetryConfig config)
    {
        services.AddSingleton<CentreMeters>();
        services.AddSingleton<MetricsText>();
        if (config.OtlpEndpoint is { } endpoint)
        {
            services.AddSingleton(_ => new OtlpExport(endpoint, config.OtlpOverHttp));
        }
    }

    /// <summary>The exporter's two pipelines, alive as long as the server.</summary>
    internal sealed class OtlpExport(string endpoint, bool overHttp) : IDisposable
    {
        private readonly MeterProvider _metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(Meters)
            .AddOtlpExporter(o => Aim(o, endpoint, overHttp, "v1/metrics"))
            .Build();

        private readonly TracerProvider _traces = Sdk.CreateTracerProviderBuilder()
            .AddSource("Microsoft.AspNetCore", "Plateau")
            .AddOtlpExporter(o => Aim(o, endpoint, overHttp, "v1/traces"))
            .Build();

        public void Dispose()
        {
            _metrics.Dispose();
            _traces.Dispose();
        }

        private static void Aim(OtlpExporterOptions options, string endpoint, bool overHttp, string path)
        {
            options.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            options.Endpoint = overHttp ? new Uri(new Uri(endpoint.TrimEnd('/') + "/"), path) : new Uri(endpoint);
        }
    }
}

namespace Plateau.Server.Hosting;

/// <summary>Structured logs: one JSON object a line on standard output, times in UTC.</summary>
internal static class Logging
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";
            console.IncludeScopes = false;
        });
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        // Commands of the database may hold numbers of callers.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
    }
}

using System.Globalization;

namespace Plateau.Server.Demo;

/// <summary>The demo's log: a text file beside its data, because the terminal shows the floor.</summary>
internal sealed partial class DemoLog(string file) : ILoggerProvider
{
    private readonly StreamWriter _writer = new(file, append: true) { AutoFlush = true };

    [LoggerMessage(9_000, LogLevel.Warning, "A simulated person stumbled")]
    public static partial void ActFailed(ILogger log, Exception error);

    public ILogger CreateLogger(string categoryName) => new Page(this, categoryName);

    public void Dispose() => _writer.Dispose();

    private void Write(string line)
    {
        lock (_writer)
        {
            _writer.WriteLine(line);
        }
    }

    private sealed class Page(DemoLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var at = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
                log.Write($"{at} {logLevel} {category} {formatter(state, exception)} {exception}".TrimEnd());
            }
        }
    }
}

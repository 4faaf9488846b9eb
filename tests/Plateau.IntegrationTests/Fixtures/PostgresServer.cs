using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>A PostgreSQL of its own on a free loopback port, in a temporary folder, removed afterwards.</summary>
/// <remarks>PostgreSQL refuses to run as root; then it is started as the user that Debian's package made for
/// it.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _binaries;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "plateau-pg-" + Path.GetRandomFileName());
    private int _port;
    private bool _isRunning;

    private PostgresServer(string binaries) => _binaries = binaries;

    /// <summary>Starts one; null when PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer?> TryStart()
    {
        if (FindBinaries() is not { } binaries)
        {
            return null;
        }

        var server = new PostgresServer(binaries);
        Directory.CreateDirectory(server._folder);
        if (Environment.IsPrivilegedProcess)
        {
            await Run("chown", "postgres", server._folder);
        }

        server._port = FreePort();
        await server.RunAsOwner(
            "initdb", "-D", server._folder, "-U", "plateau", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        await server.Start();
        return server;
    }

    /// <summary>Makes a new database; its connection string.</summary>
    public async Task<string> NewDatabase()
    {
        var name = "t" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE \"{name}\"";
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Starts it, after a crash on the same port.</summary>
    public async Task Start()
    {
        await RunAsOwner(
            "pg_ctl", "start", "-s", "-w", "-D", _folder, "-l", Path.Combine(_folder, "log"), "-o",
            $"-h 127.0.0.1 -p {_port.ToString(CultureInfo.InvariantCulture)} -k {_folder}");
        _isRunning = true;
    }

    /// <summary>Stops it at once, as a crash would: connections break off, nothing is finished.</summary>
    public async Task Crash()
    {
        await RunAsOwner("pg_ctl", "stop", "-s", "-w", "-m", "immediate", "-D", _folder);
        _isRunning = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_isRunning)
        {
            await Crash();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb")))
            .OrderBy(d => d, StringComparer.Ordinal).LastOrDefault()
        : null;

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        // pg_ctl is not redirected: the server inherits the pipe and would hold it open for ever.
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/", RedirectStandardOutput = arguments.Contains("--auth=trust"),
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        if (start.RedirectStandardOutput)
        {
            await process.StandardOutput.ReadToEndAsync(limit.Token);
        }

        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = "plateau",
        Database = database,
        Timeout = 5,
        CommandTimeout = 15,
    }.ConnectionString;

    private Task RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return Environment.IsPrivilegedProcess
            ? Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : Run(path, arguments);
    }
}

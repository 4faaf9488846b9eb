using Plateau.Contracts.Tenancy;
using Plateau.Server.Storage;

[assembly: AssemblyFixture(typeof(Plateau.IntegrationTests.Fixtures.PostgresFixture))]

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>One PostgreSQL for the whole run, started when the first test asks for it.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer?>> _server = new(PostgresServer.TryStart);

    /// <summary>A new, empty, migrated database; the test is skipped where PostgreSQL is not installed.</summary>
    public async Task<Database> NewDatabase()
    {
        var server = await _server.Value;
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: postgresql)");
        var database = new Database(new DatabaseOptions(DatabaseKind.Postgres, await server!.NewDatabase()));
        await database.Migrate();
        return database;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && await _server.Value is { } server)
        {
            await server.DisposeAsync();
        }
    }
}

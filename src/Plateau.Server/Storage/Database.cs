using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Storage;

/// <summary>Where the database is.</summary>
/// <param name="Kind">Which program.</param>
/// <param name="ConnectionString">In the form of its driver; may hold a password and is never logged.</param>
public sealed record DatabaseOptions(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>The default: a file in the data folder.</summary>
    public static DatabaseOptions File(string path) => new(
        DatabaseKind.Sqlite,
        new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ConnectionString);
}

/// <summary>The one database of the installation; opened for one tenant at a time.</summary>
public sealed class Database(DatabaseOptions options)
{
    private readonly DbContextOptions<TenantDb> _options = Build(options);

    /// <summary>Which program.</summary>
    public DatabaseKind Kind { get; } = options.Kind;

    /// <summary>Opens it for a tenant; the caller disposes of it soon.</summary>
    public TenantDb Open(TenantId tenant) => new(_options, tenant);

    /// <summary>Brings the tables to the form that this version needs.</summary>
    public async Task Migrate(CancellationToken stop = default)
    {
        await using var db = Open(default);
        await db.Database.MigrateAsync(stop);
    }

    /// <summary>All tenants that have a configuration, in order of their names.</summary>
    public async Task<IReadOnlyList<TenantId>> Tenants(CancellationToken stop = default)
    {
        await using var db = Open(default);
        var tenants = await db.ConfigVersions.IgnoreQueryFilters().Select(c => c.Tenant).Distinct().ToListAsync(stop);
        tenants.Sort();
        return tenants;
    }

    /// <summary>
    /// Where a tenant's counting stands: sequence of the last fact and ordinal of the last thing stored.
    /// </summary>
    public async Task<(long Fact, long Ordinal)> Watermark(TenantId tenant, CancellationToken stop = default)
    {
        await using var db = Open(tenant);
        var row = await db.Watermarks.AsNoTracking().SingleOrDefaultAsync(stop);
        return (row?.Fact ?? 0, row?.Ordinal ?? 0);
    }

    /// <summary>Sets the provider for another context that lives in the same database (identity).</summary>
    public static void Use(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        if (options.Kind == DatabaseKind.Sqlite)
        {
            builder.UseSqlite(options.ConnectionString);
        }
        else
        {
            builder.UseNpgsql(options.ConnectionString);
        }
    }

    /// <summary>
    /// Whether an error means that the database cannot be reached or cannot work now, whatever is asked of it.
    /// </summary>
    public static bool IsOutage(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException!)
        {
            if (e is SocketException or TimeoutException || e is DbException db && IsOutage(db))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOutage(DbException error) => error switch
    {
        // SQLite: BUSY, LOCKED, IOERR, FULL, CANTOPEN, READONLY.
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 10 or 13 or 14 or 8,
        // PostgreSQL: connection exceptions, insufficient resources, operator intervention, read-only standby.
        PostgresException { SqlState: { } state } => state[..2] is "08" or "53" || state[..3] is "57P"
            || state is "25006" or "40001" or "40P01",
        NpgsqlException => true,
        _ => error.IsTransient,
    };

    private static DbContextOptions<TenantDb> Build(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<TenantDb>();
        Use(builder, options);
        // Migrations are written by hand, without the tools' snapshot of the model; a test compares tables and model.
        builder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        return builder.Options;
    }
}

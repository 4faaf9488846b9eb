using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plateau.Server.Storage;

/// <summary>New rows on their way to the database, past the change tracker: that one costs more than the rows
/// do.</summary>
/// <remarks>
/// Names, conversions and types are those of the model. Tables are written in the order in which they were first used.
/// Where the database takes batches (PostgreSQL) all rows go in one round trip.
/// </remarks>
internal sealed class RowInserts(TenantDb db)
{
    private readonly List<Type> _order = [];
    private readonly Dictionary<Type, List<object>> _rows = [];

    /// <summary>Takes a row; it is written by <see cref="Write"/>.</summary>
    /// <exception cref="InvalidOperationException">The row is another tenant's.</exception>
    internal void Add(ITenantRow row)
    {
        if (row.Tenant != db.Tenant)
        {
            throw new InvalidOperationException($"A row of {row.Tenant} in the database of {db.Tenant}.");
        }

        if (!_rows.TryGetValue(row.GetType(), out var rows))
        {
            _rows[row.GetType()] = rows = [];
            _order.Add(row.GetType());
        }

        rows.Add(row);
    }

    /// <summary>Takes rows.</summary>
    internal void AddRange(IEnumerable<ITenantRow> rows)
    {
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    /// <summary>Writes all rows inside the transaction that is open.</summary>
    /// <exception cref="DbUpdateException">The database is there but refuses a row.</exception>
    internal async Task Write(CancellationToken cancel)
    {
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        try
        {
            if (connection.CanCreateBatch)
            {
                await WriteBatch(connection, transaction, cancel);
                return;
            }

            foreach (var type in _order)
            {
                await WriteTable(connection, transaction, type, cancel);
            }
        }
        catch (DbException e) when (!Database.IsOutage(e))
        {
            throw new DbUpdateException(e.Message, e);
        }
    }

    private async Task WriteTable(DbConnection connection, DbTransaction transaction, Type type, CancellationToken cancel)
    {
        var columns = Columns(type, out var sql);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var row in _rows[type])
        {
            if (command.Parameters.Count == 0)
            {
                Bind(command, command.Parameters, columns, row);
                await command.PrepareAsync(cancel);
            }
            else
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    command.Parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
                }
            }

            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task WriteBatch(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var batch = connection.CreateBatch();
        await using var maker = connection.CreateCommand();
        batch.Transaction = transaction;
        foreach (var type in _order)
        {
            var columns = Columns(type, out var sql);
            foreach (var row in _rows[type])
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = sql;
                Bind(maker, command.Parameters, columns, row);
                batch.BatchCommands.Add(command);
            }
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
    }

    private static void Bind(DbCommand maker, DbParameterCollection parameters, Column[] columns, object row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var parameter = columns[i].Mapping.CreateParameter(maker, $"@p{i}", null, columns[i].IsNullable);
            parameter.Value = columns[i].Value(row) ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }

    private Column[] Columns(Type type, out string sql)
    {
        var entity = db.Model.FindEntityType(type)!;
        var columns = entity.GetProperties().Select(Column.Of).ToArray();
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        sql = $"INSERT INTO \"{entity.GetTableName()}\" ({names}) VALUES ({values})";
        return columns;
    }

    private sealed record Column(string Name, IProperty Property, RelationalTypeMapping Mapping, bool IsNullable)
    {
        internal static Column Of(IProperty property) => new(
            property.GetColumnName(), property, property.GetRelationalTypeMapping(), property.IsNullable);

        internal object? Value(object row)
        {
            var value = Property.PropertyInfo!.GetValue(row);
            return value is not null && Mapping.Converter is { } converter
                ? converter.ConvertToProvider(value)
                : value;
        }
    }
}

using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Transactions;

namespace Plateau.Tests.Sip.Transactions;

/// <summary>Runs a table of rows "at · input · state · effect" against one transaction machine in virtual
/// time.</summary>
internal static class TransactionScenario
{
    internal static void Run<TInput>(ITransactionMachine<TInput> machine, string table) where TInput : struct, Enum
    {
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var row = line.Split("//")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (row.Length == 0)
            {
                continue;
            }

            var at = Instant.Epoch + TimeSpan.FromSeconds(double.Parse(row[0], CultureInfo.InvariantCulture));
            var effect = machine.Apply(at, Enum.Parse<TInput>(row[1]));
            var seen = $"{row[0]} {row[1]} {machine.State} {effect.ToString().Replace(", ", "+")}";
            Assert.Equal($"{row[0]} {row[1]} {row[2]} {(row[3] == "-" ? "None" : row[3])}", seen);
        }
    }
}

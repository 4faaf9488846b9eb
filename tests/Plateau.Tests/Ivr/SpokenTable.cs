namespace Plateau.Tests.Ivr;

/// <summary>Tables of "value · words", one row a line, as people who speak the language read them.</summary>
internal static class SpokenTable
{
    public static void Check(string table, Func<string, string> speak)
    {
        foreach (var row in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = row.Split('·', StringSplitOptions.TrimEntries);
            Assert.True(parts[1] == speak(parts[0]), $"{parts[0]}: expected \"{parts[1]}\", said \"{speak(parts[0])}\"");
        }
    }
}

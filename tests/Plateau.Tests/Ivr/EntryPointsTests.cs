using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;

namespace Plateau.Tests.Ivr;

public sealed class EntryPointsTests
{
    private static readonly EntryPoints Points = new(
    [
        new EntryPointConfig { Number = "+33199001234", Queue = new QueueId("exact") },
        new EntryPointConfig { Number = "01 99 00 12*", Queue = new QueueId("twelve") },
        new EntryPointConfig { Number = "+33199*", Queue = new QueueId("short") },
        new EntryPointConfig { Number = "3*", Queue = new QueueId("extension") },
    ]);

    [Theory]
    [InlineData("0199001234", "exact")]
    [InlineData("+33199001234", "exact")]
    [InlineData("0033199001234", "exact")]
    [InlineData("+33 (0)1 99 00 12 34", "exact")]
    [InlineData("01.99.00.12.35", "twelve")]
    [InlineData("0199009999", "short")]
    [InlineData("3001", "extension")]
    [InlineData("0261910000", null)]
    [InlineData("", null)]
    [InlineData("alice", null)]
    public void The_exact_number_wins_then_the_longest_beginning(string called, string? queue) =>
        Assert.Equal(queue, Points.Find(called)?.Queue?.Value);

    [Theory]
    [InlineData("0199001234", "+33199001234")]
    [InlineData("+330199001234", "+33199001234")]
    [InlineData("15", "15")]
    [InlineData("112", "112")]
    [InlineData("3949", "3949")]
    [InlineData("0033 6 39 98 00 01", "+33639980001")]
    [InlineData("anonymous", "anonymous")]
    [InlineData("*98", "*98")]
    public void A_number_has_one_form(string written, string normal) => Assert.Equal(normal, E164.Normalise(written));
}

using Plateau.Contracts;

namespace Plateau.Tests.Contracts;

public sealed class InstantTests
{
    [Fact]
    public void An_instant_survives_its_text()
    {
        var instant = new Instant(1_795_360_569_123_456);
        Assert.Equal(instant, Instant.Parse(instant.ToString()));
    }

    [Fact]
    public void Never_stays_never_when_time_is_added() =>
        Assert.True((Instant.Never + TimeSpan.FromDays(1)).IsNever);

    [Fact]
    public void The_same_seed_gives_the_same_sequence()
    {
        var left = new Prng(42);
        var right = new Prng(42);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(left.NextBits(), right.NextBits()));
    }
}

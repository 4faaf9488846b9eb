using Plateau.Server.Cli;

namespace Plateau.Tests.Server;

/// <summary>The notation of keys of "plateau call --dtmf".</summary>
public sealed class CallKeysTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1", "2:1")]
    [InlineData("1,2", "2:1 2:2")]
    [InlineData("12#", "2:12#")]
    [InlineData("w1", "3:1")]
    [InlineData("1,ww*", "2:1 4:*")]
    [InlineData("1w2", "2:1 3:2")]
    [InlineData("a", "2:A")]
    [InlineData(",,1,", "2:1")]
    public void Keys_are_pressed_after_pauses_and_every_w_makes_one_longer(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', CallKeys.Parse(text)!.Select(k => $"{k.Pause.TotalSeconds}:{k.Digits}")));

    [Theory]
    [InlineData("x")]
    [InlineData("1;2")]
    [InlineData("1 2")]
    public void Anything_else_is_refused(string text) => Assert.Null(CallKeys.Parse(text));
}

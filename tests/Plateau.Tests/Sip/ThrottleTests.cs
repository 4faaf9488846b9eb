using System.Net;
using Plateau.Contracts;
using Plateau.Sip.Auth;

namespace Plateau.Tests.Sip;

public sealed class ThrottleTests
{
    private static readonly Instant Start = Instant.FromUnixSeconds(1_700_000_000);
    private static readonly IPAddress Guesser = IPAddress.Parse("203.0.113.9");

    [Fact]
    public void A_source_that_guesses_passwords_is_shut_out_for_longer_each_time()
    {
        var throttle = new SourceThrottle(new ThrottleOptions());
        var now = Start;
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(throttle.Fail(now, Guesser));
            Assert.False(throttle.IsShutOut(now, Guesser));
        }

        foreach (var seconds in new[] { 30, 60, 120, 240 })
        {
            Assert.Equal(now + TimeSpan.FromSeconds(seconds), throttle.Fail(now, Guesser));
            Assert.True(throttle.IsShutOut(now + TimeSpan.FromSeconds(seconds - 1), Guesser));
            now += TimeSpan.FromSeconds(seconds);
            Assert.False(throttle.IsShutOut(now, Guesser));
        }

        for (var i = 0; i < 60; i++)
        {
            Assert.True(throttle.Fail(now, Guesser) <= now + TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void A_right_password_or_a_quiet_time_makes_a_source_as_good_as_new()
    {
        var throttle = new SourceThrottle(new ThrottleOptions { FailuresMax = 2 });
        throttle.Fail(Start, Guesser);
        throttle.Succeed(Guesser);
        Assert.Equal(0, throttle.SourceCount);
        Assert.Null(throttle.Fail(Start, Guesser));
        Assert.Null(throttle.Fail(Start + TimeSpan.FromMinutes(16), Guesser));
        Assert.NotNull(throttle.Fail(Start + TimeSpan.FromMinutes(17), Guesser));
    }

    [Fact]
    public void Memory_is_bounded_and_the_quietest_source_is_forgotten_first()
    {
        var throttle = new SourceThrottle(new ThrottleOptions { FailuresMax = 2, SourceMax = 3 });
        var addresses = Enumerable.Range(1, 4).Select(i => IPAddress.Parse($"192.0.2.{i}")).ToList();
        addresses.ForEach(address => throttle.Fail(Start, address));
        Assert.Equal(3, throttle.SourceCount);
        Assert.NotNull(throttle.Fail(Start, addresses[3]));
        Assert.Null(throttle.Fail(Start, addresses[0]));
    }

    [Fact]
    public void The_addresses_of_one_ipv6_subscriber_count_together_and_others_do_not()
    {
        var throttle = new SourceThrottle(new ThrottleOptions { FailuresMax = 2 });
        throttle.Fail(Start, IPAddress.Parse("2001:db8:0:1::1"));
        Assert.NotNull(throttle.Fail(Start, IPAddress.Parse("2001:db8:0:1::2")));
        Assert.False(throttle.IsShutOut(Start, IPAddress.Parse("2001:db8:0:2::1")));
        throttle.Fail(Start, Guesser);
        throttle.Fail(Start, Guesser.MapToIPv6());
        Assert.True(throttle.IsShutOut(Start, Guesser));
    }
}

using System.Net;
using Plateau.Contracts;
using Plateau.Server.Messaging;

namespace Plateau.Tests.Server;

public sealed class ForeignHttpTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("100.128.0.1", false)]
    [InlineData("0.0.0.0", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("93.184.215.14", false)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd12::1", true)]
    [InlineData("2606:2800:21f::1", false)]
    public void Addresses_of_the_own_network_are_known(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, ForeignHttp.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public void A_signature_is_the_HMAC_of_time_and_body() => Assert.Equal(
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
        "t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163",
        WebhookSignature.Sign("secret", Instant.FromUnixSeconds(1_700_000_000), "{}"));

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var options = new WebhookOptions();
        Assert.Equal(
            [10, 20, 40, 80, 3_600, 3_600],
            new[] { 1, 2, 3, 4, 10, 1_000 }.Select(n => WebhookDriver.Pause(options, n).TotalSeconds));
    }
}

using System.Buffers.Binary;
using System.Text;
using Plateau.Contracts;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Telephony;

namespace Plateau.Tests.Telephony;

public sealed class TrunkTests
{
    private static readonly TrunkConfig Config = new() { Id = new TrunkId("carrier") };

    [Theory]
    [InlineData("0199001000", "+33199001000")]
    [InlineData("0033199001000", "+33199001000")]
    [InlineData("15", "15")]
    [InlineData("+33199001000", "+33199001000")]
    public void The_first_rule_that_matches_the_whole_number_rewrites_it(string dialled, string expected)
    {
        var trunk = Trunk(Config with
        {
            InboundRules = [new("0([1-9][0-9]{8})", "+33$1"), new("00([1-9][0-9]+)", "+$1")],
        });
        Assert.Equal(expected, trunk.TranslateInbound(dialled));
    }

    [Theory]
    [InlineData("0199001042", "0199001042")]
    [InlineData("0639980001", "0199001000")]
    [InlineData("", "0199001000")]
    public void Only_numbers_that_are_ours_are_shown(string wanted, string shown)
    {
        var trunk = Trunk(Config with { CallerIdAllowed = ["0199001"], CallerIdDefault = "0199001000" });
        Assert.Equal(shown, trunk.CallerIdFor(wanted));
    }

    [Fact]
    public void Channels_and_calls_per_second_are_limited_apart()
    {
        var trunk = Trunk(Config with { CallsMax = 3, CallsPerSecondMax = 2 });
        var now = Instant.FromUnixSeconds(1_000);
        Assert.True(trunk.TryTake(now, isOutgoing: true));
        Assert.True(trunk.TryTake(now, isOutgoing: true));
        Assert.False(trunk.TryTake(now, isOutgoing: true)); // the third of this second
        Assert.True(trunk.TryTake(now, isOutgoing: false)); // callers are not limited in rate
        Assert.False(trunk.TryTake(now + TimeSpan.FromSeconds(2), isOutgoing: true)); // three channels
        trunk.Release();
        Assert.True(trunk.TryTake(now + TimeSpan.FromSeconds(2), isOutgoing: true));
    }

    [Fact]
    public void Srv_records_are_taken_by_priority_then_weight_and_names_may_be_compressed()
    {
        var query = TrunkResolver.Query("_sip._udp.carrier.example", 0x1234);
        var answer = new List<byte>(query);
        answer[2] = 0x81;
        answer[7] = 3;
        Add(answer, priority: 20, weight: 0, port: 5060, "backup");
        Add(answer, priority: 10, weight: 1, port: 5070, "small");
        Add(answer, priority: 10, weight: 9, port: 5060, "big");
        Assert.Equal(
            [("big.carrier.example", 5060), ("small.carrier.example", 5070), ("backup.carrier.example", 5060)],
            TrunkResolver.Parse(answer.ToArray(), 0x1234));
        Assert.Empty(TrunkResolver.Parse(answer.ToArray(), 0x4321));
    }

    [Fact]
    public void Broken_dns_answers_give_nothing_and_do_no_harm()
    {
        var query = TrunkResolver.Query("_sip._udp.carrier.example", 0x1234);
        var answer = new List<byte>(query);
        answer[2] = 0x81;
        answer[7] = 2;
        Add(answer, 10, 1, 5060, "big");
        var whole = answer.ToArray();
        var chance = new Prng(1);
        for (var i = 0; i < 5_000; i++)
        {
            var broken = whole[..chance.NextBelow(whole.Length)];
            for (var flips = chance.NextBelow(4); flips > 0 && broken.Length > 2; flips--)
            {
                broken[2 + chance.NextBelow(broken.Length - 2)] = (byte)chance.NextBelow(256);
            }

            Assert.True(TrunkResolver.Parse(broken, 0x1234).Count <= 16);
        }
    }

    private static TrunkState Trunk(TrunkConfig config) => new(
        new TelephonyTenant(new CentreConfig { Tenant = new TenantId("house") }, _ => true, null), config);

    /// <summary>A record whose target ends in a pointer to "carrier.example" in the question.</summary>
    private static void Add(List<byte> answer, ushort priority, ushort weight, ushort port, string label)
    {
        const int CarrierAt = 12 + 5 + 5; // behind "_sip" and "_udp" with their lengths
        var record = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(record, priority);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(2), weight);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(4), port);
        answer.AddRange([0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, (byte)(6 + 1 + label.Length + 2)]);
        answer.AddRange(record);
        answer.Add((byte)label.Length);
        answer.AddRange(Encoding.ASCII.GetBytes(label));
        answer.AddRange([0xC0, CarrierAt]);
    }
}

using System.Globalization;
using Plateau.Contracts;
using Plateau.Media.Rtp;

namespace Plateau.Tests.Media;

/// <summary>Whose packets a leg believes.</summary>
public sealed class LatchTests
{
    private static readonly PayloadTypeSet Types = default(PayloadTypeSet).With(8).With(101);

    [Fact]
    public void Without_SDP_nobody_is_believed() => Run(false, """
        at     from   ssrc  seq  type  verdict
        0.0    A      1     1    8     NotAnnounced
        """, announce: false);

    [Fact]
    public void A_party_not_behind_NAT_is_believed_at_its_announced_address_only() => Run(false, """
        at     from   ssrc  seq  type  verdict
        0.0    B      1     1    8     WrongSource
        0.02   B      1     2    8     WrongSource
        0.04   B      1     3    8     WrongSource
        0.06   A      9     1    8     Latched
        0.08   A      9     2    8     Accepted
        0.10   B      9     3    8     WrongSource     // the same source and sequence, from another port
        0.12   A      9     3    8     Accepted
        9.0    B      9     4    8     WrongSource     // even after a long silence
        """);

    [Fact]
    public void A_party_behind_NAT_is_learnt_after_three_packets_in_a_row() => Run(true, """
        at     from   ssrc  seq  type  verdict
        0.00   B      1     10   8     OnProbation
        0.02   B      1     11   8     OnProbation
        0.04   B      1     12   8     Latched
        0.06   B      1     13   101   Accepted
        0.08   C      1     14   8     WrongSource     // late hijack: another source never takes over
        5.00   C      1     15   8     WrongSource
        60.0   C      1     16   8     WrongSource
        """);

    [Fact]
    public void A_spray_from_many_ports_never_becomes_believed() => Run(true, """
        at     from   ssrc  seq  type  verdict
        0.00   C      1     1    8     OnProbation
        0.01   D      1     2    8     OnProbation
        0.02   C      2     7    8     OnProbation     // other source: starts again
        0.03   C      2     9    8     OnProbation     // not consecutive: starts again
        0.04   C      2     11   8     OnProbation
        0.05   E      1     3    8     OnProbation
        0.06   F      1     4    8     OnProbation
        0.07   G      1     5    8     WrongSource     // no more on probation than the limit
        0.08   A      5     50   8     Latched         // the party itself comes through at once
        0.10   C      2     12   8     WrongSource
        """);

    [Fact]
    public void A_payload_type_that_was_not_negotiated_is_dropped_from_anyone() => Run(true, """
        at     from   ssrc  seq  type  verdict
        0.00   B      1     1    0     WrongPayloadType
        0.02   A      1     1    0     WrongPayloadType
        0.04   A      1     2    8     Latched
        0.06   A      1     3    18    WrongPayloadType
        """);

    [Fact]
    public void After_the_window_only_the_announced_address_is_believed() => Run(true, """
        at     from   ssrc  seq  type  verdict
        10.1   B      1     1    8     WrongSource
        10.12  B      1     2    8     WrongSource
        10.14  B      1     3    8     WrongSource
        11.0   A      2     1    8     Latched
        """);

    [Fact]
    public void The_announced_address_takes_its_place_back_when_the_learnt_source_is_silent() => Run(true, """
        at     from   ssrc  seq  type  verdict
        0.00   B      1     1    8     OnProbation
        0.02   B      1     2    8     OnProbation
        0.04   B      1     3    8     Latched
        2.00   A      2     1    8     WrongSource
        2.02   B      1     4    8     Accepted
        5.01   A      2     2    8     WrongSource
        5.02   A      2     3    8     Latched
        5.04   B      1     5    8     WrongSource
        """);

    [Fact]
    public void New_signalling_opens_the_window_again_and_repeated_signalling_does_not()
    {
        var latch = new RtpReceiveLatch(LatchConfig.Default);
        latch.Announce(default, Endpoint("A"), Types, true);
        Learn(latch, At(0), "B", LatchVerdict.Latched);
        latch.Announce(At(20), Endpoint("A"), Types, true);
        Assert.Equal(Endpoint("B"), latch.Believed);
        Learn(latch, At(20), "C", LatchVerdict.WrongSource);

        latch.Announce(At(30), Endpoint("D"), Types, true);

        Assert.Equal(Endpoint("D"), latch.SendTo);
        Learn(latch, At(30), "C", LatchVerdict.Latched);
    }

    [Fact]
    public void A_source_behind_NAT_must_have_the_address_of_the_signalling_when_that_is_known()
    {
        var latch = new RtpReceiveLatch(LatchConfig.Default);
        latch.Announce(default, Endpoint("A"), Types, true, Endpoint("C").Address);

        Learn(latch, At(1), "B", LatchVerdict.WrongSource);
        Learn(latch, At(2), "C", LatchVerdict.Latched);
        Assert.True(latch.AdmitsControl(Endpoint("C").WithPort(9)));
        Assert.False(latch.AdmitsControl(Endpoint("B")));
    }

    private static void Learn(RtpReceiveLatch latch, Instant at, string from, LatchVerdict expected)
    {
        var verdict = LatchVerdict.NotAnnounced;
        for (ushort i = 0; i < 3; i++)
        {
            verdict = latch.Admit(at, Endpoint(from), new RtpPacket(false, 8, i, 0, 1));
        }

        Assert.Equal(expected, verdict);
    }

    private static void Run(bool mayBeBehindNat, string table, bool announce = true)
    {
        var latch = new RtpReceiveLatch(LatchConfig.Default);
        if (announce)
        {
            latch.Announce(default, Endpoint("A"), Types, mayBeBehindNat);
        }

        foreach (var line in table.Split('\n').Skip(1))
        {
            var row = line.Split("//")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var packet = new RtpPacket(false, byte.Parse(row[4]), ushort.Parse(row[3]), 0, uint.Parse(row[2]));
            var verdict = latch.Admit(At(double.Parse(row[0], CultureInfo.InvariantCulture)), Endpoint(row[1]), packet);
            Assert.True(verdict == Enum.Parse<LatchVerdict>(row[5]), $"{line.Trim()}: {verdict}");
        }
    }

    private static Instant At(double seconds) => new((long)(seconds * 1_000_000));

    private static MediaEndpoint Endpoint(string name) => MediaEndpoint.FromIpV4(0x0A00_0000u + name[0], 4_000);
}

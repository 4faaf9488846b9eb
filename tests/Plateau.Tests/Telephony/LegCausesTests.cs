using Plateau.Contracts.Calls;
using Plateau.Server.Telephony;
using Plateau.Sip;

namespace Plateau.Tests.Telephony;

public sealed class LegCausesTests
{
    [Theory]
    [InlineData(486, 0, ClearingCause.Busy)]
    [InlineData(600, 0, ClearingCause.Busy)]
    [InlineData(480, 0, ClearingCause.NoAnswer)]
    [InlineData(480, 17, ClearingCause.Busy)]
    [InlineData(480, 20, ClearingCause.Unreachable)]
    [InlineData(404, 0, ClearingCause.UnknownNumber)]
    [InlineData(603, 0, ClearingCause.Rejected)]
    [InlineData(488, 0, ClearingCause.NoCommonCodec)]
    [InlineData(503, 0, ClearingCause.Congestion)]
    [InlineData(500, 1, ClearingCause.UnknownNumber)]
    [InlineData(420, 0, ClearingCause.Failed)]
    public void A_refusal_is_told_in_the_words_of_the_centre(int status, int q850, ClearingCause expected) => Assert.Equal(
        expected, LegCauses.Of(new SipLegEnd(SipEndCause.Rejected, SipSide.Remote, status, q850)));

    [Theory]
    [InlineData(SipEndCause.NoResponse, 408, true)]
    [InlineData(SipEndCause.TransportFailed, 503, true)]
    [InlineData(SipEndCause.Rejected, 503, true)]
    [InlineData(SipEndCause.Rejected, 408, true)]
    [InlineData(SipEndCause.Rejected, 486, false)]
    [InlineData(SipEndCause.Rejected, 404, false)]
    [InlineData(SipEndCause.LimitReached, 408, false)]
    public void Silence_and_overload_try_the_next_host_and_an_answer_of_the_party_does_not(
        SipEndCause cause, int status, bool expected) => Assert.Equal(
            expected, LegCauses.InvitesFailover(new SipLegEnd(cause, SipSide.Network, status)));

    [Fact]
    public void Of_several_devices_the_one_that_tells_most_of_the_person_decides()
    {
        var away = new SipLegEnd(SipEndCause.NoResponse, SipSide.Network, 408);
        var busy = new SipLegEnd(SipEndCause.Rejected, SipSide.Remote, 486);
        Assert.Equal(busy, LegCauses.MoreTelling(away, busy));
        Assert.Equal(busy, LegCauses.MoreTelling(busy, away));
    }

    [Fact]
    public void Every_cause_has_a_status_and_a_q850_cause_to_be_told_with()
    {
        foreach (var cause in Enum.GetValues<ClearingCause>())
        {
            Assert.InRange(LegCauses.StatusFor(cause), 400, 699);
            Assert.InRange(LegCauses.Q850For(cause), 1, 127);
        }
    }
}

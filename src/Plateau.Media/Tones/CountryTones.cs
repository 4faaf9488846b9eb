namespace Plateau.Media.Tones;

/// <summary>The call progress tones of a country.</summary>
/// <param name="Country">ISO 3166-1 code, two capital letters.</param>
/// <param name="Dial">Ready to take a number.</param>
/// <param name="Ringback">The far end rings.</param>
/// <param name="Busy">The far end is busy.</param>
/// <param name="Congestion">No way through the network.</param>
/// <param name="CallWaiting">A second call comes in.</param>
/// <remarks>Source: ITU-T E.180 supplement 2, Various tones used in national networks.</remarks>
public sealed record CountryTones(
    string Country, TonePlan Dial, TonePlan Ringback, TonePlan Busy, TonePlan Congestion, TonePlan CallWaiting)
{
    /// <summary>France: everything is 440 Hz.</summary>
    public static readonly CountryTones France = new(
        "FR",
        TonePlan.Continuous("dial", 440),
        TonePlan.Cadence("ringback", [440], 1_500, 3_500),
        TonePlan.Cadence("busy", [440], 500, 500),
        TonePlan.Cadence("congestion", [440], 250, 250),
        TonePlan.Cadence("call waiting", [440], 300, 10_000));

    /// <summary>The countries we have, France first.</summary>
    public static readonly IReadOnlyList<CountryTones> All =
    [
        France,
        new(
            "GB",
            TonePlan.Continuous("dial", 350, 440),
            TonePlan.Cadence("ringback", [400, 450], 400, 200, 400, 2_000),
            TonePlan.Cadence("busy", [400], 375, 375),
            TonePlan.Cadence("congestion", [400], 400, 350, 225, 525),
            TonePlan.Cadence("call waiting", [400], 100, 2_000)),
        new(
            "US",
            TonePlan.Continuous("dial", 350, 440),
            TonePlan.Cadence("ringback", [440, 480], 2_000, 4_000),
            TonePlan.Cadence("busy", [480, 620], 500, 500),
            TonePlan.Cadence("congestion", [480, 620], 250, 250),
            TonePlan.Cadence("call waiting", [440], 300, 10_000)),
        new(
            "DE",
            TonePlan.Continuous("dial", 425),
            TonePlan.Cadence("ringback", [425], 1_000, 4_000),
            TonePlan.Cadence("busy", [425], 480, 480),
            TonePlan.Cadence("congestion", [425], 240, 240),
            TonePlan.Cadence("call waiting", [425], 200, 200, 200, 5_000)),
        new(
            "ES",
            TonePlan.Continuous("dial", 425),
            TonePlan.Cadence("ringback", [425], 1_500, 3_000),
            TonePlan.Cadence("busy", [425], 200, 200),
            TonePlan.Cadence("congestion", [425], 200, 200, 200, 200, 200, 600),
            TonePlan.Cadence("call waiting", [425], 175, 175, 175, 3_500)),
    ];

    /// <summary>The tones of a country, or those of France when we have none for it.</summary>
    public static CountryTones Of(string country) =>
        All.FirstOrDefault(t => t.Country.Equals(country, StringComparison.OrdinalIgnoreCase)) ?? France;
}

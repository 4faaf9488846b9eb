using Plateau.Core.Ivr;

namespace Plateau.Tests.Ivr;

public sealed class SpokenValueTests
{
    [Theory]
    [InlineData("number", 21, "fr", "vingt et un")]
    [InlineData("number", 12.5, "fr", "douze virgule cinq")]
    [InlineData("number", 12.5, "en", "twelve point five")]
    [InlineData("ordinal", 3, "en", "third")]
    [InlineData("ordinal", 0, "en", "0")]
    [InlineData("amount", 3.5, "fr", "trois euros et cinquante centimes")]
    [InlineData("duration", 90, "fr", "une minute et trente secondes")]
    [InlineData("duration", -1, "fr", "-1")]
    [InlineData("number", 1e15, "fr", "1000000000000000")] // Nobody would follow it: digits are left to the voice.
    public void A_number_is_spoken_by_its_filter(string filter, double value, string language, string words) =>
        Assert.Equal(words, Write(FlowValue.Of((decimal)value), filter, language));

    [Theory]
    [InlineData("digits", "0142", "fr", "zéro un quatre deux")]
    [InlineData("digits", "none", "fr", "none")]
    [InlineData("number", "42", "en", "forty-two")]
    [InlineData("number", "forty", "en", "forty")]
    [InlineData("time", "15:30", "fr", "quinze heures trente")]
    [InlineData("time", "25:30", "fr", "25:30")]
    [InlineData("date", "2026-02-30", "fr", "2026-02-30")]
    [InlineData("text", "x", "fr", "x")]
    public void A_text_that_does_not_fit_the_filter_is_spoken_as_it_is(
        string filter, string value, string language, string words) =>
        Assert.Equal(words, Write(FlowValue.Of(value), filter, language));

    [Fact]
    public void A_date_and_a_telephone_number_are_spoken_in_words()
    {
        Assert.Contains("novembre", Write(FlowValue.Of("2026-11-23"), "date", "fr"), StringComparison.Ordinal);
        Assert.DoesNotContain('0', Write(FlowValue.Of("0199001234"), "phone", "fr"));
        Assert.Equal(string.Empty, Write(FlowValue.Nothing, "number", "fr"));
    }

    private static string Write(FlowValue value, string filter, string language) =>
        SpokenValue.Write(value, Enum.Parse<FlowFilter>(filter, ignoreCase: true), language);
}

using System.Globalization;
using Plateau.Core.Ivr.Speaking;

namespace Plateau.Tests.Ivr;

public sealed class EnglishSpeakingTests
{
    private static readonly ISpokenLanguage English = SpokenLanguages.English;

    [Fact]
    public void Whole_numbers() => SpokenTable.Check("""
        0          · zero
        13         · thirteen
        20         · twenty
        42         · forty-two
        100        · one hundred
        101        · one hundred and one
        999        · nine hundred and ninety-nine
        1000       · one thousand
        1001       · one thousand and one
        1100       · one thousand one hundred
        1234       · one thousand two hundred and thirty-four
        20000      · twenty thousand
        100000     · one hundred thousand
        1000001    · one million and one
        2500000    · two million five hundred thousand
        1000000000 · one billion
        -3         · minus three
        """, value => English.Cardinal(long.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Ordinals() => SpokenTable.Check("""
        1   · first
        2   · second
        3   · third
        4   · fourth
        5   · fifth
        8   · eighth
        9   · ninth
        12  · twelfth
        20  · twentieth
        21  · twenty-first
        40  · fortieth
        100 · one hundredth
        111 · one hundred and eleventh
        """, value => English.Ordinal(long.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Times_of_day() => SpokenTable.Check("""
        00:00 · midnight
        00:05 · twelve oh five a.m.
        01:00 · one a.m.
        09:30 · nine thirty a.m.
        12:00 · noon
        12:15 · twelve fifteen p.m.
        14:30 · two thirty p.m.
        23:59 · eleven fifty-nine p.m.
        """, value => English.ClockTime(TimeOnly.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Dates_with_their_year() => SpokenTable.Check("""
        1905-07-14 · Friday the fourteenth of July nineteen oh five
        1984-04-02 · Monday the second of April nineteen eighty-four
        1900-01-01 · Monday the first of January nineteen hundred
        2006-03-03 · Friday the third of March two thousand and six
        2026-11-22 · Sunday the twenty-second of November twenty twenty-six
        """, value => English.Date(DateOnly.Parse(value, CultureInfo.InvariantCulture), withYear: true));

    [Fact]
    public void Durations() => SpokenTable.Check("""
        00:00:00 · zero seconds
        00:01:00 · one minute
        00:01:30 · one minute and thirty seconds
        02:03:04 · two hours, three minutes and four seconds
        """, value => English.Duration(TimeSpan.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Waits_are_rounded_up() => SpokenTable.Check("""
        00:00:59 · your waiting time is less than one minute
        00:02:40 · your waiting time is about three minutes
        00:12:00 · your waiting time is about a quarter of an hour
        00:30:00 · your waiting time is about half an hour
        01:30:00 · your waiting time is about an hour and a half
        09:00:00 · your waiting time is more than two hours
        """, value => English.QueueWait(TimeSpan.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Amounts() => SpokenTable.Check("""
        0         · zero euros
        1         · one cent
        100       · one euro
        150       · one euro and fifty cents
        100000000 · one million euros
        -200      · minus two euros
        """, value => English.Euros(long.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Telephone_numbers_digit_by_digit() => SpokenTable.Check("""
        0199001234   · zero one, nine nine, zero zero, one two, three four
        +33639980109 · plus three, three six, three nine, nine eight, zero one, zero nine
        112          · one, one two
        """, English.TelephoneNumber);

    [Fact]
    public void What_a_waiting_caller_is_told() => SpokenTable.Check("""
        1  · your call is next
        3  · you are number three in the queue
        """, value => English.QueuePosition(int.Parse(value, CultureInfo.InvariantCulture)));
}

using System.Globalization;
using Plateau.Core.Ivr.Speaking;

namespace Plateau.Tests.Ivr;

public sealed class FrenchSpeakingTests
{
    private static readonly ISpokenLanguage French = SpokenLanguages.French;

    [Fact]
    public void Whole_numbers() => SpokenTable.Check("""
        0             · zéro
        1             · un
        7             · sept
        10            · dix
        11            · onze
        16            · seize
        17            · dix-sept
        19            · dix-neuf
        20            · vingt
        21            · vingt et un
        22            · vingt-deux
        30            · trente
        31            · trente et un
        45            · quarante-cinq
        51            · cinquante et un
        60            · soixante
        61            · soixante et un
        69            · soixante-neuf
        70            · soixante-dix
        71            · soixante et onze
        72            · soixante-douze
        77            · soixante-dix-sept
        79            · soixante-dix-neuf
        80            · quatre-vingts
        81            · quatre-vingt-un
        88            · quatre-vingt-huit
        90            · quatre-vingt-dix
        91            · quatre-vingt-onze
        97            · quatre-vingt-dix-sept
        99            · quatre-vingt-dix-neuf
        100           · cent
        101           · cent un
        111           · cent onze
        121           · cent vingt et un
        171           · cent soixante et onze
        180           · cent quatre-vingts
        199           · cent quatre-vingt-dix-neuf
        200           · deux cents
        201           · deux cent un
        280           · deux cent quatre-vingts
        300           · trois cents
        999           · neuf cent quatre-vingt-dix-neuf
        1000          · mille
        1001          · mille un
        1080          · mille quatre-vingts
        1100          · mille cent
        1200          · mille deux cents
        1984          · mille neuf cent quatre-vingt-quatre
        2000          · deux mille
        2026          · deux mille vingt-six
        5000          · cinq mille
        21000         · vingt et un mille
        80000         · quatre-vingt mille
        80080         · quatre-vingt mille quatre-vingts
        100000        · cent mille
        200000        · deux cent mille
        200200        · deux cent mille deux cents
        999999        · neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf
        1000000       · un million
        1000001       · un million un
        2000000       · deux millions
        80000000      · quatre-vingts millions
        200000000     · deux cents millions
        200001000     · deux cents millions mille
        1000000000    · un milliard
        3200000000    · trois milliards deux cents millions
        -5            · moins cinq
        """, value => French.Cardinal(long.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Whole_numbers_of_feminine_nouns() => SpokenTable.Check("""
        1     · une
        2     · deux
        11    · onze
        21    · vingt et une
        61    · soixante et une
        71    · soixante et onze
        81    · quatre-vingt-une
        101   · cent une
        1001  · mille une
        21000 · vingt et un mille
        21021 · vingt et un mille vingt et une
        """, value => French.Cardinal(long.Parse(value, CultureInfo.InvariantCulture), GrammaticalGender.Feminine));

    [Fact]
    public void Ordinals() => SpokenTable.Check("""
        1       · premier
        2       · deuxième
        3       · troisième
        4       · quatrième
        5       · cinquième
        6       · sixième
        7       · septième
        8       · huitième
        9       · neuvième
        10      · dixième
        11      · onzième
        12      · douzième
        17      · dix-septième
        19      · dix-neuvième
        20      · vingtième
        21      · vingt et unième
        22      · vingt-deuxième
        25      · vingt-cinquième
        30      · trentième
        70      · soixante-dixième
        71      · soixante et onzième
        80      · quatre-vingtième
        81      · quatre-vingt-unième
        90      · quatre-vingt-dixième
        99      · quatre-vingt-dix-neuvième
        100     · centième
        103     · cent troisième
        200     · deux centième
        1000    · millième
        2000    · deux millième
        1000000 · millionième
        2000000 · deux millionième
        """, value => French.Ordinal(long.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void The_first_one_may_be_feminine() => Assert.Equal("première", French.Ordinal(1, GrammaticalGender.Feminine));

    [Fact]
    public void Times_of_day() => SpokenTable.Check("""
        00:00 · minuit
        00:30 · minuit trente
        01:00 · une heure
        01:01 · une heure une
        02:00 · deux heures
        08:05 · huit heures cinq
        09:15 · neuf heures quinze
        12:00 · midi
        12:45 · midi quarante-cinq
        13:00 · treize heures
        14:30 · quatorze heures trente
        18:00 · dix-huit heures
        20:59 · vingt heures cinquante-neuf
        21:00 · vingt et une heures
        21:21 · vingt et une heures vingt et une
        23:51 · vingt-trois heures cinquante et une
        """, value => French.ClockTime(TimeOnly.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Dates() => SpokenTable.Check("""
        2026-01-01 · jeudi premier janvier
        2026-02-14 · samedi quatorze février
        2026-03-31 · mardi trente et un mars
        2026-05-08 · vendredi huit mai
        2026-08-15 · samedi quinze août
        2026-11-22 · dimanche vingt-deux novembre
        2026-12-25 · vendredi vingt-cinq décembre
        """, value => French.Date(DateOnly.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Dates_with_their_year() => SpokenTable.Check("""
        1984-04-02 · lundi deux avril mille neuf cent quatre-vingt-quatre
        2000-06-01 · jeudi premier juin deux mille
        2026-11-23 · lundi vingt-trois novembre deux mille vingt-six
        """, value => French.Date(DateOnly.Parse(value, CultureInfo.InvariantCulture), withYear: true));

    [Fact]
    public void Durations() => SpokenTable.Check("""
        00:00:00 · zéro seconde
        00:00:01 · une seconde
        00:00:21 · vingt et une secondes
        00:01:00 · une minute
        00:01:30 · une minute et trente secondes
        00:41:00 · quarante et une minutes
        01:00:00 · une heure
        01:10:00 · une heure et dix minutes
        02:03:04 · deux heures, trois minutes et quatre secondes
        1.01:00:00 · vingt-cinq heures
        """, value => French.Duration(TimeSpan.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Waits_are_rounded_up() => SpokenTable.Check("""
        00:00:00 · moins d'une minute
        00:00:59 · moins d'une minute
        00:01:00 · environ une minute
        00:01:01 · environ deux minutes
        00:02:40 · environ trois minutes
        00:10:00 · environ dix minutes
        00:10:01 · environ un quart d'heure
        00:15:00 · environ un quart d'heure
        00:16:00 · environ vingt minutes
        00:28:00 · environ une demi-heure
        00:31:00 · environ trente-cinq minutes
        00:42:00 · environ trois quarts d'heure
        00:57:00 · environ une heure
        01:01:00 · environ une heure et demie
        01:40:00 · environ deux heures
        02:01:00 · plus de deux heures
        30.00:00:00 · plus de deux heures
        """, value => French.AboutDuration(TimeSpan.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Amounts() => SpokenTable.Check("""
        0          · zéro euro
        1          · un centime
        50         · cinquante centimes
        80         · quatre-vingts centimes
        100        · un euro
        101        · un euro et un centime
        150        · un euro et cinquante centimes
        200        · deux euros
        2100       · vingt et un euros
        8000       · quatre-vingts euros
        20000      · deux cents euros
        123456     · mille deux cent trente-quatre euros et cinquante-six centimes
        100000000  · un million d'euros
        200000000  · deux millions d'euros
        100020000  · un million deux cents euros
        -1999      · moins dix-neuf euros et quatre-vingt-dix-neuf centimes
        """, value => French.Euros(long.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Telephone_numbers_in_pairs() => SpokenTable.Check("""
        0199001234     · zéro un, quatre-vingt-dix-neuf, zéro zéro, douze, trente-quatre
        01 99 00 80 71 · zéro un, quatre-vingt-dix-neuf, zéro zéro, quatre-vingts, soixante et onze
        +33639980109   · zéro six, trente-neuf, quatre-vingt-dix-huit, zéro un, zéro neuf
        06.39.98.00.10 · zéro six, trente-neuf, quatre-vingt-dix-huit, zéro zéro, dix
        15             · quinze
        112            · cent douze
        3639           · trente-six, trente-neuf
        118000         · cent dix-huit, zéro zéro zéro
        +442079460000  · plus quarante-quatre, vingt, soixante-dix-neuf, quarante-six, zéro zéro, zéro zéro
        12345          · un, vingt-trois, quarante-cinq
        """, French.TelephoneNumber);

    [Fact]
    public void What_a_waiting_caller_is_told()
    {
        SpokenTable.Check("""
            1  · votre appel est le prochain
            2  · vous êtes en deuxième position
            5  · vous êtes en cinquième position
            21 · vous êtes en vingt et unième position
            """, value => French.QueuePosition(int.Parse(value, CultureInfo.InvariantCulture)));
        SpokenTable.Check("""
            00:00:30 · votre temps d'attente est de moins d'une minute
            00:03:00 · votre temps d'attente est d'environ trois minutes
            05:00:00 · votre temps d'attente est de plus de deux heures
            """, value => French.QueueWait(TimeSpan.Parse(value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Digits_one_by_one() => Assert.Equal("zéro quatre un neuf", French.Digits("04-19"));

    [Fact]
    public void Every_number_to_ten_thousand_is_said_differently()
    {
        var said = Enumerable.Range(0, 10_001).Select(n => French.Cardinal(n)).ToHashSet();
        Assert.Equal(10_001, said.Count);
    }

    [Fact]
    public void A_number_too_large_for_words_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => French.Cardinal(SpokenNumber.Max + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => French.Ordinal(0));
    }

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr-FR", "fr")]
    [InlineData("EN-gb", "en")]
    [InlineData("de", "fr")]
    [InlineData("enx", "fr")]
    public void A_language_is_found_by_its_code(string code, string spoken) =>
        Assert.Equal(spoken, SpokenLanguages.Of(code).Code);
}

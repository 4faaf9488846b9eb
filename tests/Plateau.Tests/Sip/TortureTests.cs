using System.Text;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;

namespace Plateau.Tests.Sip;

/// <summary>RFC 4475: every message that is beside the repository gets the treatment the RFC asks for.</summary>
public sealed class TortureTests
{
    // file · treatment: "accept", "drop" or a status
    private const string Expected = """
        wsinv       accept
        intmeth     accept
        escnull     accept
        esc02       accept
        longreq     accept
        dblreq      accept
        transports  accept
        mpart01     accept
        noreason    accept
        badinv01    400
        ncl         400
        scalar02    400
        quotbal     400
        ltgtruri    400
        lwsstart    400
        trws        400
        baddate     accept
        regbadct    400
        baddn       accept
        badvers     505
        mismatch02  400
        bigcode     drop
        insuf       400
        unkscm      416
        unksm2      accept
        bext01      420
        regaut01    401
        multi01     400
        bcast       drop
        zeromf      accept
        cparam02    accept
        regescrt    accept
        inv2543     accept
        """;

    public static TheoryData<string, string> Messages()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in Expected.Split('\n'))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            data.Add(parts[0], parts[1].Trim());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_torture_message_gets_its_treatment(string name, string expected)
    {
        var treatment = SipTreatment.Of(SharedCorpus.Bytes($"rfc4475/{name}.dat"), SipCapabilities.Default);
        var actual = treatment.Verdict == SipVerdict.Reject
            ? treatment.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : treatment.Verdict.ToString().ToLowerInvariant();
        Assert.True(expected == actual, $"{name}: {actual} ({treatment.Reason}), expected {expected}");
        Assert.Equal(treatment.Verdict == SipVerdict.Reject, treatment.CreateResponse("us") is not null);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_torture_message_that_was_read_is_the_same_after_writing_and_reading_again(string name, string expected)
    {
        if (!SipParser.TryParse(SharedCorpus.Bytes($"rfc4475/{name}.dat"), out var message, out var error))
        {
            Assert.True(expected != "accept", $"{name}: {error}");
            return;
        }

        var written = SipWriter.ToBytes(message);
        Assert.True(SipParser.TryParse(written, out var again, out error), error?.ToString());
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(SipWriter.ToBytes(again)));
    }

    [Fact]
    public void Every_torture_message_on_this_machine_is_in_the_table()
    {
        var files = Directory.GetFiles(SharedCorpus.Path("rfc4475"), "*.dat").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(files.Order(StringComparer.Ordinal), Messages().Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_short_tortuous_invite_is_understood_in_every_part()
    {
        var request = (SipRequest)Read("wsinv");
        Assert.Equal("1918181833n", request.Headers.To!.Tag);
        Assert.Equal("J Rosenberg \\\"", request.Headers.From!.DisplayName);
        Assert.Equal(68, request.Headers.MaxForwards);
        Assert.Equal(new CSeq(9, SipMethod.Invite), request.Headers.CSeq);
        Assert.Equal(["192.0.2.2", "spindle.example.com", "192.168.255.111"], request.Headers.Vias.Select(via => via.Host));
        Assert.Equal("z9hG4bK9ikj8", request.Headers.Vias[1].Branch);
        Assert.Equal("newfangled value continued newfangled value", request.Headers.Get(SipHeaderName.Of("NewFangledHeader")));
        Assert.Equal("newvalue", request.Headers.Contact!.Parameters.Get("newparam"));
        Assert.Equal(150, request.Body.Length);
    }

    [Fact]
    public void Unusual_but_allowed_characters_reach_the_typed_headers()
    {
        var request = (SipRequest)Read("intmeth");
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", request.Method.Text);
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", request.Headers.To!.DisplayName);
        Assert.Equal("\"работающий\"", request.Headers.From!.Parameters.Get("fromParam''~+*_!.-%"));
        Assert.Equal("_token~1'+`*%!-.", request.Headers.From.Tag);
    }

    [Fact]
    public void A_percent_sign_in_a_method_or_header_name_is_no_escape()
    {
        var request = (SipRequest)Read("esc02");
        Assert.Equal("RE%47IST%45R", request.Method.Text);
        Assert.NotEqual(SipMethod.Register, request.Method);
        Assert.Equal(["alias1", "alias3"], request.Headers.Contacts.Select(contact => contact.Uri.User));
    }

    [Fact]
    public void A_420_names_the_option_tags_it_does_not_know()
    {
        var treatment = SipTreatment.Of(SharedCorpus.Bytes("rfc4475/bext01.dat"), SipCapabilities.Default);
        Assert.Equal(
            ["nothingSupportsThis", "nothingSupportsThisEither"], treatment.CreateResponse("us")!.Headers.Unsupported);
    }

    [Fact]
    public void Bytes_after_the_body_of_a_datagram_are_no_second_request()
    {
        var request = (SipRequest)Read("dblreq");
        Assert.Equal(SipMethod.Register, request.Method);
        Assert.True(request.Body.IsEmpty);
    }

    private static SipMessage Read(string name)
    {
        Assert.True(SipParser.TryParse(SharedCorpus.Bytes($"rfc4475/{name}.dat"), out var message, out var error), error?.ToString());
        return message;
    }
}

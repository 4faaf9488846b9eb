using System.Globalization;
using System.Text;
using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Tests.Sip.Dialogs;

/// <summary>Runs a table of a call between A and B: at which second, who asks for what, and all that follows until the
/// next row: "A:INVITE" sent by A, "B!offered" told to the application of B, "(lost)" on the way.</summary>
internal static class CallScenario
{
    internal static readonly byte[] Sdp = Encoding.ASCII.GetBytes("v=0\r\n");

    internal static SipWorld Run(string table, SipWorld? world = null)
    {
        world ??= new SipWorld();
        var rows = table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split("//")[0]).Where(line => line.Trim().Length > 0).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            var (at, act, expected) = Split(rows[i]);
            world.RunUntil(at);
            world.Trace.Clear();
            Act(world, act.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            world.RunUntil(i + 1 < rows.Length ? Split(rows[i + 1]).At - new TimeSpan(10) : at + TimeSpan.FromMilliseconds(400));
            Assert.Equal($"{at}: {act} => {expected}", $"{at}: {act} => {string.Join(' ', world.Trace)}");
        }

        return world;
    }

    internal static OutgoingCall Call(SipWorld world, SipParty from, byte[]? offer = null) => new(
        SipUri.Parse("sip:0199000001@127.0.0.2"), from.FlowTo(world.Other(from)),
        NameAddress.Parse("<sip:0199000002@127.0.0.1>"), offer ?? Sdp);

    private static (Instant At, string Act, string Expected) Split(string row)
    {
        var parts = row.Split('|', StringSplitOptions.TrimEntries);
        var seconds = double.Parse(parts[0], CultureInfo.InvariantCulture);
        var expected = string.Join(' ', parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return (Instant.Epoch + TimeSpan.FromSeconds(seconds), parts[1], expected == "-" ? "" : expected);
    }

    private static void Act(SipWorld world, string[] words)
    {
        if (words is ["-"])
        {
            return;
        }

        var party = words[0] == "A" ? world.A : world.B;
        switch (words[1])
        {
            case "invite":
                world.Do(party, (endpoint, outputs) => party.Leg = endpoint.Invite(
                    world.Now, Call(world, party, words.Length > 2 ? [] : Sdp), outputs));
                break;
            case "loses":
                world.DropNext(party.Name, words[2], words.Length > 3 ? int.Parse(words[3], CultureInfo.InvariantCulture) : 1);
                break;
            default:
                world.Apply(party, Input(words));
                break;
        }
    }

    private static SipLegInput Input(string[] words) => words[1] switch
    {
        "ring" => new SipRing(),
        "progress" => new SipProgress(Sdp),
        "progress-reliably" => new SipProgress(Sdp, IsReliable: true),
        "answer" => new SipAnswer(words.Length > 2 ? default : Sdp),
        "reject" => new SipReject(int.Parse(words[2], CultureInfo.InvariantCulture)),
        "hang-up" => new SipHangUp(),
        "reoffer" => new SipReoffer(Sdp),
        "accept-offer" => new SipAnswerOffer(Sdp),
        "reject-offer" => new SipRejectOffer(),
        "refer" => new SipRefer(NameAddress.Parse("<sip:0199000003@127.0.0.1>")),
        "accept-refer" => new SipAcceptRefer(),
        "reject-refer" => new SipRejectRefer(),
        "notify" => new SipNotifyRefer(int.Parse(words[2], CultureInfo.InvariantCulture)),
        "digit" => new SipSendDigit(words[2][0]),
        _ => throw new FormatException($"no such act: {words[1]}"),
    };
}

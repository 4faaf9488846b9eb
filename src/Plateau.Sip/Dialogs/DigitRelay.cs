using System.Globalization;
using System.Text;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>Digits by INFO, as phones and gateways did before RFC 4733: application/dtmf-relay and
/// application/dtmf.</summary>
/// <remarks>No standard; the form of Cisco gateways, which everyone copied: "Signal=5", "Duration=160".</remarks>
internal static class DigitRelay
{
    private const int BodyBytesMax = 256;

    internal static void Receive(SipLeg leg, ServerTransaction transaction)
    {
        var request = transaction.Request;
        var isRelay = request.HasBodyOf("application/dtmf-relay");
        if (request.Body.IsEmpty)
        {
            leg.Stack.Respond(transaction, SipStatus.Ok); // a keep-alive
            return;
        }

        if (!isRelay && !request.HasBodyOf("application/dtmf"))
        {
            leg.Stack.Respond(
                transaction, SipStatus.UnsupportedMediaType, SipHeaderName.Accept, "application/dtmf-relay");
            return;
        }

        var body = request.Body.Length > BodyBytesMax ? "" : Encoding.ASCII.GetString(request.Body.Span);
        var (digit, durationMs) = isRelay ? ReadRelay(body) : (ReadDigit(body.Trim()), 0);
        if (digit is null)
        {
            leg.Stack.Respond(transaction, SipStatus.BadRequest);
            return;
        }

        leg.Stack.Respond(transaction, SipStatus.Ok);
        leg.Stack.Emit(new DigitReceived(leg.Id, digit.Value, durationMs));
    }

    internal static void Send(SipLeg leg, SipSendDigit input)
    {
        if (!leg.IsAnswered)
        {
            return;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture, $"Signal={input.Digit}\r\nDuration={input.DurationMs}\r\n");
        var info = leg.Dialog!.CreateRequest(SipMethod.Info);
        info.SetBody("application/dtmf-relay", Encoding.ASCII.GetBytes(text));
        leg.Send(info);
    }

    private static (char? Digit, int DurationMs) ReadRelay(string body)
    {
        char? digit = null;
        var durationMs = 0;
        foreach (var line in body.Split('\n', 8))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && parts[0].Equals("Signal", StringComparison.OrdinalIgnoreCase))
            {
                digit = ReadDigit(parts[1]);
            }
            else if (parts.Length == 2 && parts[0].Equals("Duration", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                durationMs = Math.Min(value, 10_000);
            }
        }

        return (digit, durationMs);
    }

    private static char? ReadDigit(string text) => text.ToUpperInvariant() switch
    {
        [var one] when "0123456789*#ABCD".Contains(one, StringComparison.Ordinal) => one,
        "10" => '*',
        "11" => '#',
        _ => null,
    };
}

using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>Answers that need no state, inside dialogs and outside.</summary>
internal static class SimpleAnswers
{
    /// <summary>OPTIONS (RFC 3261 §11.2), and the named refusal of every method we do not take.</summary>
    internal static void Respond(SipStack stack, ServerTransaction transaction)
    {
        var method = transaction.Request.Method;
        if (method == SipMethod.Options)
        {
            RespondOptions(stack, transaction);
        }
        else if (method == SipMethod.Subscribe || method == SipMethod.Publish)
        {
            stack.Respond(transaction, SipStatus.BadEvent, SipHeaderName.AllowEvents, "refer");
        }
        else if (method.IsKnown)
        {
            stack.Respond(transaction, SipStatus.MethodNotAllowed, SipHeaderName.Allow, SipStack.Allow);
        }
        else
        {
            stack.Respond(transaction, SipStatus.NotImplemented, SipHeaderName.Allow, SipStack.Allow);
        }
    }

    private static void RespondOptions(SipStack stack, ServerTransaction transaction)
    {
        var response = transaction.Request.CreateResponse(SipStatus.Ok, stack.NewWord());
        response.Headers.Add(SipHeaderName.Contact, stack.ContactFor(transaction.Flow));
        response.Headers.Add(SipHeaderName.Allow, SipStack.Allow);
        response.Headers.Add(SipHeaderName.Accept, SdpBody.ContentType);
        response.Headers.Add(SipHeaderName.Supported, SipStack.Supported);
        stack.Transactions.Respond(transaction, response);
    }
}

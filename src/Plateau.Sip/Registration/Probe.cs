using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Registration;

/// <summary>An OPTIONS that asks whether a peer is alive.</summary>
internal sealed class Probe(SipStack stack, string name) : ITransactionUser
{
    internal void Send(SipUri target, SipFlow flow)
    {
        var request = new SipRequest(SipMethod.Options, target);
        request.Headers.Add(SipHeaderName.MaxForwards, "70");
        request.Headers.Add(SipHeaderName.From, $"{stack.ContactFor(flow)};tag={stack.NewWord()}");
        request.Headers.Add(SipHeaderName.To, new NameAddress(target).ToString());
        request.Headers.Add(SipHeaderName.CallId, stack.NewCallId().Value);
        request.Headers.Add(SipHeaderName.CSeq, "1 OPTIONS");
        request.Headers.Add(SipHeaderName.Contact, stack.ContactFor(flow));
        request.Headers.Add(SipHeaderName.Accept, "application/sdp");
        request.Headers.Add(SipHeaderName.UserAgent, stack.Config.Product);
        stack.Transactions.Send(request, flow, this);
    }

    public void Answered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (status >= 200)
        {
            var isAlive = response is not null && status is not (408 or 502 or 503 or 504);
            stack.Emit(new ProbeAnswered(name, status, isAlive));
        }
    }

    public void Unacknowledged(ServerTransaction transaction)
    {
        // A probe receives no requests.
    }
}

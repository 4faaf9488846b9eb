using Plateau.Contracts;
using Plateau.Sip.Dialogs;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Sip.Registration;
using Plateau.Sip.Transactions;

namespace Plateau.Sip;

/// <summary>Finds out what a received message belongs to: transaction, dialog, or nothing yet.</summary>
/// <remarks>
/// The order is that of RFC 3261 §8.2 and §18, with the admission before any state is made:
/// response → client transaction; request → its server transaction, CANCEL's INVITE, ACK's dialog, its dialog,
/// admission, inspection (§8.2.1–8.2.3), and only then a new transaction.
/// </remarks>
internal sealed class SipReceiver(SipStack stack, Registrar registrar, ISipAdmission admission)
{
    private readonly RefusalRate _refusals = new();

    internal void Receive(SipFlow flow, ReadOnlySpan<byte> bytes)
    {
        if (!SipParser.TryParse(bytes, out var message, out var error))
        {
            ReceiveMalformed(flow, error);
        }
        else if (message is SipResponse response)
        {
            if (!stack.Transactions.Receive(response))
            {
                Refuse(flow, RefusalCause.Stray, response.StartLine);
            }
        }
        else
        {
            ReceiveRequest(flow, (SipRequest)message);
        }
    }

    private void ReceiveRequest(SipFlow flow, SipRequest request)
    {
        request.Headers.ReplaceTopVia(request.Headers.TopVia!.CompletedFrom(flow.Remote));
        var isAck = request.Method == SipMethod.Ack;
        var key = TransactionTable.KeyOf(request, isAck ? SipMethod.Invite : request.Method);
        if (stack.Transactions.Find(key) is { } known)
        {
            stack.Transactions.Repeat(known, request);
        }
        else if (isAck)
        {
            ReceiveAck(flow, request);
        }
        else if (request.Method == SipMethod.Cancel)
        {
            ReceiveCancel(flow, request, key);
        }
        else if (request.Headers.To?.Tag is not null && stack.FindLeg(Dialog.KeyOf(request)) is { } leg)
        {
            leg.Receive(stack.Transactions.Open(request, flow, key, leg));
        }
        else
        {
            ReceiveFromOutside(flow, request, key);
        }
    }

    private void ReceiveAck(SipFlow flow, SipRequest ack)
    {
        if (stack.FindLeg(Dialog.KeyOf(ack)) is { } leg)
        {
            leg.ReceiveAck(ack);
        }
        else
        {
            Refuse(flow, RefusalCause.Stray, "ACK"); // of a stateless refusal, or of a dialog that is over
        }
    }

    private void ReceiveCancel(SipFlow flow, SipRequest cancel, TransactionKey key)
    {
        if (stack.Transactions.Find(key with { Method = SipMethod.Invite }) is not { } invite)
        {
            if (admission.Admit(stack.Now, flow, cancel).Outcome == AdmissionOutcome.Admit)
            {
                stack.RespondStateless(flow, cancel, SipStatus.CallDoesNotExist, []);
            }
            else
            {
                Refuse(flow, RefusalCause.NotAdmitted, "CANCEL");
            }

            return;
        }

        // RFC 3261 §9.2: the CANCEL is answered 200 whether or not it comes too late for its INVITE.
        var transaction = stack.Transactions.Open(cancel, flow, key, null);
        stack.Respond(transaction, SipStatus.Ok);
        if (!invite.IsAnswered && invite.User is SipLeg leg)
        {
            leg.ReceiveCancel(invite, cancel);
        }
    }

    /// <summary>A request that belongs to nothing we know.</summary>
    private void ReceiveFromOutside(SipFlow flow, SipRequest request, TransactionKey key)
    {
        var decision = admission.Admit(stack.Now, flow, request);
        if (decision.Outcome != AdmissionOutcome.Admit)
        {
            RefuseUnadmitted(flow, request, decision);
        }
        else if (request.Headers.To?.Tag is not null)
        {
            stack.RespondStateless(flow, request, SipStatus.CallDoesNotExist, []); // §12.2.2
        }
        else if (stack.Transactions.ServerCount >= TransactionLimits.ServerTransactionsMax)
        {
            Refuse(flow, RefusalCause.Limit, request.Method.Text);
            stack.RespondStateless(flow, request, SipStatus.ServiceUnavailable, []);
        }
        else if (stack.Transactions.IsMerged(request, key))
        {
            stack.RespondStateless(flow, request, SipStatus.LoopDetected, []); // §8.2.2.2
        }
        else
        {
            Inspect(flow, request, key, decision);
        }
    }

    private void Inspect(SipFlow flow, SipRequest request, TransactionKey key, SipAdmission decision)
    {
        var treatment = SipTreatment.Of(request, SipCapabilities.Default);
        var transaction = stack.Transactions.Open(request, flow, key, null);
        if (treatment.Verdict == SipVerdict.Reject)
        {
            stack.Transactions.Respond(transaction, treatment.CreateResponse(stack.NewWord())!);
        }
        else if (request.Method == SipMethod.Invite)
        {
            ReceiveInvite(flow, transaction, decision);
        }
        else if (request.Method == SipMethod.Register)
        {
            ReceiveRegister(flow, transaction, decision);
        }
        else if (request.Method == SipMethod.Notify && request.Headers.Event is not null)
        {
            // Phones send unasked NOTIFYs such as keep-alive; they belong to no subscription (RFC 6665 §4.1.3).
            stack.Respond(transaction, SipStatus.CallDoesNotExist);
        }
        else
        {
            SimpleAnswers.Respond(stack, transaction);
        }
    }

    private void ReceiveInvite(SipFlow flow, ServerTransaction transaction, SipAdmission decision)
    {
        var request = transaction.Request;
        if (!stack.HasRoomFor(decision.Peer))
        {
            Refuse(flow, RefusalCause.Limit, "INVITE");
            stack.Respond(transaction, SipStatus.ServiceUnavailable, SipHeaderName.RetryAfter, "10");
            return;
        }

        if (SessionRules.Refuses(stack, transaction) || RefusesReplaces(transaction, out var replaced))
        {
            return;
        }

        var call = new IncomingCall(request, flow, decision.Peer, SdpBody.Of(request))
        {
            IsTrusted = decision.IsTrusted,
            Replaces = replaced,
        };
        var leg = stack.AddLeg(decision.Peer, transaction.Flow);
        leg.StaysOnFlow = decision.StaysOnFlow || IsBehindNat(request);
        transaction.User = leg;
        leg.StartIncoming(transaction, call);
    }

    /// <summary>RFC 3891 §3: what is to be replaced must exist, and an answered call is not replaced as an early
    /// one.</summary>
    private bool RefusesReplaces(ServerTransaction transaction, out SipLegId replaced)
    {
        replaced = default;
        if (transaction.Request.Headers.Replaces is not { } replaces)
        {
            return false;
        }

        var leg = stack.FindLeg(new DialogKey(replaces.CallId.Value, replaces.ToTag, replaces.FromTag));
        if (leg is null || leg.HasEnded)
        {
            stack.Respond(transaction, SipStatus.CallDoesNotExist);
            return true;
        }

        if (replaces.IsEarlyOnly && leg.IsAnswered)
        {
            stack.Respond(transaction, SipStatus.BusyHere);
            return true;
        }

        replaced = leg.Id;
        return false;
    }

    private void ReceiveRegister(SipFlow flow, ServerTransaction transaction, SipAdmission decision)
    {
        if (!decision.StaysOnFlow)
        {
            stack.Respond(transaction, SipStatus.Forbidden); // a trunk is no account
            return;
        }

        stack.Transactions.Respond(transaction, registrar.Register(decision, transaction.Request, flow));
    }

    private void RefuseUnadmitted(SipFlow flow, SipRequest request, SipAdmission decision)
    {
        var isSilent = decision.Outcome == AdmissionOutcome.Drop;
        Refuse(flow, isSilent ? RefusalCause.UnknownSource : RefusalCause.NotAdmitted, request.Method.Text);
        if (!isSilent && _refusals.Takes(stack.Now, flow.Remote.Address))
        {
            stack.RespondStateless(flow, request, decision.Status, decision.Headers);
        }
    }

    private void ReceiveMalformed(SipFlow flow, SipParseError error)
    {
        if (error.Cause == SipParseCause.Empty)
        {
            return; // a keep-alive (RFC 5626 §3.5.1)
        }

        Refuse(flow, RefusalCause.Malformed, error.ToString());
        if (admission.AnswersMalformed(flow) && _refusals.Takes(stack.Now, flow.Remote.Address)
            && error.CreateResponse(stack.NewWord()) is { } response && error.TopVia is { } via)
        {
            response.Headers.ReplaceTopVia(via.CompletedFrom(flow.Remote));
            stack.SendBytes(flow, SipWriter.ToBytes(response));
        }
    }

    private void Refuse(SipFlow flow, RefusalCause why, string detail) =>
        stack.Emit(new MessageRefused(flow, why, detail));

    /// <summary>The peer's own idea of its address differs from ours: only the flow reaches it.</summary>
    private static bool IsBehindNat(SipRequest request) =>
        request.Headers.TopVia is { Received: { } received } via
        && !via.Host.Trim('[', ']').Equals(received, StringComparison.Ordinal);
}

using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Transactions;

/// <summary>All transactions of an endpoint: finds them, runs their machines, performs what these ask for.</summary>
internal sealed class TransactionTable(SipStack stack)
{
    private const TransactionEffect Failures =
        TransactionEffect.ReportTimeout | TransactionEffect.ReportTransportFailure;

    private readonly Dictionary<TransactionKey, ClientTransaction> _clients = [];
    private readonly Dictionary<TransactionKey, ServerTransaction> _servers = [];

    // Requests outside dialogs by Call-ID, From tag and CSeq: the same request over two paths is merged (§8.2.2.2).
    private readonly Dictionary<(string CallId, string FromTag, CSeq CSeq), TransactionKey> _initial = [];

    internal SipTimers Timers => stack.Config.Timers;

    internal int ClientCount => _clients.Count;

    internal int ServerCount => _servers.Count;

    /// <summary>Sends a request in a new transaction; adds the Via.</summary>
    internal ClientTransaction Send(SipRequest request, SipFlow flow, ITransactionUser user, int attempt = 0)
    {
        var branch = stack.NewBranch();
        request.Headers.AddFirst(SipHeaderName.Via, stack.ViaFor(flow, branch));
        return Start(request, flow, user, branch, attempt);
    }

    /// <summary>Sends the CANCEL of an INVITE: same Via, a transaction of its own (RFC 3261 §9.1).</summary>
    internal ClientTransaction SendCancel(ClientTransaction invite, SipRequest cancel, ITransactionUser user) =>
        Start(cancel, invite.Flow, user, invite.Key.Branch, 0);

    /// <summary>Whether the response belonged to a transaction of ours.</summary>
    internal bool Receive(SipResponse response)
    {
        var branch = response.Headers.TopVia?.Branch;
        if (branch is null || !_clients.TryGetValue(new(branch, "", response.CSeqMethod), out var transaction))
        {
            return false;
        }

        var input = response.IsProvisional ? ClientInput.Provisional
            : response.IsSuccess ? ClientInput.Success : ClientInput.Failure;
        Advance(transaction, input, response);
        return true;
    }

    /// <summary>The key of a request as its server sees it.</summary>
    internal static TransactionKey KeyOf(SipRequest request, SipMethod method)
    {
        var headers = request.Headers;
        var via = headers.TopVia!;
        if (via.HasRfc3261Branch)
        {
            return new(via.Branch!, SentBy(via), method);
        }

        // §17.2.3, the rules for RFC 2543; the To tag is left out because it differs between INVITE and ACK.
        var branch = $"{headers.CallId}|{headers.From?.Tag}|{headers.CSeq?.Number}|{via.Branch}";
        return new(branch, SentBy(via), method);
    }

    internal ServerTransaction? Find(TransactionKey key) => _servers.GetValueOrDefault(key);

    /// <summary>Whether the request came already, over another path (RFC 3261 §8.2.2.2).</summary>
    internal bool IsMerged(SipRequest request, TransactionKey key) =>
        _initial.TryGetValue(InitialKey(request), out var first) && first != key;

    /// <summary>Opens the transaction of a new request.</summary>
    internal ServerTransaction Open(SipRequest request, SipFlow flow, TransactionKey key, ITransactionUser? user)
    {
        var transaction = new ServerTransaction(this, key, request, ResponseFlow(request, flow)) { User = user };
        _servers.Add(key, transaction);
        if (request.Headers.To?.Tag is null)
        {
            _initial[InitialKey(request)] = key;
        }

        Advance(transaction, ServerInput.Request);
        return transaction;
    }

    /// <summary>A retransmitted request, or the ACK of a failure.</summary>
    internal void Repeat(ServerTransaction transaction, SipRequest request) =>
        Advance(transaction, request.Method == SipMethod.Ack ? ServerInput.Ack : ServerInput.Request);

    /// <summary>Sends a response, or the same 2xx once more.</summary>
    internal void Respond(ServerTransaction transaction, SipResponse response)
    {
        if (transaction.IsAnswered)
        {
            return;
        }

        transaction.Bytes = SipWriter.ToBytes(response);
        Advance(transaction, response.IsProvisional ? ServerInput.SendProvisional
            : response.IsSuccess ? ServerInput.SendSuccess : ServerInput.SendFailure);
    }

    /// <summary>Repeats the 2xx of an INVITE that is not yet acknowledged (RFC 6026 §7.1).</summary>
    internal void RepeatSuccess(ServerTransaction transaction) => Advance(transaction, ServerInput.SendSuccess);

    /// <summary>Ends a client transaction whose answer is no longer wanted (RFC 3261 §9.1, last paragraph).</summary>
    internal void Abandon(ClientTransaction transaction)
    {
        stack.Deadlines.Remove(transaction.Deadline);
        _clients.Remove(transaction.Key);
    }

    /// <summary>Tells every transaction on a broken connection.</summary>
    internal void FlowFailed(SipFlow flow)
    {
        // A broken connection is rare; a scan costs less than an index kept with every transaction.
        var clients = new List<ClientTransaction>();
        foreach (var (_, transaction) in _clients)
        {
            if (transaction.Flow == flow)
            {
                clients.Add(transaction);
            }
        }

        clients.Sort((left, right) => string.CompareOrdinal(left.Key.Branch, right.Key.Branch));
        foreach (var transaction in clients)
        {
            Advance(transaction, ClientInput.TransportFailure, null);
        }
    }

    internal void Advance(ClientTransaction transaction, ClientInput input, SipResponse? response)
    {
        var effect = transaction.Machine.Apply(stack.Now, input);
        if ((effect & TransactionEffect.Send) != 0)
        {
            stack.SendBytes(transaction.Flow, transaction.Bytes);
        }

        if ((effect & TransactionEffect.SendAck) != 0)
        {
            transaction.AckBytes ??= SipWriter.ToBytes(AckOf(transaction.Request, response!));
            stack.SendBytes(transaction.Flow, transaction.AckBytes);
        }

        if (transaction.Machine.State == TransactionState.Terminated)
        {
            Abandon(transaction);
        }
        else
        {
            stack.Deadlines.Set(transaction.Deadline, transaction.Machine.NextDeadline);
        }

        if ((effect & TransactionEffect.Deliver) != 0)
        {
            transaction.User.Answered(transaction, response!.Status, response);
        }
        else if ((effect & Failures) != 0)
        {
            var status = (effect & TransactionEffect.ReportTimeout) != 0 ? SipStatus.RequestTimeout : SipStatus.ServiceUnavailable;
            transaction.User.Answered(transaction, status, null);
        }
    }

    internal void Advance(ServerTransaction transaction, ServerInput input)
    {
        var effect = transaction.Machine.Apply(stack.Now, input);
        if ((effect & TransactionEffect.Send) != 0 && transaction.Bytes.Length > 0)
        {
            stack.SendBytes(transaction.Flow, transaction.Bytes);
        }

        if (transaction.Machine.State == TransactionState.Terminated)
        {
            stack.Deadlines.Remove(transaction.Deadline);
            _servers.Remove(transaction.Key);
            _initial.Remove(InitialKey(transaction.Request));
        }
        else
        {
            stack.Deadlines.Set(transaction.Deadline, transaction.Machine.NextDeadline);
        }

        if ((effect & Failures) != 0)
        {
            transaction.User?.Unacknowledged(transaction);
        }
    }

    /// <summary>Where the responses to a request go: its source, and without rport the port of its Via.</summary>
    internal static SipFlow ResponseFlow(SipRequest request, SipFlow flow)
    {
        if (flow.IsReliable || request.Headers.TopVia is not { HasRPort: false } via)
        {
            return flow;
        }

        var port = via.Port == 0 ? 5060 : via.Port;
        return port == flow.Remote.Port ? flow : flow with { Remote = new(flow.Remote.Address, port) };
    }

    private ClientTransaction Start(SipRequest request, SipFlow flow, ITransactionUser user, string branch, int attempt)
    {
        var key = new TransactionKey(branch, "", request.Method);
        var transaction = new ClientTransaction(this, key, request, flow, user)
        {
            Attempt = attempt,
            Bytes = SipWriter.ToBytes(request),
        };
        _clients.Add(key, transaction);
        Advance(transaction, ClientInput.Start, null);
        return transaction;
    }

    /// <summary>RFC 3261 §17.1.1.3: same Request-URI, Call-ID, From, top Via and Route; To of the response.</summary>
    private static SipRequest AckOf(SipRequest invite, SipResponse response)
    {
        var ack = new SipRequest(SipMethod.Ack, invite.RequestUri);
        ack.Headers.Add(SipHeaderName.Via, invite.Headers.Get(SipHeaderName.Via)!);
        ack.Headers.CopyFrom(invite.Headers, SipHeaderName.Route);
        ack.Headers.Add(SipHeaderName.MaxForwards, "70");
        ack.Headers.CopyFrom(invite.Headers, SipHeaderName.From);
        ack.Headers.CopyFrom(response.Headers, SipHeaderName.To);
        ack.Headers.CopyFrom(invite.Headers, SipHeaderName.CallId);
        ack.Headers.Add(SipHeaderName.CSeq, $"{invite.Headers.CSeq!.Value.Number} ACK");
        return ack;
    }

    private static string SentBy(Via via) =>
        via.Port == 0 ? via.Host : string.Create(CultureInfo.InvariantCulture, $"{via.Host}:{via.Port}");

    private static (string CallId, string FromTag, CSeq CSeq) InitialKey(SipRequest request) =>
        (request.Headers.CallId?.Value ?? "", request.Headers.From?.Tag ?? "", request.Headers.CSeq ?? default);
}

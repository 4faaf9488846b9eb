using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plateau.Contracts;
using Plateau.Sip.Auth;
using Plateau.Sip.Dialogs;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip;

/// <summary>What the parts of one endpoint share: the present, the outputs, the tables, chance and our own
/// names.</summary>
internal sealed class SipStack
{
    /// <summary>Methods we take, as Allow lists them.</summary>
    internal const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY";

    /// <summary>Extensions we understand, as Supported lists them.</summary>
    internal const string Supported = "100rel, timer, replaces, norefersub";

    private readonly Dictionary<(SipTransport, IPEndPoint), (string SentBy, string Contact)> _names = [];
    private readonly Dictionary<SipLegId, SipLeg> _legs = [];
    private readonly Dictionary<DialogKey, SipLeg> _dialogs = [];
    private readonly Dictionary<string, int> _legsOfPeer = [];
    private readonly Dictionary<DigestCredentials, DigestClient> _digests = []; // one for each account of ours
    private readonly Prng _chance;
    private long _lastLeg;

    internal SipStack(SipEndpointConfig config, Prng chance)
    {
        Config = config;
        _chance = chance;
        Transactions = new TransactionTable(this);
    }

    internal SipEndpointConfig Config { get; }

    internal Deadlines Deadlines { get; } = new();

    internal TransactionTable Transactions { get; }

    /// <summary>The instant of the input being handled.</summary>
    internal Instant Now { get; private set; }

    internal int LegCount => _legs.Count;

    internal int DialogCount => _dialogs.Count;

    private List<SipOutput> Outputs { get; set; } = [];

    /// <summary>Starts the handling of one input.</summary>
    internal void Begin(Instant now, List<SipOutput> outputs)
    {
        Now = now;
        Outputs = outputs;
    }

    internal void Emit(SipOutput output) => Outputs.Add(output);

    internal void SendBytes(SipFlow flow, ReadOnlyMemory<byte> bytes) => Outputs.Add(new SendBytes(flow, bytes));

    /// <summary>A branch that is unique here and starts with the cookie of RFC 3261 §8.1.1.7.</summary>
    internal string NewBranch() => Via.MagicCookie + NewWord();

    /// <summary>64 bits of chance: a tag, or a part of one.</summary>
    internal string NewWord() => _chance.NextBits().ToString("x16", CultureInfo.InvariantCulture);

    internal SipCallId NewCallId() => new(NewWord() + NewWord());

    internal int NextBelow(int bound) => _chance.NextBelow(bound);

    internal string ViaFor(SipFlow flow, string branch) =>
        $"SIP/2.0/{flow.ViaTransport} {NamesFor(flow).SentBy};branch={branch};rport";

    /// <summary>Our Contact as a header value.</summary>
    internal string ContactFor(SipFlow flow) => NamesFor(flow).Contact;

    /// <summary>Sends a response outside any transaction; the To tag follows from the request (RFC 3261
    /// §8.2.7).</summary>
    internal void RespondStateless(SipFlow flow, SipRequest request, int status, IReadOnlyList<SipHeader> headers)
    {
        var response = request.CreateResponse(status, StatelessTag(request));
        foreach (var header in headers)
        {
            response.Headers.Add(header.Name, header.Value);
        }

        SendBytes(TransactionTable.ResponseFlow(request, flow), SipWriter.ToBytes(response));
    }

    /// <summary>Answers a request that needs no more than a status.</summary>
    internal void Respond(ServerTransaction transaction, int status, SipHeaderName? name = null, string value = "")
    {
        var response = transaction.Request.CreateResponse(status, StatelessTag(transaction.Request));
        if (name is not null)
        {
            response.Headers.Add(name, value);
        }

        Transactions.Respond(transaction, response);
    }

    /// <summary>Sends the ACK of a 2xx, which belongs to no transaction; gives its bytes for repetition.</summary>
    internal byte[] SendAck(SipRequest ack, SipFlow flow, ReadOnlyMemory<byte> sdp)
    {
        ack.Headers.AddFirst(SipHeaderName.Via, ViaFor(flow, NewBranch()));
        if (!sdp.IsEmpty)
        {
            ack.SetBody(SdpBody.ContentType, sdp);
        }

        var bytes = SipWriter.ToBytes(ack);
        SendBytes(flow, bytes);
        return bytes;
    }

    /// <summary>The same request without Via, to be sent anew; the caller gives it its next CSeq.</summary>
    internal static SipRequest Again(ClientTransaction transaction)
    {
        var again = transaction.Request.Clone();
        again.Headers.RemoveFirst(SipHeaderName.Via);
        return again;
    }

    /// <summary>The request once more with credentials; null when there are none or they were refused.</summary>
    internal SipRequest? TryAuthorize(
        ClientTransaction transaction, SipResponse? response, DigestCredentials? credentials)
    {
        if (response is null || credentials is null || transaction.Attempt >= TransactionLimits.AttemptsMax)
        {
            return null;
        }

        var name = response.Status == SipStatus.Unauthorized
            ? SipHeaderName.Authorization
            : SipHeaderName.ProxyAuthorization;
        if (transaction.Request.Headers.Has(name) && DigestClient.IsFinalRefusal(response))
        {
            return null; // the password is wrong
        }

        if (!_digests.TryGetValue(credentials, out var digest))
        {
            digest = new DigestClient(credentials, _chance);
            _digests.Add(credentials, digest);
        }

        var again = Again(transaction);
        if (digest.Answer(response, again) is not { } proof)
        {
            return null;
        }

        again.Headers.Set(proof.Name, proof.Value);
        return again;
    }

    internal SipLeg? FindLeg(SipLegId id) => _legs.GetValueOrDefault(id);

    internal SipLeg? FindLeg(DialogKey key) => _dialogs.GetValueOrDefault(key);

    /// <summary>Whether one more leg with this peer stays within the limits.</summary>
    internal bool HasRoomFor(string peer) => _legs.Count < TransactionLimits.LegsMax
        && _legsOfPeer.GetValueOrDefault(peer) < TransactionLimits.LegsPerPeerMax;

    internal SipLeg AddLeg(string peer, SipFlow flow)
    {
        var leg = new SipLeg(this, new SipLegId(++_lastLeg), peer, flow);
        _legs.Add(leg.Id, leg);
        _legsOfPeer[peer] = _legsOfPeer.GetValueOrDefault(peer) + 1;
        return leg;
    }

    internal void RemoveLeg(SipLeg leg)
    {
        if (!_legs.Remove(leg.Id))
        {
            return;
        }

        Deadlines.Remove(leg.Deadline);
        var left = _legsOfPeer[leg.Peer] - 1;
        if (left == 0)
        {
            _legsOfPeer.Remove(leg.Peer);
        }
        else
        {
            _legsOfPeer[leg.Peer] = left;
        }
    }

    internal void AddDialog(DialogKey key, SipLeg leg) => _dialogs[key] = leg;

    internal void RemoveDialog(DialogKey key) => _dialogs.Remove(key);

    /// <summary>The same for every retransmission of a request, so that no state is needed to repeat the
    /// answer.</summary>
    private static string StatelessTag(SipRequest request)
    {
        var hash = 14_695_981_039_346_656_037UL; // FNV-1a, 64 bits
        foreach (var c in $"{request.Headers.CallId}{request.Headers.From?.Tag}{request.Headers.CSeq?.Number}")
        {
            hash = unchecked((hash ^ c) * 1_099_511_628_211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private (string SentBy, string Contact) NamesFor(SipFlow flow)
    {
        if (_names.TryGetValue((flow.Transport, flow.Local), out var names))
        {
            return names;
        }

        var address = flow.Local.Address.IsIPv4MappedToIPv6 ? flow.Local.Address.MapToIPv4() : flow.Local.Address;
        var literal = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        var sentBy = string.Create(CultureInfo.InvariantCulture, $"{Config.AdvertisedHost ?? literal}:{flow.Local.Port}");
        var transport = flow.Transport == SipTransport.Udp
            ? ""
            : ";transport=" + flow.ViaTransport.ToLowerInvariant();
        names = (sentBy, $"<sip:{Config.ContactUser}@{sentBy}{transport}>");
        _names.Add((flow.Transport, flow.Local), names);
        return names;
    }
}

using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Registration;

/// <summary>Binds the devices of accounts to where they are.</summary>
/// <remarks>Source: RFC 3261 §10.3, step by step; RFC 3327 for Path. Authentication is the admission's.</remarks>
internal sealed class Registrar(SipStack stack)
{
    private readonly Dictionary<string, Account> _accounts = [];

    internal int AccountCount => _accounts.Count;

    /// <summary>The devices of an account, best first; empty for an unknown one.</summary>
    internal IReadOnlyList<Binding> BindingsOf(string account) =>
        _accounts.TryGetValue(account, out var found) ? found.Bindings : [];

    /// <summary>Answers a REGISTER of an account that the admission has authenticated.</summary>
    internal SipResponse Register(SipAdmission admission, SipRequest request, SipFlow flow)
    {
        var account = admission.Peer;
        var headers = request.Headers;
        var contacts = headers.Contacts;
        var known = BindingsOf(account);
        if (headers.IsContactWildcard)
        {
            // §10.3 step 6: "*" only with Expires: 0
            return headers.ExpiresSeconds != 0 || contacts.Count > 0
                ? request.CreateResponse(SipStatus.BadRequest, stack.NewWord())
                : Store(account, [], request);
        }

        var next = new List<Binding>(known);
        foreach (var contact in contacts)
        {
            var seconds = SecondsOf(contact, headers);
            if (seconds > 0 && seconds < stack.Config.Registrar.ExpiresMinSeconds)
            {
                var brief = request.CreateResponse(SipStatus.IntervalTooBrief, stack.NewWord());
                brief.Headers.MinExpiresSeconds = stack.Config.Registrar.ExpiresMinSeconds;
                return brief;
            }

            if (!Change(next, contact, seconds, request, flow))
            {
                return request.CreateResponse(SipStatus.ServerInternalError, stack.NewWord()); // step 7: out of order
            }
        }

        var limit = stack.Config.Registrar.BindingsPerAccountMax;
        limit = admission.BindingsMax > 0 ? Math.Min(limit, admission.BindingsMax) : limit;
        return next.Count > limit
            ? request.CreateResponse(SipStatus.Forbidden, stack.NewWord(), "Too Many Bindings")
            : Store(account, next, request, contacts.Count > 0);
    }

    /// <summary>Forgets the devices behind a broken connection.</summary>
    internal void FlowFailed(SipFlow flow)
    {
        if (!flow.IsReliable)
        {
            return;
        }

        foreach (var account in _accounts.Values.OrderBy(account => account.Name, StringComparer.Ordinal).ToArray())
        {
            if (account.Bindings.Any(binding => binding.Flow == flow))
            {
                Keep(account.Name, [.. account.Bindings.Where(binding => binding.Flow != flow)]);
            }
        }
    }

    private int SecondsOf(NameAddress contact, SipHeaders headers)
    {
        var config = stack.Config.Registrar;
        var asked = (int?)contact.Parameters.GetNumber("expires", int.MaxValue)
            ?? headers.ExpiresSeconds
            ?? config.ExpiresDefaultSeconds;
        return Math.Min(asked, config.ExpiresMaxSeconds);
    }

    /// <summary>Adds, renews or removes one device; false when the request is older than what is known.</summary>
    private bool Change(List<Binding> bindings, NameAddress contact, int seconds, SipRequest request, SipFlow flow)
    {
        var callId = request.Headers.CallId!.Value.Value;
        var number = request.Headers.CSeq!.Value.Number;
        var index = bindings.FindIndex(binding => binding.Contact.IsEquivalentTo(contact.Uri));
        if (index >= 0)
        {
            if (bindings[index].CallId == callId && number <= bindings[index].CSeq)
            {
                return false;
            }

            bindings.RemoveAt(index);
        }

        if (seconds > 0)
        {
            bindings.Add(new Binding(contact.Uri, flow, stack.Now + TimeSpan.FromSeconds(seconds))
            {
                Preference = PreferenceOf(contact),
                Path = request.Headers.Addresses(SipHeaderName.Path),
                Product = request.Headers.UserAgent ?? "",
                CallId = callId,
                CSeq = number,
            });
        }

        return true;
    }

    private SipResponse Store(string account, List<Binding> bindings, SipRequest request, bool isChange = true)
    {
        if (isChange)
        {
            // Best first; of equals the one that registered last, whose way is the freshest.
            bindings.Sort((left, right) => left.Preference != right.Preference
                ? right.Preference.CompareTo(left.Preference)
                : right.ExpiresAt.CompareTo(left.ExpiresAt));
            Keep(account, bindings);
        }

        var response = request.CreateResponse(SipStatus.Ok, stack.NewWord());
        foreach (var binding in bindings)
        {
            var left = (long)Math.Ceiling((binding.ExpiresAt - stack.Now).TotalSeconds);
            var contact = new NameAddress(binding.Contact)
                .WithParameter("expires", left.ToString(CultureInfo.InvariantCulture));
            response.Headers.Add(SipHeaderName.Contact, contact.ToString());
        }

        response.Headers.CopyFrom(request.Headers, SipHeaderName.Path);
        return response;
    }

    private void Keep(string name, List<Binding> bindings)
    {
        var isKnown = _accounts.TryGetValue(name, out var account);
        if (bindings.Count == 0)
        {
            if (isKnown)
            {
                stack.Deadlines.Remove(account!.Deadline);
                _accounts.Remove(name);
                stack.Emit(new BindingsChanged(name, bindings));
            }

            return;
        }

        account ??= new Account(this, name);
        _accounts[name] = account;
        var hasMoved = !SameDevices(account.Bindings, bindings);
        account.Bindings = bindings;
        stack.Deadlines.Set(account.Deadline, bindings.Min(binding => binding.ExpiresAt));
        if (hasMoved)
        {
            stack.Emit(new BindingsChanged(name, bindings));
        }
    }

    private void Expire(Account account, Instant now) =>
        Keep(account.Name, [.. account.Bindings.Where(binding => binding.ExpiresAt > now)]);

    private static bool SameDevices(IReadOnlyList<Binding> left, IReadOnlyList<Binding> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Flow != right[i].Flow || !left[i].Contact.Equals(right[i].Contact))
            {
                return false;
            }
        }

        return true;
    }

    private static int PreferenceOf(NameAddress contact) => decimal.TryParse(
        contact.Parameters.Get("q"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q)
        && q is >= 0 and <= 1
            ? (int)(q * 1_000)
            : 1_000;

    private sealed class Account : IDeadlineOwner
    {
        private readonly Registrar _registrar;

        internal Account(Registrar registrar, string name)
        {
            _registrar = registrar;
            Name = name;
            Deadline = new Deadline(this);
        }

        internal string Name { get; }

        internal Deadline Deadline { get; }

        internal IReadOnlyList<Binding> Bindings { get; set; } = [];

        public void DeadlineReached(Instant now) => _registrar.Expire(this, now);
    }
}

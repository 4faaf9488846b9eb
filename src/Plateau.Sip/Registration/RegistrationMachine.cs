using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Registration;

/// <summary>Keeps one registration of ours in force.</summary>
/// <remarks>
/// Source: RFC 3261 §10.2; RFC 5626 §4.5 for the growing pause after failures (30 s doubled up to 15 min, of which a
/// random half is taken off, so that a thousand clients do not return at once).
/// <code>
/// state       input            next        effect
/// Trying      2xx              Granted     RegistrationGranted; refreshed after 5/6 of the time, 30 s before at most
/// Trying      401, 407         Trying      once more with credentials
/// Trying      423              Trying      once more with the Min-Expires told
/// Trying      other, silence   Waiting     RegistrationRefused
/// Granted     refresh is due   Trying      REGISTER
/// Waiting     pause is over    Trying      REGISTER
/// any         Stop             Stopped     REGISTER with Expires: 0
/// </code>
/// </remarks>
internal sealed class RegistrationMachine : ITransactionUser, IDeadlineOwner
{
    private const int PauseSecondsMin = 30;
    private const int PauseSecondsMax = 900;

    private readonly SipStack _stack;
    private readonly RegistrationConfig _config;
    private readonly Deadline _deadline;
    private readonly string _callId;
    private readonly string _fromTag;
    private ClientTransaction? _register;
    private int _expiresSeconds;
    private long _cseq;
    private int _failures;
    private bool _isStopped;

    internal RegistrationMachine(SipStack stack, RegistrationConfig config)
    {
        _stack = stack;
        _config = config;
        _deadline = new Deadline(this);
        _callId = stack.NewCallId().Value;
        _fromTag = stack.NewWord();
        _expiresSeconds = config.ExpiresSeconds;
    }

    internal void Start() => Send(_expiresSeconds);

    /// <summary>Takes the registration back.</summary>
    internal void Stop()
    {
        _isStopped = true;
        _stack.Deadlines.Remove(_deadline);
        Send(0);
    }

    public void DeadlineReached(Instant now) => Send(_expiresSeconds);

    public void Answered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (!ReferenceEquals(transaction, _register) || status < 200)
        {
            return;
        }

        if (Again(transaction, status, response) is { } again)
        {
            again.Headers.CSeq = new CSeq(++_cseq, SipMethod.Register);
            _register = _stack.Transactions.Send(again, _config.Flow, this, transaction.Attempt + 1);
        }
        else if (_isStopped)
        {
            _register = null;
        }
        else if (status < 300)
        {
            Granted(response!);
        }
        else
        {
            Refused(status, response);
        }
    }

    public void Unacknowledged(ServerTransaction transaction)
    {
        // A registration of ours receives no requests.
    }

    private SipRequest? Again(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (status is 401 or 407)
        {
            return _stack.TryAuthorize(transaction, response, _config.Credentials);
        }

        if (status == SipStatus.IntervalTooBrief && transaction.Attempt < TransactionLimits.AttemptsMax
            && response?.Headers.MinExpiresSeconds is { } min && min > _expiresSeconds)
        {
            _expiresSeconds = Math.Min(min, 86_400);
            var again = SipStack.Again(transaction);
            again.Headers.ExpiresSeconds = _expiresSeconds;
            return again;
        }

        return null;
    }

    private void Granted(SipResponse response)
    {
        _failures = 0;
        var seconds = Math.Clamp(GrantedSeconds(response), 10, 86_400);
        var margin = Math.Min(30, Math.Max(1, seconds / 6));
        _stack.Deadlines.Set(_deadline, _stack.Now + TimeSpan.FromSeconds(seconds - margin));
        _stack.Emit(new RegistrationGranted(_config.Name, seconds));
    }

    /// <summary>The expires of our own contact, of the message, or what we asked for (§10.2.4).</summary>
    private int GrantedSeconds(SipResponse response)
    {
        NameAddress.TryParse(_stack.ContactFor(_config.Flow), out var own);
        foreach (var contact in response.Headers.Contacts)
        {
            if (own is not null && contact.Uri.IsEquivalentTo(own.Uri)
                && contact.Parameters.GetNumber("expires", int.MaxValue) is { } seconds)
            {
                return (int)seconds;
            }
        }

        return response.Headers.ExpiresSeconds ?? _expiresSeconds;
    }

    private void Refused(int status, SipResponse? response)
    {
        var doubled = Math.Min(PauseSecondsMax, PauseSecondsMin << Math.Min(_failures++, 5));
        var pause = TimeSpan.FromMilliseconds(doubled * 500 + _stack.NextBelow(doubled * 500));
        if (response?.Headers.RetryAfterSeconds is > 0 and <= PauseSecondsMax and var told)
        {
            pause = TimeSpan.FromSeconds(told);
        }

        _stack.Deadlines.Set(_deadline, _stack.Now + pause);
        _stack.Emit(new RegistrationRefused(_config.Name, status, pause));
    }

    private void Send(int expiresSeconds)
    {
        var request = new SipRequest(SipMethod.Register, _config.Registrar);
        request.Headers.Add(SipHeaderName.MaxForwards, "70");
        request.Headers.Add(SipHeaderName.From, new NameAddress(_config.Address).WithTag(_fromTag).ToString());
        request.Headers.Add(SipHeaderName.To, new NameAddress(_config.Address).ToString());
        request.Headers.Add(SipHeaderName.CallId, _callId);
        request.Headers.Add(SipHeaderName.CSeq, string.Create(CultureInfo.InvariantCulture, $"{++_cseq} REGISTER"));
        request.Headers.Add(SipHeaderName.Contact, _stack.ContactFor(_config.Flow));
        request.Headers.ExpiresSeconds = expiresSeconds;
        request.Headers.Add(SipHeaderName.UserAgent, _stack.Config.Product);
        _register = _stack.Transactions.Send(request, _config.Flow, this);
    }
}

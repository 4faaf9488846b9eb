using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Media.Mixing;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>The telephony thread: it owns the SIP endpoint, the trunks, the phones and the legs.</summary>
/// <remarks>
/// Transports, centres and the data plane hand in what they have from any thread; one thread takes it in order, so
/// nothing behind this class needs a lock. Effects of the centres become requests to legs here, and what the network
/// does becomes inputs of the centres.
/// </remarks>
internal sealed class SipDriver : IDisposable
{
    private readonly SipDriverOptions _options;
    private readonly SipPaths _paths;
    private readonly ILogger _log;
    private readonly SipEndpoint _endpoint;
    private readonly object _gate = new();
    private readonly List<SipOutput> _outputs = [];
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private List<SipWork> _incoming = [];
    private List<SipWork> _taken = [];
    private long _dropped;
    private bool _isStopping;
    private Instant _now = Instant.Epoch;

    /// <summary>Puts the telephony together; <see cref="Start"/> starts it.</summary>
    /// <param name="options">Domain, limits, clock.</param>
    /// <param name="paths">The transports.</param>
    /// <param name="rtp">The data plane.</param>
    /// <param name="log">For what goes wrong.</param>
    internal SipDriver(SipDriverOptions options, SipPaths paths, RtpDriver rtp, ILogger log)
    {
        _options = options;
        _paths = paths;
        _log = log;
        var chance = new Prng(BitConverter.ToUInt64(options.Secret));
        Phones = new PhoneDriver(this, options);
        Trunks = new TrunkDriver(this, options, new Prng(chance.NextBits()), log);
        _endpoint = new SipEndpoint(options.Endpoint, new SipGate(Phones, Trunks), new Prng(chance.NextBits()));
        Legs = new LegDriver(this, options, rtp, log);
        _thread = new Thread(Live) { IsBackground = true, Name = "telephony" };
        MediaEvents = ReadMediaAsync(rtp);
    }

    /// <summary>The trunks of all tenants; on the telephony thread.</summary>
    internal TrunkDriver Trunks { get; }

    /// <summary>The phones of all tenants; on the telephony thread.</summary>
    internal PhoneDriver Phones { get; }

    /// <summary>The legs of all tenants; on the telephony thread.</summary>
    internal LegDriver Legs { get; }

    /// <summary>The instant of the work in hand; on the telephony thread.</summary>
    internal Instant Now => _now;

    /// <summary>Work refused because too much was waiting; any thread.</summary>
    internal long DroppedCount => Interlocked.Read(ref _dropped);

    /// <summary>Messages refused before any state was made, by cause; on the telephony thread.</summary>
    internal long[] Refusals { get; } = new long[Enum.GetValues<RefusalCause>().Length];

    private Task MediaEvents { get; }

    /// <summary>Begins to work.</summary>
    internal void Start() => _thread.Start();

    /// <summary>One message from a transport; any thread.</summary>
    internal void Receive(SipFlow flow, ReadOnlyMemory<byte> bytes) => Enqueue(new SipWork(flow, bytes, null), true);

    /// <summary>A flow is broken; any thread.</summary>
    internal void Lost(SipFlow flow) =>
        Post(() => Drive((endpoint, outputs) => endpoint.FlowFailed(_now, flow, outputs)));

    /// <summary>An effect of a centre on legs, bridges, prompts or recordings; any thread, in order.</summary>
    internal void Perform(TenantId tenant, CentreEffect effect) => Post(() => Legs.Perform(tenant, effect));

    /// <summary>A tenant comes, or its configuration changes; any thread.</summary>
    internal void Configure(TelephonyTenant tenant) => Post(() =>
    {
        Legs.Configure(tenant);
        Phones.Configure(tenant);
        Trunks.Configure(tenant);
    });

    /// <summary>The centre of a tenant was started anew without its calls: all its legs go; any thread.</summary>
    internal void ClearAll(TenantId tenant) => Post(() => Legs.ClearAll(tenant));

    /// <summary>Does something on the telephony thread, after what was handed in before.</summary>
    internal void Post(Action action) => Enqueue(new SipWork(default, default, action), false);

    /// <summary>Looks at something on the telephony thread.</summary>
    internal Task<T> AskAsync<T>(Func<T> look)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => answer.TrySetResult(look()));
        return answer.Task;
    }

    /// <summary>Lets the endpoint do something and carries what it puts out; on the telephony thread.</summary>
    internal void Drive(Action<SipEndpoint, List<SipOutput>> action)
    {
        // Outputs may cause more requests to the endpoint, which append behind: the list is walked by index.
        var first = _outputs.Count;
        action(_endpoint, _outputs);
        if (first > 0)
        {
            return; // an outer call is walking the list already
        }

        for (var i = 0; i < _outputs.Count; i++)
        {
            Carry(_outputs[i]);
        }

        _outputs.Clear();
    }

    /// <summary>Asks something of a SIP leg; on the telephony thread.</summary>
    internal void Apply(SipLegId leg, SipLegInput input) =>
        Drive((endpoint, outputs) => endpoint.Apply(_now, leg, input, outputs));

    /// <summary>The flow to a peer; null when there is no such transport.</summary>
    internal SipFlow? FlowTo(SipTransport kind, System.Net.IPEndPoint remote) => _paths.FlowTo(kind, remote);

    /// <summary>The devices registered for an account; on the telephony thread.</summary>
    internal IReadOnlyList<Plateau.Sip.Registration.Binding> BindingsOf(string account) => _endpoint.BindingsOf(account);

    /// <summary>Stops the thread; legs that are up are simply gone (drain first).</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _stop.Cancel();
        _stop.Dispose();
    }

    private void Enqueue(SipWork work, bool isDroppable)
    {
        lock (_gate)
        {
            if (isDroppable && _incoming.Count >= _options.QueueMax)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            _incoming.Add(work);
            if (_incoming.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private void Live()
    {
        while (Take())
        {
            Advance();
            foreach (var work in _taken)
            {
                Guard(work);
            }

            _taken.Clear();
            Guard(new SipWork(default, default, Tick));
        }
    }

    /// <summary>Waits for work or the next deadline; false when it is time to stop.</summary>
    private bool Take()
    {
        lock (_gate)
        {
            while (_incoming.Count == 0 && !_isStopping)
            {
                var next = Instant.Min(
                    _endpoint.NextDeadline, Instant.Min(Trunks.NextDeadline, Legs.Lines.NextDeadline));
                var wait = next.IsNever ? TimeSpan.FromMinutes(1) : next - _options.Clock();
                if (wait <= TimeSpan.Zero)
                {
                    break;
                }

                // Rounded up: waking a moment too early would only spin.
                var waitMs = Math.Min(60_000, Math.Ceiling(wait.TotalMilliseconds));
                Monitor.Wait(_gate, (int)waitMs);
            }

            (_taken, _incoming) = (_incoming, _taken);
            return !_isStopping;
        }
    }

    private void Advance() => _now = Instant.Max(_now, _options.Clock());

    private void Tick()
    {
        Advance();
        Drive((endpoint, outputs) => endpoint.Tick(_now, outputs));
        Trunks.Tick(_now);
        Legs.Tick(_now);
    }

    private void Guard(SipWork work)
    {
        try
        {
            if (work.Action is not null)
            {
                work.Action();
            }
            else
            {
                Drive((endpoint, outputs) => endpoint.Receive(_now, work.Flow, work.Bytes, outputs));
            }
        }
#pragma warning disable CA1031 // One message or effect that fails must not take all calls of the house with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _outputs.Clear();
            TelephonyLog.WorkFailed(_log, e);
        }
    }

    private void Carry(SipOutput output)
    {
        switch (output)
        {
            case SendBytes send:
                if (!_paths.Send(send.Flow, send.Bytes))
                {
                    Lost(send.Flow);
                }

                break;
            case SipLegOutput leg:
                Legs.Signalling.Hear(leg);
                break;
            case BindingsChanged changed:
                Phones.Hear(changed);
                break;
            case MessageRefused refused:
                Refusals[(int)refused.Why]++;
                TelephonyLog.Refused(_log, refused.Flow.Remote, refused.Why, refused.Detail);
                break;
            default:
                Trunks.Hear(output);
                break;
        }
    }

    private async Task ReadMediaAsync(RtpDriver rtp)
    {
        try
        {
            await foreach (var happened in rtp.Events.ReadAllAsync(_stop.Token))
            {
                Post(() => Legs.Hear(happened));
            }
        }
        catch (OperationCanceledException)
        {
            // The driver was stopped before the data plane.
        }
    }

    /// <summary>A message, or something else to do.</summary>
    private readonly record struct SipWork(SipFlow Flow, ReadOnlyMemory<byte> Bytes, Action? Action);
}

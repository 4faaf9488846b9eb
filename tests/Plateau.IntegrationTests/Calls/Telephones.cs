using System.Collections.Concurrent;
using System.Net;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Audio;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.IntegrationTests.Calls;

/// <summary>Softphones at one address: the customers' side behind the trunk, or the agents' phones in the
/// house.</summary>
internal sealed class Telephones : IDisposable
{
    private readonly SoftphoneBank _bank;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _recorded = new();
    private readonly Lock _gate = new();
    private readonly List<SoftphoneCall> _ringing = [];
    private readonly List<(string User, TaskCompletionSource<SoftphoneCall> Offered)> _awaited = [];

    /// <summary>Opens the telephones.</summary>
    /// <param name="address">Where they are.</param>
    /// <param name="port">Their SIP port; 0 for any.</param>
    /// <param name="server">Whom they call.</param>
    /// <param name="folder">Where they keep what they hear.</param>
    internal Telephones(string address, int port, IPEndPoint server, string folder)
    {
        const int rtpPorts = 240;
        _folder = folder;
        var rtp = FreePort.Range(rtpPorts);
        _bank = new SoftphoneBank(new SoftphoneOptions
        {
            Server = server,
            Address = IPAddress.Parse(address),
            Port = port,
            RtpPortMin = rtp,
            RtpPortMax = rtp + rtpPorts - 1,
            RecordingsFolder = folder,
            Codecs = ["PCMA", "PCMU", "G722"],
        });
        _bank.Recorded += path => Recording(path).TrySetResult();
        _bank.Offered += Ring;
    }

    internal SoftphoneBank Bank => _bank;

    /// <summary>What is done with a call that no test waits for; on the bank's thread. Null leaves it
    /// ringing.</summary>
    internal Action<SoftphoneCall>? Otherwise { get; set; }

    internal async Task Register(string phone)
    {
        var status = await _bank.Register(phone, SmallCentre.SecretOf(phone), "127.0.0.1").WaitAsync(FactLog.Patience);
        Assert.Equal(200, status);
    }

    /// <summary>Calls a number.</summary>
    internal Party Call(string name, double toneHz, string number, string caller) =>
        new(name, toneHz, _bank.Call(caller, number)!, this);

    /// <summary>The next call, waiting or to come, to a telephone or number.</summary>
    internal async Task<Party> Offered(string user)
    {
        var toneHz = ToneOf(user);
        TaskCompletionSource<SoftphoneCall> offered;
        lock (_gate)
        {
            offered = new TaskCompletionSource<SoftphoneCall>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_ringing.Find(call => IsFor(call, user)) is { } call)
            {
                _ringing.Remove(call);
                return new Party(user, toneHz, call, this);
            }

            _awaited.Add((user, offered));
        }

        return new Party(user, toneHz, await offered.Task.WaitAsync(FactLog.Patience), this);
    }

    internal async Task<WavAudio> Recorded(string path)
    {
        await Recording(path).Task.WaitAsync(FactLog.Patience);
        return WavParser.Parse(await File.ReadAllBytesAsync(Path.Combine(_folder, path)), out _)!;
    }

    public void Dispose() => _bank.Dispose();

    /// <summary>Tones that are no notes of the music on hold and no digits.</summary>
    private static double ToneOf(string user) => user switch
    {
        "ada" => 1_000,
        "bob" => 1_430,
        "sue" => 2_150,
        _ => 620,
    };

    /// <summary>Names are equal; numbers may be written nationally or internationally.</summary>
    private static bool IsFor(SoftphoneCall call, string user) => call.User == user
        || (user.StartsWith('0') && call.User.EndsWith(user[1..], StringComparison.Ordinal));

    private TaskCompletionSource Recording(string path) => _recorded.GetOrAdd(
        path, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Ring(SoftphoneCall call)
    {
        lock (_gate)
        {
            call.Ring();
            var index = _awaited.FindIndex(awaited => IsFor(call, awaited.User));
            if (index >= 0)
            {
                _awaited[index].Offered.TrySetResult(call);
                _awaited.RemoveAt(index);
            }
            else if (Otherwise is { } otherwise)
            {
                otherwise(call);
            }
            else
            {
                _ringing.Add(call);
            }
        }
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Plateau.IntegrationTests.Peers;

/// <summary>baresip as a telephone: it registers, answers by itself or by command, speaks a tone, and keeps what it
/// hears.</summary>
internal sealed class Baresip : IAsyncDisposable
{
    private readonly ForeignProcess _process;
    private readonly TcpClient _control = new();
    private readonly string _folder;

    private Baresip(ForeignProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    internal string Output => _process.Output;

    /// <summary>Starts a telephone with one account at Plateau on 127.0.0.1 and waits until it is registered.</summary>
    /// <param name="account">User and password.</param>
    /// <param name="serverPort">SIP port of Plateau.</param>
    /// <param name="toneHz">The tone it speaks.</param>
    /// <param name="answersByItself">Whether it picks up at once.</param>
    /// <param name="codec">pcma, pcmu or g722.</param>
    internal static async Task<Baresip> Start(
        (string User, string Secret) account, int serverPort, int toneHz = 440, bool answersByItself = true,
        string codec = "pcma")
    {
        ForeignProcess.SkipUnlessInstalled("baresip", "baresip");
        var folder = Directory.CreateTempSubdirectory("plateau-baresip-").FullName;
        var controlPort = FreePort.Tcp();
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), Config(folder, controlPort, toneHz));
        var mode = answersByItself ? "auto" : "manual";
        await File.WriteAllTextAsync(
            Path.Combine(folder, "accounts"),
            $"<sip:{account.User}@127.0.0.1:{serverPort};transport=udp>;auth_pass={account.Secret};"
            + $"answermode={mode};audio_codecs={codec};regint=60\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), string.Empty);
        var phone = new Baresip(ForeignProcess.Start("baresip", ["-f", folder, "-v"], folder), folder);
        await phone._process.Printed("200 OK", TimeSpan.FromSeconds(20));
        await phone._control.ConnectAsync("127.0.0.1", controlPort);
        return phone;
    }

    /// <summary>A command of baresip's menu: accept, hangup, dial, hold, resume, transfer, reg…</summary>
    internal async Task Command(string command, string parameters = "")
    {
        var json = JsonSerializer.Serialize(new { command, @params = parameters, token = "test" });
        var netstring = string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(json)}:{json},");
        await _control.GetStream().WriteAsync(Encoding.UTF8.GetBytes(netstring));
    }

    internal Task Printed(string text, TimeSpan limit) => _process.Printed(text, limit);

    /// <summary>Ends the program; what it heard stays until the end of the test.</summary>
    internal ValueTask Stop() => _process.DisposeAsync();

    /// <summary>WAV files with what it heard, one a call, oldest first.</summary>
    internal IReadOnlyList<string> Heard() =>
        Directory.GetFiles(_folder, "dump-*-dec.wav").Order(StringComparer.Ordinal).ToList();

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Config(string folder, int controlPort, int toneHz) => $"""
        poll_method epoll
        sip_listen 127.0.0.1:0
        call_local_timeout 120
        call_max_calls 4
        audio_source ausine,{toneHz}
        audio_player aubridge,silent
        audio_alert aubridge,silent
        ausrc_srate 48000
        auplay_srate 8000
        ausrc_channels 2
        auplay_channels 1
        net_interface 127.0.0.1
        module_path {ModulePath()}
        module g711.so
        module g722.so
        module ausine.so
        module aubridge.so
        module sndfile.so
        module_tmp uuid.so
        module_tmp account.so
        module_app contact.so
        module_app menu.so
        module_app ctrl_tcp.so
        ctrl_tcp_listen 127.0.0.1:{controlPort}
        snd_path {folder}
        """;

    private static string ModulePath() => Directory.Exists("/usr/lib/baresip/modules")
        ? "/usr/lib/baresip/modules"
        : "/usr/lib/x86_64-linux-gnu/baresip/modules";
}

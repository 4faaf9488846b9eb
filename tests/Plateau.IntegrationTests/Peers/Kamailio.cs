namespace Plateau.IntegrationTests.Peers;

/// <summary>Kamailio as a carrier's proxy in front of Plateau: it records its route and forwards by a simple
/// rule.</summary>
internal sealed class Kamailio : IAsyncDisposable
{
    private readonly ForeignProcess _process;
    private readonly string _folder;

    private Kamailio(ForeignProcess process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Its SIP port on 127.0.0.4, UDP and TCP.</summary>
    internal int Port { get; }

    internal const string Address = "127.0.0.4";

    /// <summary>Starts a proxy: what comes from Plateau goes to the carrier's side, everything else to
    /// Plateau.</summary>
    internal static async Task<Kamailio> Start(
        int plateauPort, string carrierAddress, int carrierPort, int port)
    {
        ForeignProcess.SkipUnlessInstalled("kamailio", "kamailio");
        var folder = Directory.CreateTempSubdirectory("plateau-kamailio-").FullName;
        var file = Path.Combine(folder, "kamailio.cfg");
        await File.WriteAllTextAsync(file, Config(port, plateauPort, carrierAddress, carrierPort));
        var process = ForeignProcess.Start(
            "kamailio", ["-f", file, "-DD", "-E", "-m", "32", "-M", "4", "-Y", folder, "-P", Path.Combine(folder, "pid")],
            folder);
        await process.Printed("Listening on", TimeSpan.FromSeconds(15));
        return new Kamailio(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Config(int port, int plateauPort, string carrierAddress, int carrierPort) => $$"""
        #!KAMAILIO
        debug=1
        log_stderror=yes
        children=2
        auto_aliases=no
        listen=udp:{{Address}}:{{port}}
        mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
        loadmodule "tm.so"
        loadmodule "rr.so"
        loadmodule "sl.so"
        loadmodule "pv.so"
        loadmodule "maxfwd.so"
        loadmodule "siputils.so"
        loadmodule "textops.so"
        request_route {
            if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
            if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
                sl_send_reply("404", "Not here"); exit;
            }
            if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
            if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
            record_route();
            if ($si == "127.0.0.1" && $sp == {{plateauPort}}) {
                $du = "sip:{{carrierAddress}}:{{carrierPort}}";
            } else {
                $du = "sip:127.0.0.1:{{plateauPort}}";
            }
            t_relay();
        }
        """;
}

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Plateau.Media.Mixing;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.Server.Cli;

/// <summary>plateau call NUMBER: a telephone on the command line, for any SIP server.</summary>
internal sealed class CallCommand
{
    private const int SipPort = 5060;

    private readonly Terminal _terminal;
    private readonly Argument<string> _number;
    private readonly Option<string> _server;
    private readonly Option<string> _from;
    private readonly Option<string?> _secret;
    private readonly Option<string?> _play;
    private readonly Option<string?> _say;
    private readonly Option<string> _keys;
    private readonly Option<string?> _record;
    private readonly Option<string?> _length;
    private readonly Option<string> _codecs;
    private readonly Option<int> _port;
    private readonly Option<bool> _json;

    private CallCommand(Terminal terminal)
    {
        _terminal = terminal;
        _number = new("NUMBER") { Description = terminal.Say("Number to call", "Numéro à appeler") };
        _server = Text("--server", "SIP server, host:port", "Serveur SIP, hôte:port", "127.0.0.1:5060");
        _from = Text("--from", "Number shown, or account", "Numéro présenté, ou compte", "0639980099");
        _secret = Text("--secret", "Password of the account", "Mot de passe du compte");
        _play = Text("--play", "Audio file to play once connected", "Fichier audio à diffuser une fois en communication");
        _say = Text("--say", "Text to speak once connected", "Texte à dire une fois en communication");
        _keys = Text("--dtmf", "Keys such as 1,2: each after 2 s, every w waits one more second",
            "Touches, par exemple 1,2 : chacune après 2 s, chaque w attend une seconde de plus", "");
        _record = Text("--record", "WAV file for what is heard", "Fichier WAV pour ce qu'on entend");
        _length = Text("--for", "Hang up so long after being connected: 20s, 2m",
            "Raccrocher si longtemps après la connexion : 20s, 2m");
        _codecs = Text("--codec", "Codecs by preference: PCMA,PCMU,G722,opus",
            "Codecs par préférence : PCMA,PCMU,G722,opus", "");
        _port = new("--port")
        {
            Description = terminal.Say("SIP port of ours; 0 for any free one", "Port SIP de notre côté ; 0 pour un port libre"),
        };
        _json = new("--json") { Description = terminal.Say("One JSON object per line", "Un objet JSON par ligne") };
    }

    public static Command Create(Terminal terminal)
    {
        var parts = new CallCommand(terminal);
        var command = new Command("call", terminal.Say(
            "Place a call and tell what happens in it. Exit codes: 0 connected and hung up, 10 busy, 11 refused or not "
            + "answered, 12 nobody there, 13 not authorised, 14 broken off, 130 given up by Ctrl-C.",
            "Passer un appel et dire ce qui s'y passe. Codes : 0 établi puis raccroché, 10 occupé, 11 refusé ou sans "
            + "réponse, 12 personne, 13 non autorisé, 14 rompu, 130 abandonné par Ctrl-C."))
        {
            parts._number, parts._server, parts._from, parts._secret, parts._play, parts._say, parts._keys, parts._record,
            parts._length, parts._codecs, parts._port, parts._json,
        };
        command.SetAction((result, _) => parts.RunAsync(result));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result)
    {
        var keys = CallKeys.Parse(result.GetValue(_keys)!);
        if (keys is null)
        {
            return _terminal.Fail(ExitCode.Usage, "--dtmf takes 0-9 * # A-D, commas and w", "--dtmf admet 0-9 * # A-D, virgules et w");
        }

        TimeSpan? length = null;
        if (result.GetValue(_length) is { } written && (length = Duration(written)) is null)
        {
            return _terminal.Fail(ExitCode.Usage, "--for takes a time such as 20s or 2m", "--for admet une durée comme 20s ou 2m");
        }

        if (await Find(result.GetValue(_server)!) is not { } server)
        {
            return _terminal.Fail(ExitCode.Failed,
                $"there is no server '{result.GetValue(_server)}'", $"il n'y a pas de serveur « {result.GetValue(_server)} »");
        }

        if (await Clips(result) is not { } clips)
        {
            return ExitCode.Failed;
        }

        var order = new CallOrder
        {
            Number = result.GetValue(_number)!, Server = server, From = result.GetValue(_from)!,
            Secret = result.GetValue(_secret), Keys = keys, Clips = clips, RecordFile = result.GetValue(_record),
            Length = length, Port = result.GetValue(_port),
            Codecs = result.GetValue(_codecs)!.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        return await Run(new CallRun(order, new CallReport(_terminal, result.GetValue(_json))));
    }

    /// <summary>The first Ctrl-C hangs up, the second one ends the program.</summary>
    private static async Task<int> Run(CallRun run)
    {
        using var hangUp = new CancellationTokenSource();
        void Take(PosixSignalContext context)
        {
            context.Cancel = !hangUp.IsCancellationRequested;
            hangUp.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        return await run.RunAsync(hangUp.Token);
    }

    /// <summary>What is to be played; null when it cannot be had, which is then printed.</summary>
    private async Task<IReadOnlyList<AudioClip>?> Clips(ParseResult result)
    {
        var clips = new List<AudioClip>();
        if (result.GetValue(_play) is { } file)
        {
            using var import = new AudioImport();
            var imported = await import.ConvertAsync(await File.ReadAllBytesAsync(file), CancellationToken.None);
            if (imported.Pcm is null)
            {
                _terminal.Fail(ExitCode.Failed, $"'{file}' cannot be played: {imported.Error}",
                    $"« {file} » ne peut être diffusé : {imported.Error}");
                return null;
            }

            clips.Add(new AudioClip(imported.Pcm, PromptLimits.MasterRateHz));
        }

        if (result.GetValue(_say) is { } text)
        {
            using var espeak = new EspeakSynthesizer();
            var spoken = await espeak.SpeakAsync(new SpeechRequest(text, _terminal.Language), CancellationToken.None);
            if (spoken.Pcm is null)
            {
                _terminal.Fail(ExitCode.Failed, $"the text cannot be spoken: {spoken.Error}",
                    $"le texte ne peut être dit : {spoken.Error}");
                return null;
            }

            clips.Add(new AudioClip(spoken.Pcm, PromptLimits.MasterRateHz));
        }

        return clips;
    }

    private static async Task<IPEndPoint?> Find(string text)
    {
        if (IPEndPoint.TryParse(text, out var literal))
        {
            return literal.Port == 0 ? new IPEndPoint(literal.Address, SipPort) : literal;
        }

        var parts = text.Split(':');
        if (parts.Length > 2 || (parts.Length == 2 && !ushort.TryParse(parts[1], out _)))
        {
            return null;
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(parts[0]);
            var best = addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault();
            return best is null ? null : new IPEndPoint(best, parts.Length == 2 ? ushort.Parse(parts[1]) : SipPort);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static TimeSpan? Duration(string text)
    {
        var unit = text.EndsWith('m') ? 60 : 1;
        return double.TryParse(text.TrimEnd('s', 'm'), System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 86_400 ? TimeSpan.FromSeconds(number * unit) : null;
    }

    private Option<string> Text(string name, string en, string fr, string usual) =>
        new(name) { Description = _terminal.Say(en, fr), DefaultValueFactory = _ => usual };

    private Option<string?> Text(string name, string en, string fr) => new(name) { Description = _terminal.Say(en, fr) };
}

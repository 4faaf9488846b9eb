using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Server.Telephony.Softphones;
using Plateau.Sip;

namespace Plateau.Server.Cli;

/// <summary>Prints what happens in a call, each line with the seconds since it was placed; or one JSON object a
/// line.</summary>
internal sealed class CallReport(Terminal terminal, bool isJson)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Dialled(CallOrder order) => Tell("dialled",
        $"calling {order.Number} at {order.Server} from {order.From}",
        $"appel du {order.Number} par {order.Server}, de {order.From}",
        ("number", order.Number), ("server", order.Server.ToString()), ("from", order.From));

    public void Pressed(string digits) =>
        Tell("pressed", $"pressed {digits}", $"touches {digits} composées", ("digits", digits));

    public void Happened(SoftphoneEvent happened)
    {
        switch (happened)
        {
            case Rings { HasEarlyMedia: true }:
                Tell("earlyMedia", "rings, with audio before the answer", "sonne, avec du son avant la réponse");
                break;
            case Rings:
                Tell("rings", "rings", "sonne");
                break;
            case Connected connected:
                Tell("connected", $"connected, codec {connected.Codec}", $"communication établie, codec {connected.Codec}",
                    ("codec", connected.Codec));
                break;
            case AudioArrived:
                Tell("audio", "audio arrives", "le son arrive");
                break;
            case SpeechHeard { IsSpeaking: true }:
                Tell("speechBegan", "sound is heard", "on entend quelque chose");
                break;
            case SpeechHeard:
                Tell("speechEnded", "silence", "silence");
                break;
            case DigitHeard digit:
                Tell("digit", $"heard key {digit.Digit}", $"touche {digit.Digit} reçue", ("digit", digit.Digit.ToString()));
                break;
            case Played played:
                Tell("played", played.Completed ? "everything was played" : "playing was broken off",
                    played.Completed ? "tout a été diffusé" : "diffusion interrompue", ("completed", played.Completed));
                break;
        }
    }

    public void Over(Ended ended)
    {
        var end = ended.End;
        var status = end.Status == 0 ? "" : $" {end.Status} {end.Text}".TrimEnd();
        Tell("ended", $"ended by {Side(end.Side, "us", "the other side", "the network")}: {Cause(end.Cause)}{status}",
            $"terminé par {Side(end.Side, "nous", "l'autre côté", "le réseau")} : {Cause(end.Cause)}{status}",
            ("side", Word(end.Side)), ("cause", Word(end.Cause)), ("status", end.Status), ("text", end.Text));
        if (ended.Quality is { } quality)
        {
            Quality(quality);
        }
    }

    public void Heard(HeardAudio heard)
    {
        var (sound, all) = (Number(heard.Sound.TotalSeconds, "0.0"), Number(heard.Duration.TotalSeconds, "0.0"));
        var level = Number(heard.LevelDbov, "0");
        Tell("heard", heard.Sound > TimeSpan.Zero ? $"heard {sound} s of sound in {all} s, at {level} dBov" : $"heard nothing in {all} s",
            heard.Sound > TimeSpan.Zero ? $"{sound} s de son entendues en {all} s, à {level} dBov" : $"rien entendu en {all} s",
            ("seconds", heard.Duration.TotalSeconds), ("soundSeconds", heard.Sound.TotalSeconds),
            ("levelDbov", Math.Round(heard.LevelDbov, 1)));
    }

    public void Recorded(string file) => Tell("recorded", $"recorded in {file}", $"enregistré dans {file}", ("file", file));

    private void Quality(LegQuality quality)
    {
        var (jitter, mos) = (Number(quality.JitterMs, "0.0"), Number(quality.Mos, "0.0"));
        Tell("quality",
            $"{quality.PacketsReceived} packets received, {quality.PacketsLost} lost, {quality.PacketsSent} sent, "
            + $"jitter {jitter} ms, MOS {mos}",
            $"{quality.PacketsReceived} paquets reçus, {quality.PacketsLost} perdus, {quality.PacketsSent} envoyés, "
            + $"gigue {jitter} ms, MOS {mos}",
            ("codec", quality.Codec), ("received", quality.PacketsReceived), ("lost", quality.PacketsLost),
            ("sent", quality.PacketsSent), ("jitterMs", Math.Round(quality.JitterMs, 2)), ("mos", Math.Round(quality.Mos, 2)));
    }

    private void Tell(string name, string en, string fr, params IEnumerable<(string Name, JsonNode? Value)> members)
    {
        var seconds = _clock.Elapsed.TotalSeconds;
        if (!isJson)
        {
            terminal.Out.WriteLine($"{Number(seconds, "0.000"),8}  {terminal.Say(en, fr)}");
            return;
        }

        var line = new JsonObject { ["at"] = Math.Round(seconds, 3), ["event"] = name };
        foreach (var (member, value) in members)
        {
            line[member] = value;
        }

        terminal.Out.WriteLine(line.ToJsonString(PlateauJson.Options));
    }

    private static string Side(SipSide side, string local, string remote, string network) =>
        side == SipSide.Local ? local : side == SipSide.Remote ? remote : network;

    private string Cause(SipEndCause cause) => cause switch
    {
        SipEndCause.Hangup => terminal.Say("hung up", "raccroché"),
        SipEndCause.Cancelled => terminal.Say("given up", "abandonné"),
        SipEndCause.Rejected => terminal.Say("refused", "refusé"),
        SipEndCause.Redirected => terminal.Say("redirected", "redirigé"),
        SipEndCause.AuthenticationFailed => terminal.Say("not authorised", "non autorisé"),
        SipEndCause.NoResponse => terminal.Say("no response", "pas de réponse"),
        SipEndCause.TransportFailed => terminal.Say("cannot be reached", "injoignable"),
        _ => cause.ToString(),
    };

    private string Number(double value, string format) =>
        value.ToString(format, isJson || terminal.Language == "en"
            ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(terminal.Language));

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

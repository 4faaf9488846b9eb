using Plateau.Contracts.Agents;
using Plateau.Media.Mixing;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.Server.Demo;

/// <summary>What agents and callers say, spoken by espeak-ng once and kept; silent where there is no engine.</summary>
internal sealed class DemoVoices : IDisposable
{
    private const int NarrowRateHz = 8_000;

    private static readonly IReadOnlyDictionary<string, string[]> Advice = new Dictionary<string, string[]>
    {
        ["fr"] =
        [
            "Très bien, je regarde votre dossier.",
            "Votre commande est partie hier, elle arrive demain matin.",
            "Je vous envoie un courriel de confirmation.",
            "Avez-vous essayé de débrancher la lampe et de la rebrancher ?",
            "Je note votre demande et je m'en occupe.",
        ],
        ["en"] =
        [
            "Very well, let me look at your file.",
            "Your order left yesterday, it will arrive tomorrow morning.",
            "I am sending you an e-mail to confirm.",
            "Have you tried to unplug the lamp and plug it in again?",
            "I am taking a note of it and will see to it.",
        ],
    };

    private static readonly IReadOnlyDictionary<string, string[]> Wishes = new Dictionary<string, string[]>
    {
        ["fr"] =
        [
            "Bonjour, je voudrais savoir où en est ma commande.",
            "Bonjour, ma lampe ne s'allume plus.",
            "Bonjour, j'aimerais changer l'adresse de livraison.",
            "Bonjour, il manque une ampoule dans mon colis.",
        ],
        ["en"] =
        [
            "Hello, I would like to know where my order is.",
            "Hello, my lamp does not light any more.",
            "Hello, I would like to change the delivery address.",
            "Hello, one bulb is missing in my parcel.",
        ],
    };

    private static readonly IReadOnlyDictionary<string, string> Goodbyes = new Dictionary<string, string>
    {
        ["fr"] = "Je vous en prie. Au revoir, et bonne journée.", ["en"] = "You are welcome. Goodbye, and have a nice day.",
    };

    private readonly EspeakSynthesizer _espeak = new();
    private readonly SpeechArchive _archive;
    private readonly Dictionary<string, AudioClip> _clips = [];

    public DemoVoices(string folder) => _archive = new SpeechArchive(_espeak, folder);

    /// <summary>A pause between sentences.</summary>
    public static AudioClip Pause { get; } = new(new short[NarrowRateHz * 2], NarrowRateHz);

    /// <summary>Whether the engine is missing, so that everybody is silent.</summary>
    public bool AreMute => _clips.Count == 0;

    /// <summary>Speaks everything that will be said.</summary>
    public async Task Prepare(IEnumerable<AgentConfig> agents)
    {
        var texts = Advice.Concat(Wishes).SelectMany(l => l.Value.Select(text => (l.Key, text)))
            .Concat(Goodbyes.Select(g => (g.Key, g.Value)))
            .Concat(agents.SelectMany(a => Goodbyes.Keys.Select(language => (language, Greeting(a, language)))))
            .ToList();
        var spoken = await Task.WhenAll(texts.Select(async t =>
            (Text: t.Item2, Audio: await _archive.SpeakAsync(new SpeechRequest(t.Item2, t.Item1, 165), CancellationToken.None))));
        foreach (var (text, audio) in spoken)
        {
            if (audio.Pcm is { } pcm)
            {
                _clips[text] = new AudioClip(pcm, PromptLimits.MasterRateHz);
            }
        }
    }

    /// <summary>An agent's side of a conversation: greeting, listening, then advice until it is over.</summary>
    public IReadOnlyList<AudioClip> Conversation(AgentConfig agent, string language, int first)
    {
        var advice = Advice[language];
        return Found([Greeting(agent, language)])
            .Append(Pause).Append(Pause)
            .Concat(Enumerable.Range(0, 12).SelectMany(i => Found([advice[(first + i) % advice.Length]]).Append(Pause)))
            .ToList();
    }

    /// <summary>What is said before hanging up.</summary>
    public IReadOnlyList<AudioClip> Goodbye(string language) => Found([Goodbyes[language]]).ToList();

    /// <summary>A caller's side: the wish, then short silences.</summary>
    public IReadOnlyList<AudioClip> Wish(string language, int phrase) =>
        Found([Wishes[language][phrase % Wishes[language].Length]]).ToList();

    public void Dispose() => _espeak.Dispose();

    private static string Greeting(AgentConfig agent, string language)
    {
        var name = agent.Name.Split(' ')[0];
        return language == "fr"
            ? $"Maison Lumière, bonjour, {name} à votre écoute."
            : $"Maison Lumière, hello, this is {name} speaking.";
    }

    private IEnumerable<AudioClip> Found(IEnumerable<string> texts) =>
        texts.Select(t => _clips.GetValueOrDefault(t)).OfType<AudioClip>();
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Plateau.Server.Tenancy;

/// <summary>A JSON value that remembers where in the text it stood.</summary>
internal sealed class ConfigNode
{
    /// <summary>Deepest nesting read; a flow's expressions stay far below.</summary>
    private const int DepthMax = 64;

    private int[] _lineStarts = [];
    private byte[] _text = [];
    private readonly Dictionary<string, ConfigNode> _byName = new(StringComparer.Ordinal);

    public required JsonValueKind Kind { get; init; }

    /// <summary>Offset of its first byte; for a member, of the member's name.</summary>
    public required int Offset { get; init; }

    public JsonValue? Leaf { get; private init; }

    /// <summary>Members in the order of the text, doubles included.</summary>
    public List<(string Name, ConfigNode Value)> Members { get; } = [];

    public List<ConfigNode> Items { get; } = [];

    public ConfigNode? this[string member] => _byName.GetValueOrDefault(member);

    /// <summary>Reads a text; null after a syntax error, which is then in <paramref name="error"/>.</summary>
    public static ConfigNode? Read(byte[] text, out ConfigError? error)
    {
        if (!Utf8.IsValid(text))
        {
            error = new ConfigError("syntax", ConfigPath.Root, 1, 1, new Phrase("not UTF-8", "ce n'est pas de l'UTF-8"));
            return null;
        }

        var start = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(text.AsSpan(start), new JsonReaderOptions
        {
            AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = DepthMax,
        });
        try
        {
            reader.Read();
            var root = ReadValue(ref reader, start, start + (int)reader.TokenStartIndex);
            reader.Read();
            root._text = text;
            root._lineStarts = LineStarts(text);
            error = null;
            return root;
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            var column = Column(text, LineStarts(text), line, (int)(e.BytePositionInLine ?? 0));
            var words = e.Message.Split(" LineNumber:", StringSplitOptions.None)[0];
            error = new ConfigError("syntax", ConfigPath.Root, line, column, new Phrase(
                $"not JSON: {words}", $"JSON illisible : {words}"));
            return null;
        }
    }

    /// <summary>The value at a path; null when there is none.</summary>
    public ConfigNode? Find(ConfigPath path) => Nearest(path) is var (node, steps) && steps == 0 ? node : null;

    /// <summary>Line and column of the value at a path, or of the nearest value above it.</summary>
    public (int Line, int Column) PlaceOf(ConfigPath path) => Place(Nearest(path).Node.Offset);

    /// <summary>The nearest value on the way to a path, and how many steps are left.</summary>
    private (ConfigNode Node, int StepsLeft) Nearest(ConfigPath path)
    {
        var node = this;
        var left = path.Steps().Count;
        foreach (var step in path.Steps())
        {
            var next = step.Name is { } name
                ? node[name]
                : step.Index < node.Items.Count ? node.Items[step.Index] : null;
            if (next is null)
            {
                break;
            }

            node = next;
            left--;
        }

        return (node, left);
    }

    public (int Line, int Column) Place(int offset)
    {
        var index = Array.BinarySearch(_lineStarts, offset);
        var line = index >= 0 ? index + 1 : ~index;
        return (line, Column(_text, _lineStarts, line, offset - _lineStarts[line - 1]));
    }

    /// <summary>The value without its places.</summary>
    public JsonNode? ToJson()
    {
        switch (Kind)
        {
            case JsonValueKind.Object:
                var json = new JsonObject();
                foreach (var (name, value) in Members)
                {
                    json[name] = value.ToJson();
                }

                return json;
            case JsonValueKind.Array:
                return new JsonArray([.. Items.Select(i => i.ToJson())]);
            default:
                return Leaf?.DeepClone();
        }
    }

    private static ConfigNode ReadValue(ref Utf8JsonReader reader, int start, int offset)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, start, offset);
            case JsonTokenType.StartArray:
                var array = new ConfigNode { Kind = JsonValueKind.Array, Offset = offset };
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Items.Add(ReadValue(ref reader, start, start + (int)reader.TokenStartIndex));
                }

                return array;
            default:
                var element = JsonElement.ParseValue(ref reader);
                return new ConfigNode { Kind = element.ValueKind, Offset = offset, Leaf = JsonValue.Create(element) };
        }
    }

    private static ConfigNode ReadObject(ref Utf8JsonReader reader, int start, int offset)
    {
        var node = new ConfigNode { Kind = JsonValueKind.Object, Offset = offset };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var nameOffset = start + (int)reader.TokenStartIndex;
            reader.Read();
            var value = ReadValue(ref reader, start, nameOffset);
            node.Members.Add((name, value));
            node._byName.TryAdd(name, value);
        }

        return node;
    }

    private static int[] LineStarts(byte[] text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\n')
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }

    /// <summary>Column in characters, 1 upwards, from bytes.</summary>
    private static int Column(byte[] text, int[] lineStarts, int line, int bytes)
    {
        var from = lineStarts[Math.Clamp(line - 1, 0, lineStarts.Length - 1)];
        return Encoding.UTF8.GetCharCount(text, from, Math.Clamp(bytes, 0, text.Length - from)) + 1;
    }
}

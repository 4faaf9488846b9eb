using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Plateau.Contracts;

namespace Plateau.Server.Tenancy;

/// <summary>
/// Holds a JSON tree against the records it is to become: names every unknown, doubled, missing and mistyped member,
/// and
/// gives back a document that can be read all the same, so that the rules behind can be checked in the same run.
/// </summary>
internal sealed class ConfigShape(ConfigErrors errors)
{
    private static readonly JsonSerializerOptions Options = PlateauJson.Options;

    /// <summary>The readable rest of <paramref name="node"/> as a <paramref name="type"/>.</summary>
    public JsonNode? Fit(ConfigNode node, Type type, ConfigPath path)
    {
        var contract = Options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => FitObject(node, contract, path),
            JsonTypeInfoKind.Enumerable => FitList(node, contract, path),
            JsonTypeInfoKind.Dictionary => FitDictionary(node, contract, path),
            _ => FitLeaf(node, type, path),
        };
    }

    private JsonObject FitObject(ConfigNode node, JsonTypeInfo contract, ConfigPath path)
    {
        var fitted = new JsonObject();
        if (node.Kind == JsonValueKind.Object)
        {
            foreach (var (name, value) in node.Members)
            {
                FitMember(fitted, contract, (name, value), path);
            }
        }
        else
        {
            AddType(path, new Phrase("an object", "un objet"));
        }

        foreach (var property in contract.Properties.Where(p => IsRequired(p) && !fitted.ContainsKey(p.Name)))
        {
            if (node.Kind == JsonValueKind.Object && node[property.Name] is null)
            {
                errors.AddShape("missingMember", path.Member(property.Name), new Phrase(
                    $"'{property.Name}' is missing", $"« {property.Name} » manque"));
            }

            fitted[property.Name] = ShapeDefault.Of(property.PropertyType);
        }

        return fitted;
    }

    private void FitMember(
        JsonObject fitted, JsonTypeInfo contract, (string Name, ConfigNode Value) member, ConfigPath path)
    {
        var property = contract.Properties.FirstOrDefault(p => p.Name == member.Name);
        var at = path.Member(member.Name);
        if (property is null)
        {
            var near = Nearest(member.Name, contract.Properties.Select(p => p.Name));
            errors.AddShape("unknownMember", at, new Phrase(
                $"unknown member '{member.Name}'" + (near is null ? string.Empty : $"; did you mean '{near}'?"),
                $"membre inconnu « {member.Name} »" + (near is null ? string.Empty : $" ; vouliez-vous « {near} » ?")));
        }
        else if (fitted.ContainsKey(member.Name))
        {
            errors.AddShape("doubleMember", at, new Phrase(
                $"'{member.Name}' is given twice", $"« {member.Name} » figure deux fois"));
        }
        else if (member.Value.Kind == JsonValueKind.Null)
        {
            FitNull(property, at);
        }
        else
        {
            var before = errors.Count;
            var value = Fit(member.Value, property.PropertyType, at);
            if (errors.Count == before || value is JsonObject or JsonArray || IsRequired(property))
            {
                fitted[member.Name] = value;
            }
        }
    }

    private void FitNull(JsonPropertyInfo property, ConfigPath at)
    {
        if (!property.IsSetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null)
        {
            errors.AddShape("wrongType", at, new Phrase(
                $"{ShapeDefault.Describe(property.PropertyType).En} expected, found null",
                $"{ShapeDefault.Describe(property.PropertyType).Fr} attendu, trouvé null"));
        }
    }

    private JsonArray FitList(ConfigNode node, JsonTypeInfo contract, ConfigPath path)
    {
        if (node.Kind != JsonValueKind.Array)
        {
            AddType(path, new Phrase("a list", "une liste"));
        }

        return new JsonArray([.. node.Items.Select((item, i) => Fit(item, contract.ElementType!, path.At(i)))]);
    }

    private JsonObject FitDictionary(ConfigNode node, JsonTypeInfo contract, ConfigPath path)
    {
        var fitted = new JsonObject();
        if (node.Kind != JsonValueKind.Object)
        {
            AddType(path, new Phrase("an object", "un objet"));
        }

        foreach (var (name, value) in node.Members)
        {
            var at = path.Member(name);
            if (fitted.ContainsKey(name))
            {
                errors.AddShape("doubleMember", at, new Phrase($"'{name}' is given twice", $"« {name} » figure deux fois"));
            }
            else if (!CanBe(JsonValue.Create(name), contract.KeyType!))
            {
                AddType(at, ShapeDefault.Describe(contract.KeyType!), "wrongValue");
            }
            else
            {
                fitted[name] = Fit(value, contract.ElementType!, at);
            }
        }

        return fitted;
    }

    private JsonNode? FitLeaf(ConfigNode node, Type type, ConfigPath path)
    {
        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return FitOpen(node, type, path);
        }

        if (CanBe(node.ToJson(), type))
        {
            return node.ToJson();
        }

        AddType(path, ShapeDefault.Describe(type), node.Kind == ShapeDefault.JsonKind(type) ? "wrongValue" : "wrongType");
        return ShapeDefault.Of(type);
    }

    /// <summary>A document whose members another parser knows (a flow's nodes): only doubles are named here.</summary>
    private JsonNode? FitOpen(ConfigNode node, Type type, ConfigPath path)
    {
        if (type == typeof(JsonObject) && node.Kind != JsonValueKind.Object)
        {
            AddType(path, new Phrase("an object", "un objet"));
            return new JsonObject();
        }

        FindDoubles(node, path);
        return node.ToJson();
    }

    private void FindDoubles(ConfigNode node, ConfigPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Members)
        {
            if (!seen.Add(name))
            {
                errors.AddShape("doubleMember", path.Member(name), new Phrase(
                    $"'{name}' is given twice", $"« {name} » figure deux fois"));
            }

            FindDoubles(value, path.Member(name));
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            FindDoubles(node.Items[i], path.At(i));
        }
    }

    private void AddType(ConfigPath path, Phrase expected, string code = "wrongType") => errors.AddShape(
        code, path, new Phrase($"{expected.En} expected", $"{expected.Fr} attendu"));

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static bool CanBe(JsonNode? value, Type type)
    {
        try
        {
            return value is null
                ? Nullable.GetUnderlyingType(type) is not null
                : value.Deserialize(type, Options) is not null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    private static string? Nearest(string name, IEnumerable<string> known) => known
        .Select(k => (Name: k, Distance: Distance(name.ToLowerInvariant(), k.ToLowerInvariant())))
        .Where(k => k.Distance <= 2 && k.Distance < k.Name.Length)
        .OrderBy(k => k.Distance).Select(k => k.Name).FirstOrDefault();

    /// <summary>Levenshtein's distance, cut off for long names.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 40 || Math.Abs(a.Length - b.Length) > 2)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[^1];
    }
}

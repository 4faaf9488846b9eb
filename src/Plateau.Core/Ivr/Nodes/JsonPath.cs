using System.Globalization;
using System.Text.Json;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>A way into a JSON document: "customer.orders[0].id"; the empty path is the document itself.</summary>
internal sealed class JsonPath
{
    private const int StepsMax = 16;
    private readonly List<(string? Member, int Index)> _steps = [];

    private JsonPath()
    {
    }

    /// <summary>Reads a path; null when it is none.</summary>
    internal static JsonPath? Parse(string text)
    {
        var path = new JsonPath();
        if (text.Length == 0)
        {
            return path;
        }

        foreach (var part in text.Split('.'))
        {
            if (!path.Add(part))
            {
                return null;
            }
        }

        return path._steps.Count <= StepsMax ? path : null;
    }

    /// <summary>The value at the path: text, number or truth; nothing when absent, null, or an object or
    /// array.</summary>
    internal FlowValue Read(JsonElement root)
    {
        var at = root;
        foreach (var (member, index) in _steps)
        {
            if (member is not null ? !TryMember(ref at, member) : !TryElement(ref at, index))
            {
                return FlowValue.Nothing;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => FlowValue.Of(at.GetString()),
            JsonValueKind.Number => at.TryGetDecimal(out var n) ? FlowValue.Of(n) : FlowValue.Of(at.GetRawText()),
            JsonValueKind.True => FlowValue.Of(true),
            JsonValueKind.False => FlowValue.Of(false),
            _ => FlowValue.Nothing,
        };
    }

    private static bool TryMember(ref JsonElement at, string member) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(member, out at);

    private static bool TryElement(ref JsonElement at, int index)
    {
        if (at.ValueKind != JsonValueKind.Array || index >= at.GetArrayLength())
        {
            return false;
        }

        at = at[index];
        return true;
    }

    private bool Add(string part)
    {
        var bracket = part.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? part : part[..bracket];
        if (name.Length > 0)
        {
            _steps.Add((name, 0));
        }
        else if (bracket != 0)
        {
            return false;
        }

        while (bracket >= 0 && bracket < part.Length)
        {
            var close = part.IndexOf(']', bracket);
            if (part[bracket] != '[' || close < 0 || !int.TryParse(
                    part.AsSpan(bracket + 1, close - bracket - 1), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var index))
            {
                return false;
            }

            _steps.Add((null, index));
            bracket = close + 1;
        }

        return true;
    }
}

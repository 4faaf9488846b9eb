using Plateau.Contracts.Tenancy;

namespace Plateau.Core.Ivr;

/// <summary>Which entry point a number dialled belongs to: the exact number, else the longest pattern.</summary>
public sealed class EntryPoints
{
    private readonly SortedDictionary<string, EntryPointConfig> _exact = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, EntryPointConfig> _beginnings = new(StringComparer.Ordinal);

    /// <summary>The entry points of a configuration; the first one told for a number counts.</summary>
    public EntryPoints(IEnumerable<EntryPointConfig> entryPoints)
    {
        ArgumentNullException.ThrowIfNull(entryPoints);
        foreach (var entry in entryPoints)
        {
            if (entry.Number.EndsWith('*'))
            {
                _beginnings.TryAdd(NormalisedBeginning(entry.Number[..^1]), entry);
            }
            else
            {
                _exact.TryAdd(E164.Normalise(entry.Number), entry);
            }
        }
    }

    /// <summary>The entry point of a number in any French or international writing; null when there is none.</summary>
    public EntryPointConfig? Find(string called)
    {
        var number = E164.Normalise(called);
        if (_exact.TryGetValue(number, out var exact))
        {
            return exact;
        }

        for (var length = number.Length; length >= 0; length--)
        {
            if (_beginnings.TryGetValue(number[..length], out var entry))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>"019900" begins French national numbers, so it is compared as "+3319900".</summary>
    private static string NormalisedBeginning(string beginning)
    {
        beginning = E164.WithoutSeparators(beginning);
        return beginning.StartsWith("00", StringComparison.Ordinal) ? "+" + beginning[2..]
            : beginning.Length > 1 && beginning[0] == '0' ? "+33" + beginning[1..]
            : beginning;
    }
}

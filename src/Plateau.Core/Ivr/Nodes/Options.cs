namespace Plateau.Core.Ivr.Nodes;

/// <summary>Keys against a list of options, one of which may be the beginning of another.</summary>
internal static class Options
{
    internal static GatherVerdict Judge(IEnumerable<string> options, string digits, bool isComplete)
    {
        var isOption = false;
        var isBeginning = false;
        foreach (var option in options)
        {
            isOption |= option == digits;
            isBeginning |= option.Length > digits.Length && option.StartsWith(digits, StringComparison.Ordinal);
        }

        return isOption && (isComplete || !isBeginning) ? GatherVerdict.Accept
            : isBeginning && !isComplete ? GatherVerdict.More
            : GatherVerdict.Invalid;
    }
}

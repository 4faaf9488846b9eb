namespace Plateau.Core.Ivr;

/// <summary>Names of variables: identifiers joined by points, such as "customer.name".</summary>
internal static class FlowName
{
    /// <summary>First parts that only the machine sets.</summary>
    private static readonly string[] Reserved = ["call", "now", "queue", "http", "message", "error", "transfer"];

    /// <summary>What calls and the clock tell.</summary>
    private static readonly string[] ReadOnly =
    [
        "call.id", "call.caller", "call.called", "call.callerName", "call.divertedFrom", "call.label",
        "call.language", "now.year", "now.month", "now.day", "now.hour", "now.minute", "now.weekday", "now.date",
        "now.time",
    ];

    internal static bool IsValid(string name) =>
        name.Length is > 0 and <= FlowLimits.NameCharactersMax && name.Split('.').All(IsIdentifier);

    /// <summary>Whether a flow may set it.</summary>
    internal static bool IsSettable(string name) => IsValid(name) && !Reserved.Contains(name.Split('.')[0]);

    /// <summary>Whether a flow may read it: any variable, but of call.… and now.… only what exists.</summary>
    internal static bool IsReadable(string name) =>
        IsValid(name) && (name.Split('.')[0] is not ("call" or "now") || ReadOnly.Contains(name));

    private static bool IsIdentifier(string part) =>
        part.Length > 0 && (char.IsAsciiLetter(part[0]) || part[0] == '_')
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

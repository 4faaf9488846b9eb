namespace Plateau.Core.Ivr;

/// <summary>Limits of flows; reaching one is a <see cref="FlowFault"/> or a <see cref="FlowError"/>.</summary>
public static class FlowLimits
{
    /// <summary>Nodes entered since the caller last did something: far above any sensible menu, a second of a
    /// loop.</summary>
    public const int NodesWithoutCallerMax = 100;

    /// <summary>Nodes entered in one call: hours of pressing keys.</summary>
    public const int NodesPerCallMax = 1_000;

    /// <summary>Nodes granted to the error node after a fault, so that it can still speak and hang up.</summary>
    public const int NodesAfterFaultMax = 20;

    /// <summary>Sub-flows inside each other: recursion shows here.</summary>
    public const int SubFlowDepthMax = 8;

    /// <summary>Variables alive at the same time, all sub-flows together; each call carries them.</summary>
    public const int VariablesMax = 100;

    /// <summary>Characters of one variable: an address, a long case note.</summary>
    public const int VariableCharactersMax = 1_000;

    /// <summary>Characters of a variable's name.</summary>
    public const int NameCharactersMax = 64;

    /// <summary>HTTP requests of one call, repetitions included.</summary>
    public const int HttpPerCallMax = 20;

    /// <summary>Characters of a URL, header value or body after filling in.</summary>
    public const int HttpCharactersMax = 8_192;

    /// <summary>Keys pressed ahead and kept for the next question.</summary>
    public const int TypedAheadMax = 32;

    /// <summary>Nodes of one flow.</summary>
    public const int NodesMax = 500;

    /// <summary>Items of one prompt list.</summary>
    public const int PromptItemsMax = 20;

    /// <summary>Options, cases or shares of one node.</summary>
    public const int BranchesMax = 50;

    /// <summary>Characters of a text in a document: prompt, expression, template.</summary>
    public const int TextCharactersMax = 2_000;

    /// <summary>Words and signs of one expression; bounds the depth of its tree as well.</summary>
    public const int ExpressionTokensMax = 200;

    /// <summary>Brackets, signs and functions inside each other.</summary>
    public const int ExpressionDepthMax = 32;

    /// <summary>Characters of a pattern of "matches".</summary>
    public const int PatternCharactersMax = 100;

    /// <summary>Times that a failed HTTP request is sent again.</summary>
    public const int HttpRetriesMax = 3;

    /// <summary>Depth of JSON inside a node.</summary>
    public const int JsonDepthMax = 16;

    /// <summary>Errors told of one flow; the rest would only repeat them.</summary>
    public const int ErrorsMax = 100;
}

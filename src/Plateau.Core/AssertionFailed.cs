using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Plateau.Core;

/// <summary>The impossible happened: a centre's state contradicts itself. Its driver stops that centre only.</summary>
/// <remarks>
/// On in production. The driver restarts the centre from its journal and sets the killing input aside; media flows on.
/// </remarks>
public sealed class AssertionFailed : Exception
{
    /// <summary>An assertion that failed.</summary>
    /// <param name="message">What should have held, with the ids concerned.</param>
    public AssertionFailed(string message)
        : base(message)
    {
    }

    /// <summary>Fails unless the condition holds.</summary>
    internal static void Unless(
        [DoesNotReturnIf(false)] bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new AssertionFailed(what);
        }
    }
}

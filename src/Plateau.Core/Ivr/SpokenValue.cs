namespace Plateau.Core.Ivr;

/// <summary>How the value of a variable is spoken in a prompt.</summary>
internal static class SpokenValue
{
    /// <summary>The words for a value; a value that does not fit the filter is spoken as it is.</summary>
    internal static string Write(FlowValue value, FlowFilter filter, string language)
    {
        _ = language; // Speech synthesis reads plain numbers by itself; only digits need spelling out.
        return filter == FlowFilter.Digits ? string.Join(' ', value.Text.AsEnumerable()) : value.Text;
    }
}

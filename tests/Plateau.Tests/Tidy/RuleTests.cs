using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plateau.Tests.Tidy;

/// <summary>Who may know whom, what machines must not do, and what must not be in the tree (docs/STYLE.md).</summary>
public sealed partial class RuleTests
{
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Plateau.Contracts"] = [],
        ["Plateau.Sip"] = ["Plateau.Contracts"],
        ["Plateau.Media"] = ["Plateau.Contracts"],
        ["Plateau.Core"] = ["Plateau.Contracts"],
        ["Plateau.Server"] = ["Plateau.Contracts", "Plateau.Sip", "Plateau.Media", "Plateau.Core"],
    };

    private static readonly string[] Features =
    [
        "Calls", "Routing", "Agents", "Ivr", "Dialler", "Alarms", "Cases", "Workforce", "Quality", "Insights",
        "Billing", "Tenancy",
    ];

    private static readonly string[] ServerRooms = ["Telephony", "Storage", "Messaging", "Identity", "Hosting", "Cli", "Demo"];

    [Fact]
    public void Projects_reference_only_what_the_architecture_allows() => House.AssertNone(
        from path in House.Files
        where path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal)
        let project = Path.GetFileNameWithoutExtension(path)
        from reference in XDocument.Parse(House.Read(path)).Descendants("ProjectReference")
        let other = Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)
        where !MayReference[project].Contains(other)
        select $"{project} references {other}");

    [Fact]
    public void Features_have_one_name_in_every_project() => House.AssertNone(
        from path in House.Files
        let parts = path.Split('/')
        where parts.Length > 3 && path.StartsWith("src/Plateau.", StringComparison.Ordinal)
            && path.EndsWith(".cs", StringComparison.Ordinal)
        let allowed = parts[1] switch
        {
            "Plateau.Core" => Features,
            "Plateau.Contracts" => [.. Features, "Telephony"],
            "Plateau.Server" => [.. Features, .. ServerRooms],
            _ => null,
        }
        where allowed is not null && !allowed.Contains(parts[2])
        select $"{path}: {parts[2]} is not a room of {parts[1]}");

    [Fact]
    public void Core_never_walks_a_collection_without_order() => House.AssertNone(
        from source in House.Sources
        where source.Path.StartsWith("src/Plateau.Core/", StringComparison.Ordinal)
        let unordered = UnorderedNames(source)
        from loop in source.Tree.DescendantNodes().OfType<ForEachStatementSyntax>()
        let walked = loop.Expression.ToString()
        where unordered.Contains(walked) || unordered.Any(n => walked == $"{n}.Values" || walked == $"{n}.Keys")
        select $"{source.Path}:{source.LineOf(loop)} walks {walked}");

    [Fact]
    public void Tests_never_sleep() => House.AssertNone(
        from source in House.Sources
        where source.Path.StartsWith("tests/", StringComparison.Ordinal)
        from call in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where call.ToString() is "Thread.Sleep" or "Task.Delay"
        select $"{source.Path}:{source.LineOf(call)} {call}");

    [Fact]
    public void Nothing_is_left_for_later_without_an_issue() => House.AssertNone(
        from source in House.Sources
        where !source.Path.Contains("/Tidy/", StringComparison.Ordinal)
        from line in source.Text.Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where LeftForLater().IsMatch(line.Text)
        select $"{source.Path}:{line.Number} {line.Text.Trim()}");

    [Fact]
    public void No_test_is_commented_out() => House.AssertNone(
        from source in House.Sources
        where source.Path.StartsWith("tests/", StringComparison.Ordinal)
        from line in source.Text.Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where CommentedTest().IsMatch(line.Text)
        select $"{source.Path}:{line.Number} {line.Text.Trim()}");

    [Fact]
    public void No_binary_and_no_path_of_a_machine_is_in_the_tree() => House.AssertNone(
        from path in House.Files
        let extension = Path.GetExtension(path)
        where extension is ".png" or ".jpg" or ".wav" or ".mp3" or ".db" or ".dll" or ".zip"
            || (IsText(extension) && MachinePath().IsMatch(House.Read(path)))
        select path);

    private static bool IsText(string extension) =>
        extension is ".cs" or ".md" or ".json" or ".sh" or ".ts" or ".tsx" or ".props" or ".csproj" or ".xml" or "";

    private static HashSet<string> UnorderedNames(SourceFile source)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var declaration in source.Tree.DescendantNodes().OfType<VariableDeclarationSyntax>())
        {
            var created = string.Join(' ', declaration.Variables.Select(v => v.Initializer?.Value.ToString() ?? ""));
            if (Unordered().IsMatch(declaration.Type.ToString()) || Unordered().IsMatch(created))
            {
                names.UnionWith(declaration.Variables.Select(v => v.Identifier.Text));
            }
        }

        return names;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?!.*#\d+)|NotImplementedException")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"^\s*//\s*\[(Fact|Theory)")]
    private static partial Regex CommentedTest();

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/\w+)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^(new )?(Dictionary|HashSet)<")]
    private static partial Regex Unordered();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plateau.Tests.Tidy;

/// <summary>Length of files, functions and lines; names; namespaces (docs/STYLE.md).</summary>
public sealed class ShapeTests
{
    private const int FunctionLinesMax = 70;
    private const int FileLinesMax = 500;
    private const int ColumnsMax = 120;
    private const int WideLinesMax = 400;

    private static readonly string[] BannedSuffixes =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Service", "Services", "Processor", "Handler",
        "Base", "Impl", "Info", "Data", "Dto", "Common", "Misc",
    ];

    [Fact]
    public void No_function_is_longer_than_seventy_lines() => House.AssertNone(
        from source in House.Sources
        from node in source.Tree.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = node.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > FunctionLinesMax && !IsWholeTable(node)
        select $"{source.Path}:{span.StartLinePosition.Line + 1} {lines} lines");

    [Fact]
    public void No_source_file_is_longer_than_five_hundred_lines() => House.AssertNone(
        from path in House.Files
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".ts", StringComparison.Ordinal)
            || path.EndsWith(".tsx", StringComparison.Ordinal)
        let lines = House.Read(path).AsSpan().Count('\n')
        where lines > FileLinesMax
        select $"{path} {lines} lines");

    /// <summary>A ratchet: the lines that were wider when the rule came are tolerated, new ones are not.</summary>
    [Fact]
    public void No_further_line_is_wider_than_120_columns()
    {
        var wide = (
            from source in House.Sources
            from line in source.Text.Split('\n').Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > ColumnsMax && !line.Text.Contains("http", StringComparison.Ordinal)
                && !IsInRawString(source, line.Number)
            select $"{source.Path}:{line.Number} {line.Text.Length} columns").ToList();
        Assert.True(
            wide.Count <= WideLinesMax,
            $"{wide.Count} lines, tolerated are {WideLinesMax}:\n{string.Join('\n', wide.TakeLast(40))}");
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => House.AssertNone(
        from source in House.Sources
        from type in source.Tree.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where BannedSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal))
        select $"{source.Path}:{source.LineOf(type)} {name}");

    [Fact]
    public void Namespaces_follow_folders() => House.AssertNone(
        from source in House.Sources
        let expected = ExpectedNamespace(source.Path)
        from found in source.Tree.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        where found.Name.ToString() != expected
        select $"{source.Path} says {found.Name}, its folder says {expected}");

    [Fact]
    public void A_file_is_named_after_a_type_in_it() => House.AssertNone(
        from source in House.Sources
        let types = source.Tree.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(t => t is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToList()
        where types.Count == 1 && types[0] is BaseTypeDeclarationSyntax
        let name = ((BaseTypeDeclarationSyntax)types[0]).Identifier.Text
        let file = Path.GetFileNameWithoutExtension(source.Path)
        where file != name && !file.StartsWith(name + ".", StringComparison.Ordinal)
            && !((BaseTypeDeclarationSyntax)types[0]).Modifiers.Any(m => m.Text == "partial")
        select $"{source.Path} holds only {name}");

    private static string ExpectedNamespace(string path)
    {
        var parts = path.Split('/');
        var folders = parts.Skip(1).Take(parts.Length - 2).ToList();
        return string.Join('.', folders);
    }

    private static bool IsWholeTable(SyntaxNode node) =>
        node is MethodDeclarationSyntax { ExpressionBody: not null } method
        && method.ExpressionBody.DescendantTokens().Any(t => t.Text.StartsWith("\"\"\"", StringComparison.Ordinal));

    private static bool IsInRawString(SourceFile source, int line) => source.Tree.DescendantTokens()
        .Where(t => t.Text.StartsWith("\"\"\"", StringComparison.Ordinal))
        .Any(t =>
        {
            var span = t.GetLocation().GetLineSpan();
            return span.StartLinePosition.Line < line && line <= span.EndLinePosition.Line + 1;
        });
}

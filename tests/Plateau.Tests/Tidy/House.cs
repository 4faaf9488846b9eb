using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plateau.Tests.Tidy;

/// <summary>The working tree as the rules see it: the files git knows, and the parsed C# among them.</summary>
internal static class House
{
    private static readonly string[] Pure = ["Plateau.Contracts", "Plateau.Sip", "Plateau.Media", "Plateau.Core"];

    private static readonly Lazy<IReadOnlyList<string>> AllFiles = new(ListFiles);

    private static readonly Lazy<IReadOnlyList<SourceFile>> AllSources = new(ParseSources);

    /// <summary>Absolute path of the folder that holds Plateau.slnx.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with '/', of every file git tracks or would track.</summary>
    internal static IReadOnlyList<string> Files => AllFiles.Value;

    /// <summary>Every C# file with its syntax tree; generated files left out.</summary>
    internal static IReadOnlyList<SourceFile> Sources => AllSources.Value;

    /// <summary>The sources of projects that must be pure.</summary>
    internal static IEnumerable<SourceFile> PureSources =>
        Sources.Where(s => Pure.Any(p => s.Path.StartsWith($"src/{p}/", StringComparison.Ordinal)));

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Fails with one line per finding.</summary>
    internal static void AssertNone(IEnumerable<string> findings)
    {
        var list = findings.ToList();
        Assert.True(list.Count == 0, $"{list.Count} found:\n{string.Join('\n', list.Take(40))}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plateau.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Plateau.slnx not found above the tests");
    }

    private static List<string> ListFiles()
    {
        using var git = Process.Start(new ProcessStartInfo("git", "ls-files --cached --others --exclude-standard")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;
        var text = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(f => File.Exists(Path.Combine(Root, f)))
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private static List<SourceFile> ParseSources()
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        return Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .AsParallel().AsOrdered()
            .Select(f =>
            {
                var text = Read(f);
                return new SourceFile(f, text, CSharpSyntaxTree.ParseText(text, options).GetRoot());
            })
            .ToList();
    }
}

/// <summary>One C# file.</summary>
/// <param name="Path">Relative to the root, with '/'.</param>
/// <param name="Text">Its whole text.</param>
/// <param name="Tree">Its syntax.</param>
internal sealed record SourceFile(string Path, string Text, SyntaxNode Tree)
{
    internal int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}

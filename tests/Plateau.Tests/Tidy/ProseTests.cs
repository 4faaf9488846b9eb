using System.Text.RegularExpressions;

namespace Plateau.Tests.Tidy;

/// <summary>Prose that no test reads rots: links, file names and decisions in the documents are checked here.</summary>
public sealed partial class ProseTests
{
    private static readonly string[] CodeRoots = ["src/Plateau.", "src/", "tests/", "docs/", ""];

    [Fact]
    public void Every_link_between_documents_leads_somewhere() => House.AssertNone(
        from path in House.Files
        where path.EndsWith(".md", StringComparison.Ordinal)
        from Match link in Link().Matches(House.Read(path))
        let target = link.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        let full = Path.GetFullPath(Path.Combine(House.Root, Path.GetDirectoryName(path)!, target))
        where !File.Exists(full) && !Directory.Exists(full)
        select $"{path}: {target}");

    [Fact]
    public void Every_file_that_a_calls_path_names_exists() => House.AssertNone(
        from Match name in CodeName().Matches(House.Read("docs/A-CALLS-PATH.md"))
        let file = name.Groups[1].Value
        where !CodeRoots.Any(root => Exists(root + file))
        select file);

    [Fact]
    public void Every_decision_has_a_number_of_its_own() => House.AssertNone(
        from path in House.Files
        where path.StartsWith("docs/decisions/", StringComparison.Ordinal)
        let name = Path.GetFileName(path)
        group name by name[..4] into same
        where same.Count() > 1 || !int.TryParse(same.Key, out _)
        select string.Join(", ", same));

    private static bool Exists(string path) => path.EndsWith('/')
        ? Directory.Exists(Path.Combine(House.Root, path))
        : path.Contains('*', StringComparison.Ordinal)
            ? Directory.Exists(Path.Combine(House.Root, Path.GetDirectoryName(path)!))
            : File.Exists(Path.Combine(House.Root, path));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:[\w.*-]+/)+[\w.*-]*)`")]
    private static partial Regex CodeName();
}

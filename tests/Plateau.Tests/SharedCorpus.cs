namespace Plateau.Tests;

/// <summary>Third-party test data that lies beside the repository; tests skip visibly where it is absent.</summary>
internal static class SharedCorpus
{
    /// <summary>The folder with the code, found by walking up to the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The path of a shared file or folder, or a skip of the running test.</summary>
    public static string Path(string relative)
    {
        for (var folder = Directory.GetParent(RepositoryRoot); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", "data", relative);
            if (File.Exists(path) || Directory.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"shared data '{relative}' is not on this machine");
        return "";
    }

    /// <summary>The bytes of a shared file, or a skip of the running test.</summary>
    public static byte[] Bytes(string relative) => File.ReadAllBytes(Path(relative));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Plateau.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}

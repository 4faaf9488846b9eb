using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>Where a server keeps what; all absolute.</summary>
/// <param name="Kept">Folder of everything that is kept.</param>
/// <param name="Journal">Journals, one folder per tenant.</param>
/// <param name="Recordings">Recordings, one folder per tenant.</param>
/// <param name="Prompts">Prompts, one folder per tenant.</param>
internal sealed record ServerFolders(string Kept, string Journal, string Recordings, string Prompts)
{
    /// <summary>The SQLite file, unless the configuration has a connection of its own.</summary>
    public string DatabaseFile => Path.Combine(Kept, "plateau.db");

    /// <summary>Relative folders are relative to the configuration file's own folder.</summary>
    public static ServerFolders Of(ServerConfig config, string besides)
    {
        var kept = Path.GetFullPath(config.Folder, besides);
        return new ServerFolders(
            kept,
            Path.GetFullPath(config.Journal.Folder ?? Path.Combine(kept, "journal"), besides),
            Path.GetFullPath(config.Recordings ?? Path.Combine(kept, "recordings"), besides),
            Path.GetFullPath(config.Prompts ?? Path.Combine(kept, "prompts"), besides));
    }
}

using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;
using Plateau.Server.Storage;

namespace Plateau.Server.Cli;

/// <summary>plateau keys create | list | revoke: API keys of a tenant, straight in the database.</summary>
internal static class KeysCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = new Option<string>("--config", "-c")
        {
            Description = terminal.Say("Configuration file of the server", "Fichier de configuration du serveur"),
            Required = true, Recursive = true,
        };
        var tenant = new Option<string?>("--tenant")
        {
            Description = terminal.Say("The tenant; may be left out when there is one", "Le client ; facultatif s'il n'y en a qu'un"),
            Recursive = true,
        };
        var command = new Command("keys", terminal.Say("API keys of a tenant", "Clés d'API d'un client")) { config, tenant };
        var place = new KeyPlace(config, tenant, terminal);
        command.Add(CreateCreate(terminal, place));
        command.Add(CreateList(terminal, place));
        command.Add(CreateRevoke(terminal, place));
        return command;
    }

    private static Command CreateCreate(Terminal terminal, KeyPlace place)
    {
        var name = new Argument<string>("NAME") { Description = terminal.Say("What it is for", "À quoi elle sert") };
        var scopes = new Option<ApiScope[]>("--scopes")
        {
            Description = terminal.Say("read, operate, configure", "read, operate, configure"),
            AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [ApiScope.Read],
        };
        var command = new Command("create", terminal.Say(
            "Make a key; it is printed this once", "Créer une clé ; elle n'est écrite que cette fois")) { name, scopes };
        command.SetAction((result, _) => place.Do(result, async db =>
        {
            var now = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
            var (text, row) = ApiKeys.Create(
                db.Tenant, result.GetValue(name)!, result.GetValue(scopes)!, "command line", now);
            db.Add(row);
            await db.SaveChangesAsync();
            terminal.Out.WriteLine(text);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command CreateList(Terminal terminal, KeyPlace place)
    {
        var command = new Command("list", terminal.Say("List keys", "Lister les clés"));
        command.SetAction((result, _) => place.Do(result, async db =>
        {
            foreach (var row in await db.ApiKeys.AsNoTracking().OrderBy(k => k.Created).ToListAsync())
            {
                var state = row.Revoked is null ? string.Empty : terminal.Say(" revoked", " révoquée");
                terminal.Out.WriteLine($"{row.Key}  {row.Created}  {row.Scopes,-24} {row.Name}{state}");
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command CreateRevoke(Terminal terminal, KeyPlace place)
    {
        var key = new Argument<string>("KEY")
        {
            Description = terminal.Say("Its public mark, as listed", "Sa marque publique, comme dans la liste"),
        };
        var command = new Command("revoke", terminal.Say("Revoke a key", "Révoquer une clé")) { key };
        command.SetAction((result, _) => place.Do(result, async db =>
        {
            var wanted = result.GetValue(key)!;
            var row = await db.ApiKeys.AsTracking().SingleOrDefaultAsync(k => k.Key == wanted);
            if (row is null)
            {
                return terminal.Fail(ExitCode.NotFound, $"there is no key '{wanted}'", $"il n'y a pas de clé « {wanted} »");
            }

            row.Revoked ??= Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
            return ExitCode.Ok;
        }));
        return command;
    }
}

/// <summary>Finds the database and the tenant that a command means.</summary>
internal sealed class KeyPlace(Option<string> file, Option<string?> tenant, Terminal terminal)
{
    public async Task<int> Do(ParseResult result, Func<TenantDb, Task<int>> action)
    {
        var path = result.GetValue(file)!;
        var config = ConfigFile.Read(path, terminal, out var exitCode);
        if (config is null)
        {
            return exitCode;
        }

        var name = result.GetValue(tenant);
        var own = config.Tenants.Where(t => name is null || t.Tenant.Value == name).ToList();
        if (own.Count != 1)
        {
            return terminal.Fail(ExitCode.Usage, "name one tenant with --tenant", "nommez un client avec --tenant");
        }

        var folders = ServerFolders.Of(config, Path.GetDirectoryName(Path.GetFullPath(path))!);
        Directory.CreateDirectory(folders.Kept);
        var database = new Database(ServerHost.DatabaseOf(config, folders));
        try
        {
            await database.Migrate();
            await using var db = database.Open(own[0].Tenant);
            return await action(db);
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            return terminal.Fail(ExitCode.Failed, $"the database cannot be reached: {e.Message}",
                $"la base de données est injoignable : {e.Message}");
        }
    }
}

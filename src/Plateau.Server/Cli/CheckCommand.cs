using System.CommandLine;
using System.Text.Json.Schema;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Cli;

/// <summary>plateau check CONFIG: reads a configuration and names every error.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("CONFIG")
        {
            Description = terminal.Say("Configuration file (JSON, comments allowed)",
                "Fichier de configuration (JSON, commentaires admis)"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var schema = new Option<bool>("--schema")
        {
            Description = terminal.Say("Print the JSON schema of the file instead", "Écrire plutôt le schéma JSON du fichier"),
        };
        var command = new Command("check", terminal.Say(
            "Check a configuration file; exit code 3 when it is wrong",
            "Vérifier un fichier de configuration ; code 3 s'il est faux")) { file, schema };
        command.SetAction(result => result.GetValue(schema)
            ? PrintSchema(terminal)
            : Run(result.GetValue(file), terminal));
        return command;
    }

    private static int PrintSchema(Terminal terminal)
    {
        terminal.Out.WriteLine(PlateauJson.Options.GetJsonSchemaAsNode(typeof(ServerConfig)).ToJsonString(
            new(PlateauJson.Options) { WriteIndented = true }));
        return ExitCode.Ok;
    }

    private static int Run(string? file, Terminal terminal)
    {
        if (file is null)
        {
            return terminal.Fail(ExitCode.Usage, "which CONFIG?", "quel CONFIG ?");
        }

        var tenants = ConfigFile.ReadTenants(file, terminal, out var exitCode);
        if (tenants is null)
        {
            return exitCode;
        }

        foreach (var tenant in tenants)
        {
            terminal.Out.WriteLine(terminal.Say(
                $"{tenant.Tenant}: {tenant.Queues.Count} queues, {tenant.Agents.Count} agents, {tenant.Flows.Count} flows, "
                + $"{tenant.EntryPoints.Count} entry points, {tenant.Trunks.Count} trunks, {tenant.Phones.Count} phones",
                $"{tenant.Tenant} : {tenant.Queues.Count} files, {tenant.Agents.Count} agents, {tenant.Flows.Count} scénarios, "
                + $"{tenant.EntryPoints.Count} numéros, {tenant.Trunks.Count} faisceaux, {tenant.Phones.Count} postes"));
        }

        terminal.Out.WriteLine(terminal.Say("no error", "aucune erreur"));
        return ExitCode.Ok;
    }
}

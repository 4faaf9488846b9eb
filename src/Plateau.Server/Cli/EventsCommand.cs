using System.CommandLine;
using System.Net.WebSockets;

namespace Plateau.Server.Cli;

/// <summary>plateau events URL: prints the event stream of a running server, one JSON object a line.</summary>
internal static class EventsCommand
{
    public static Command Create(Terminal terminal)
    {
        var url = new Argument<Uri>("URL")
        {
            Description = terminal.Say("The server, such as http://127.0.0.1:8080", "Le serveur, comme http://127.0.0.1:8080"),
        };
        var key = new Option<string?>("--key")
        {
            Description = terminal.Say("API key; else the variable PLATEAU_KEY", "Clé d'API ; sinon la variable PLATEAU_KEY"),
        };
        var tenant = new Option<string?>("--tenant") { Description = terminal.Say("The tenant", "Le client") };
        var after = new Option<long?>("--after")
        {
            Description = terminal.Say("Go on behind this sequence", "Reprendre après ce numéro"),
        };
        var types = new Option<string?>("--types")
        {
            Description = terminal.Say("Types wanted, with commas", "Types voulus, avec des virgules"),
        };
        var command = new Command("events", terminal.Say(
            "Follow the events of a running server", "Suivre les événements d'un serveur")) { url, key, tenant, after, types };
        command.SetAction((result, stop) => Run(
            terminal, Address(result.GetValue(url)!, result.GetValue(after), result.GetValue(types)),
            result.GetValue(key) ?? Environment.GetEnvironmentVariable("PLATEAU_KEY"), result.GetValue(tenant), stop));
        return command;
    }

    private static Uri Address(Uri server, long? after, string? types)
    {
        var query = new[] { after is null ? null : $"after={after}", types is null ? null : $"types={Uri.EscapeDataString(types)}" };
        return new UriBuilder(server)
        {
            Scheme = server.Scheme == "https" ? "wss" : "ws", Path = "/api/v1/events",
            Query = string.Join('&', query.OfType<string>()),
        }.Uri;
    }

    private static async Task<int> Run(Terminal terminal, Uri address, string? key, string? tenant, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        if (tenant is not null)
        {
            socket.Options.SetRequestHeader(Hosting.ApiGate.TenantHeader, tenant);
        }

        try
        {
            await socket.ConnectAsync(address, stop);
            await Print(terminal, socket, stop);
            return terminal.Fail(ExitCode.Failed,
                $"the server closed the stream: {socket.CloseStatusDescription}",
                $"le serveur a fermé le flux : {socket.CloseStatusDescription}");
        }
        catch (WebSocketException e)
        {
            return terminal.Fail(ExitCode.Failed, e.Message, e.Message);
        }
    }

    private static async Task Print(Terminal terminal, ClientWebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                await terminal.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                message.SetLength(0);
            }
        }
    }
}

return await Plateau.Server.Cli.CommandLine.RunAsync(args, Console.Out, Console.Error);

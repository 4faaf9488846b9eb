using System.ComponentModel;
using System.Diagnostics;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>How a run of an external program ended.</summary>
public enum ProgramEnd
{
    /// <summary>Exit code 0.</summary>
    Succeeded,

    /// <summary>Not installed.</summary>
    Absent,

    /// <summary>Another exit code.</summary>
    Failed,

    /// <summary>Killed because it took too long.</summary>
    TimedOut,

    /// <summary>Killed because it wrote too much.</summary>
    TooMuchOutput,
}

/// <summary>A program that reads standard input and writes standard output; it never sees a shell.</summary>
/// <param name="path">Name or path.</param>
/// <param name="atOnceMax">Runs at a time; others wait.</param>
/// <param name="timeout">Time one run has.</param>
/// <param name="outputBytesMax">Most bytes of output taken.</param>
public sealed class ExternalProgram(string path, int atOnceMax, TimeSpan timeout, int outputBytesMax) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(atOnceMax);

    /// <summary>Runs the program once.</summary>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="input">Written to its standard input, which is then closed.</param>
    /// <param name="cancel">Kills it.</param>
    /// <returns>How it ended and its output, empty unless it succeeded.</returns>
    public async Task<(ProgramEnd End, byte[] Output)> RunAsync(
        IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            using var process = new Process { StartInfo = Describe(arguments) };
            if (!Start(process))
            {
                return (ProgramEnd.Absent, []);
            }

            return await ConverseAsync(process, input, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<(ProgramEnd End, byte[] Output)> ConverseAsync(
        Process process, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            var reading = ReadAsync(process.StandardOutput.BaseStream, limit.Token);
            await WriteAsync(process.StandardInput.BaseStream, input, limit.Token);
            var output = await reading;
            if (output is null)
            {
                return (ProgramEnd.TooMuchOutput, []);
            }

            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? (ProgramEnd.Succeeded, output) : (ProgramEnd.Failed, []);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (ProgramEnd.TimedOut, []);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ProcessStartInfo Describe(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static bool Start(Process process)
    {
        try
        {
            return process.Start();
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task WriteAsync(Stream target, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        try
        {
            await target.WriteAsync(input, cancel);
            await target.DisposeAsync();
        }
        catch (IOException)
        {
            // The program ended without reading all; its exit code tells the rest.
        }
    }

    private async Task<byte[]?> ReadAsync(Stream source, CancellationToken cancel)
    {
        using var output = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await source.ReadAsync(buffer, cancel) is var count and > 0)
        {
            if (output.Length + count > outputBytesMax)
            {
                return null;
            }

            output.Write(buffer, 0, count);
        }

        return output.ToArray();
    }
}

using System.Diagnostics;
using System.Text;

namespace Plateau.IntegrationTests.Peers;

/// <summary>A program of somebody else's, started for a test and ended with it.</summary>
internal sealed class ForeignProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private ForeignProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal int Id => _process.Id;

    internal bool HasExited => _process.HasExited;

    /// <summary>All that the program has printed so far.</summary>
    internal string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Whether Debian's package put the program on this machine; tests skip where it is absent.</summary>
    internal static bool IsInstalled(string program) =>
        new[] { "/usr/bin", "/usr/sbin", "/bin" }.Any(folder => File.Exists(Path.Combine(folder, program)));

    internal static void SkipUnlessInstalled(string program, string package) =>
        Assert.SkipUnless(IsInstalled(program), $"{program} is absent: apt-get install {package}");

    internal static ForeignProcess Start(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["TERM"] = "dumb";
        return new ForeignProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the program has printed the text.</summary>
    internal async Task Printed(string text, TimeSpan limit)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        try
        {
            await seen.Task.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"'{text}' was not printed within {limit.TotalSeconds} s. Printed:\n{Output}");
        }
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    internal async Task<int> Exit(TimeSpan limit)
    {
        using var cancel = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(cancel.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_process.StartInfo.FileName} did not end within {limit.TotalSeconds} s. Printed:\n{Output}");
        }

        return _process.ExitCode;
    }

    internal void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _output.AppendLine(line);
            foreach (var (text, seen) in _awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}

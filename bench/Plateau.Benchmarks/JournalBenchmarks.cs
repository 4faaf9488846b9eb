using BenchmarkDotNet.Attributes;
using Plateau.Contracts;
using Plateau.Core.Calls;
using Plateau.Server.Storage;

namespace Plateau.Benchmarks;

/// <summary>What it costs to journal: the JSON and its frame, the write, and the forcing to the disk.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class JournalBenchmarks
{
    private static readonly LegOffered Input = new(
        new LegId(123_456_789), "+33199001234", "+33199005678", new TrunkId("carrier"), null);

    private readonly FrameBuffer _frames = new();
    private string _folder = string.Empty;
    private JournalWriter? _journal;
    private long _next = 1;

    /// <summary>Inputs that are journalled together.</summary>
    [Params(1, 32)]
    public int Batch { get; set; }

    /// <summary>Begins a journal.</summary>
    [GlobalSetup]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("plateau-bench-").FullName;
        var header = new JournalHeader(JournalHeader.Form, new TenantId("bench"), 1, 1, 1, 0, 1, 1);
        _journal = JournalWriter.Begin(_folder, header, []);
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void End()
    {
        _journal?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>JSON, checksum and frame only.</summary>
    [Benchmark(Baseline = true)]
    public int Encode()
    {
        Fill();
        return _frames.Length;
    }

    /// <summary>Mode write: safe from the death of the process.</summary>
    [Benchmark]
    public void Write()
    {
        Fill();
        _journal!.Write(_frames.Bytes, _next);
    }

    /// <summary>Mode flush: safe from a power cut.</summary>
    [Benchmark]
    public void WriteAndFlush()
    {
        Write();
        _journal!.Flush();
    }

    private void Fill()
    {
        _frames.Clear();
        for (var i = 0; i < Batch; i++)
        {
            _frames.Add(new JournalEntry(_next++, new Instant(1_700_000_000_000_000 + _next), Input));
        }
    }
}

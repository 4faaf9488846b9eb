using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Recording;
using Plateau.Server.Telephony;
using static Plateau.IntegrationTests.Telephony.MediaFloor;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>What is on disk after a recorded call.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData("PCMA", "PCMA")]
    [InlineData("PCMA", "G722")]
    [InlineData("G722", "PCMU")]
    public async Task A_recording_has_the_customer_left_the_agent_right_and_a_hole_where_it_paused(
        string first, string second)
    {
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Named(first), 440, LegRole.Customer);
        floor.Join(Named(second), 1_000, LegRole.Agent);
        await customer.HearAsync(TimeSpan.FromMilliseconds(300));

        leg.StartRecording(new RecordingId(7), "2026/11/22/seven.wav", new RecordingOptions());
        await customer.HearAsync(TimeSpan.FromSeconds(1.5), 0);
        leg.PauseRecording();
        await customer.HearAsync(TimeSpan.FromSeconds(1), 0);
        leg.ResumeRecording();
        await customer.HearAsync(TimeSpan.FromSeconds(1.5), 0);
        leg.StopRecording();
        var stored = (await floor.NextAsync<RecordingStored>()).Recording;

        var bytes = await File.ReadAllBytesAsync(Path.Combine(floor.Folder, stored.Path), TestContext.Current.CancellationToken);
        Assert.Equal((new RecordingId(7), "2026/11/22/seven.wav"), (stored.Recording, stored.Path));
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (stored.Bytes, stored.Sha256));
        Assert.InRange(stored.Duration.TotalSeconds, 3.7, 4.6);
        Assert.Empty(Directory.GetFiles(floor.Folder, "*.part", SearchOption.AllDirectories));
        var audio = WavParser.Parse(bytes, out _)!;
        Assert.Equal(2, audio.Channels);
        AssertSides(audio);
    }

    [Fact]
    public async Task Closing_the_leg_completes_its_recording()
    {
        await using var floor = new MediaFloor();
        var (caller, leg) = floor.Connect(Codec.Pcmu);
        caller.SayTone(440);
        leg.StartRecording(new RecordingId(1), "message.wav", new RecordingOptions { IsMono = true });
        await floor.NextAsync<Media.Mixing.MediaStarted>();
        var quality = await leg.CloseAsync();

        var stored = (await floor.NextAsync<RecordingStored>()).Recording;

        Assert.True(stored.IsMessage);
        Assert.True(quality.PacketsReceived > 0);
        Assert.True(File.Exists(Path.Combine(floor.Folder, "message.wav")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_fails_the_recording_and_not_the_call()
    {
        await using var floor = new MediaFloor();
        var (customer, leg) = floor.Join(Codec.Pcma, 440, LegRole.Customer);
        floor.Join(Codec.Pcma, 1_000, LegRole.Agent);
        await File.WriteAllTextAsync(Path.Combine(floor.Folder, "taken"), "x", TestContext.Current.CancellationToken);

        leg.StartRecording(new RecordingId(3), "taken/r.wav", new RecordingOptions());
        var failed = await floor.NextAsync<RecordingFailed>();

        Assert.Equal(new RecordingId(3), failed.Recording);
        Assert.True(Level(await customer.HearAsync(TimeSpan.FromSeconds(1)), 1_000, Codec.Pcma) > -20);
    }

    [Fact]
    public void What_a_crash_left_open_is_completed_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("plateau-repair-").FullName;
        var format = new WavHeader(WavEncoding.ALaw, 8_000, 2);
        var start = new RecordingStart(
            new RecordingId(1), new LegId(1), "a/open.wav", format, false, Instant.Epoch);
        using (var file = new RecordingFile(folder, start))
        {
            file.Append(new byte[32_001]); // Torn in the middle of a sample.
        }

        File.WriteAllBytes(Path.Combine(folder, "empty.wav.part"), []);

        var repaired = Assert.Single(RecordingRepair.Repair(folder, NullLogger.Instance));

        var bytes = File.ReadAllBytes(Path.Combine(folder, "a/open.wav"));
        Assert.Equal(("a/open.wav", 32_058L), (repaired.Path, repaired.Bytes));
        Assert.Equal(2, repaired.Duration.TotalSeconds, 3);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), repaired.Sha256);
        Assert.Equal(16_000, WavParser.Parse(bytes, out _)!.Samples.Length / 2);
        Assert.Empty(Directory.GetFiles(folder, "*.part", SearchOption.AllDirectories));
        Assert.Empty(RecordingRepair.Repair(folder, NullLogger.Instance));
        Directory.Delete(folder, true);
    }

    private static void AssertSides(WavAudio audio)
    {
        var left = audio.Samples.Where((_, i) => i % 2 == 0).ToArray();
        var right = audio.Samples.Where((_, i) => i % 2 == 1).ToArray();
        var rate = audio.SampleRateHz;
        foreach (var from in new[] { 0.2, 3.0 })
        {
            var at = (int)(from * rate);
            Assert.InRange(ToneLevel(left, at, rate, 440), -19, -14);
            Assert.InRange(ToneLevel(right, at, rate, 1_000), -19, -14);
            Assert.InRange(ToneLevel(left, at, rate, 1_000), -127, -55);
            Assert.InRange(ToneLevel(right, at, rate, 440), -127, -55);
        }

        // The pause lasted a second; its edges fall on ticks that this test does not know exactly.
        var silent = Enumerable.Range(0, left.Length).Count(i => Math.Abs((int)left[i]) <= 8 && Math.Abs((int)right[i]) <= 8);
        Assert.InRange(silent, 0.85 * rate, 1.4 * rate);
    }

    private static double ToneLevel(short[] pcm, int at, int rateHz, double frequencyHz) =>
        Media.Detection.ToneMeter.MeasureDbov(pcm.AsSpan(at, rateHz / 2), frequencyHz, rateHz);

    private static Codec Named(string name) => Codec.All.Single(c => c.Name == name);
}

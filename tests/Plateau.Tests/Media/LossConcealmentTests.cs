using Plateau.Contracts;
using Plateau.Media.Codecs;

namespace Plateau.Tests.Media;

public sealed class LossConcealmentTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    public void A_voice_with_losses_is_nearer_to_the_original_than_with_gaps(int rateHz)
    {
        var frame = rateHz / 50;
        var voice = Signal.Voice(6, rateHz, 20_000, rateHz * 20);
        var concealed = (short[])voice.Clone();
        var gapped = (short[])voice.Clone();
        var concealment = new LossConcealment(rateHz);
        var chance = new Prng(8);
        for (var i = 0; i < voice.Length; i += frame)
        {
            if (chance.NextUnit() < 0.05)
            {
                concealment.Conceal(concealed.AsSpan(i, frame));
                gapped.AsSpan(i, frame).Clear();
            }
            else
            {
                concealment.Heard(concealed.AsSpan(i, frame));
            }
        }

        Assert.InRange(Error(voice, concealed) / Error(voice, gapped), 0, 0.8);
    }

    [Fact]
    public void A_tone_goes_on_through_a_lost_frame_without_a_click()
    {
        var tone = Signal.Sine(160, 8_000, 10_000, 1_600);
        var heard = (short[])tone.Clone();
        var concealment = new LossConcealment(8_000);
        concealment.Heard(heard.AsSpan(0, 800));
        concealment.Conceal(heard.AsSpan(800, 160));
        concealment.Heard(heard.AsSpan(960, 640));
        var largest = Steps(tone).Max();
        Assert.InRange(Steps(heard).Max(), 0, largest * 1.5);
        Assert.InRange(Signal.SineToNoiseDb(heard, 160, 8_000), 20, 200);
    }

    [Fact]
    public void Before_anything_was_heard_a_loss_is_silence()
    {
        var pcm = Signal.Noise(1, 1_000, 160);
        new LossConcealment(8_000).Conceal(pcm);
        Assert.All(pcm, s => Assert.Equal(0, s));
    }

    [Fact]
    public void Concealment_ends_with_the_first_good_frame()
    {
        var concealment = new LossConcealment(8_000);
        concealment.Heard(Signal.Sine(200, 8_000, 8_000, 480));
        concealment.Conceal(new short[160]);
        Assert.True(concealment.IsConcealing);
        concealment.Heard(new short[160]);
        Assert.False(concealment.IsConcealing);
    }

    private static double Error(short[] original, short[] other) =>
        original.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum();

    private static IEnumerable<int> Steps(short[] pcm) => pcm.Skip(1).Zip(pcm, (b, a) => Math.Abs(b - a));
}

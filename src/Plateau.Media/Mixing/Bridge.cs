using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Dtmf;
using Plateau.Media.Recording;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>Where the media of several legs meet.</summary>
/// <remarks>
/// Two legs with the same codec that only want to hear each other are forwarded: payloads pass untouched, at once.
/// Everything else is mixed, in 20 ms steps: each listener gets the sum of those whom <see cref="HearingTable"/> lets
/// him hear, built from these alone, so that nothing of the others can be in it, not even by rounding. One thread.
/// </remarks>
public sealed class Bridge
{
    private readonly MediaLeg[] _parties = new MediaLeg[Limits.PartiesMax];
    private static readonly short[] Silence = new short[CodecLimits.FrameSamplesMax];

    private readonly MediaLeg[] _speakers = new MediaLeg[Limits.PartiesMax];
    private readonly int[] _sum = new int[CodecLimits.FrameSamplesMax];
    private readonly short[] _mix = new short[CodecLimits.FrameSamplesMax];
    private int _count;

    /// <summary>An empty bridge.</summary>
    internal Bridge(BridgeId id) => Id = id;

    /// <summary>The bridge.</summary>
    public BridgeId Id { get; }

    /// <summary>The legs in it, in the order in which they joined.</summary>
    public ReadOnlySpan<MediaLeg> Parties => _parties.AsSpan(0, _count);

    /// <summary>Whether packets pass untouched, as against being mixed.</summary>
    public bool IsForwarding { get; private set; }

    /// <summary>Lets a leg in.</summary>
    /// <returns>False when <see cref="Limits.PartiesMax"/> are in it already.</returns>
    internal bool Add(MediaLeg leg)
    {
        if (_count == _parties.Length)
        {
            return false;
        }

        _parties[_count++] = leg;
        leg.Bridge = this;
        Reconsider();
        return true;
    }

    /// <summary>Lets a leg out.</summary>
    internal void Remove(MediaLeg leg)
    {
        var index = Array.IndexOf(_parties, leg, 0, _count);
        if (index >= 0)
        {
            Array.Copy(_parties, index + 1, _parties, index, _count - index - 1);
            _parties[--_count] = null!;
            leg.Bridge = null;
            leg.In.Flush();
            Reconsider();
        }
    }

    /// <summary>Decides again between forwarding and mixing; call it after anything that matters has changed.</summary>
    internal void Reconsider()
    {
        var forwards = _count == 2 && MayForward(_parties[0], _parties[1]) && MayForward(_parties[1], _parties[0]);
        if (forwards && !IsForwarding)
        {
            _parties[0].In.Flush();
            _parties[1].In.Flush();
        }

        IsForwarding = forwards;
    }

    /// <summary>Passes an audio packet on, when this bridge forwards.</summary>
    internal void Forward(MediaLeg from, in RtpPacket packet, Span<byte> bytes)
    {
        if (!IsForwarding)
        {
            return;
        }

        var to = _parties[0] == from ? _parties[1] : _parties[0];
        to.TapPayload(RecordingSide.Others, from, packet, bytes);
        if (!to.IsSendingDigits && from.In.Codec == to.Config!.Codec)
        {
            to.Out.Forward(bytes, packet, to.Config.PayloadType);
        }
    }

    /// <summary>Passes a telephone-event packet on, when this bridge forwards and the other side takes such.</summary>
    internal void ForwardEvent(MediaLeg from, in RtpPacket packet, Span<byte> bytes)
    {
        if (IsForwarding && Other(from) is { IsSendingDigits: false, Config.SendEventPayloadType: { } type } to)
        {
            to.Out.Forward(bytes, packet, type);
        }
    }

    /// <summary>Repeats a key to the other side of a mixed call; in a conference keys stay with the one who
    /// pressed.</summary>
    internal void RelayDigit(MediaLeg from, DtmfSignal signal)
    {
        if (IsForwarding || from.IsMuted)
        {
            return;
        }

        MediaLeg? other = null;
        foreach (var party in Parties)
        {
            if (party != from && party.Role != LegRole.Supervisor)
            {
                if (other is not null)
                {
                    return;
                }

                other = party;
            }
        }

        if (other is { Config.SendEventPayloadType: not null } && from.Role != LegRole.Supervisor)
        {
            other.RelayDigit(signal.Digit, signal.DurationMs);
        }
    }

    /// <summary>One tick of all its legs.</summary>
    internal void Tick(Instant now, long frameNumber)
    {
        if (IsForwarding)
        {
            _parties[0].SendOwnDigits();
            _parties[1].SendOwnDigits();
            return;
        }

        var rateHz = MixRateHz();
        for (var i = 0; i < _count; i++)
        {
            _parties[i].ReadForMix(now, rateHz);
        }

        // Playing may end in here and so change the mode; the legs stay the same.
        for (var i = 0; i < _count; i++)
        {
            var listener = _parties[i];
            var mix = Mix(listener, rateHz);
            listener.TapFrame(RecordingSide.Own, listener.MixFrame, rateHz);
            if (!mix.IsEmpty)
            {
                listener.TapFrame(RecordingSide.Others, mix, rateHz);
            }

            listener.SendHeard(frameNumber, mix, rateHz);
        }
    }

    private MediaLeg? Other(MediaLeg leg) => _count != 2 ? null : _parties[0] == leg ? _parties[1] : _parties[0];

    /// <summary>16 kHz when at least two legs gain by it.</summary>
    private int MixRateHz()
    {
        var wide = 0;
        foreach (var party in Parties)
        {
            wide += party.Config is { Codec.SampleRateHz: > 8_000 } ? 1 : 0;
        }

        return wide >= 2 ? 16_000 : 8_000;
    }

    /// <summary>The sum of those the listener hears; empty when there is nobody, silence when all of them are
    /// muted.</summary>
    private ReadOnlySpan<short> Mix(MediaLeg listener, int rateHz)
    {
        var count = 0;
        var isAnyMuted = false;
        foreach (var speaker in Parties)
        {
            if (speaker != listener && HearingTable.Hears(listener.Role, speaker.Role, speaker.Mode))
            {
                isAnyMuted |= speaker.IsMuted;
                _speakers[count] = speaker;
                count += speaker.IsMuted ? 0 : 1;
            }
        }

        var samples = rateHz / CodecLimits.FramesPerSecond;
        return count switch
        {
            0 when !isAnyMuted => [],
            0 => Silence.AsSpan(0, samples),
            1 => _speakers[0].MixFrame,
            _ => Sum(_speakers.AsSpan(0, count), samples),
        };
    }

    private ReadOnlySpan<short> Sum(ReadOnlySpan<MediaLeg> speakers, int samples)
    {
        var sum = _sum.AsSpan(0, samples);
        sum.Clear();
        foreach (var speaker in speakers)
        {
            Pcm.Accumulate(sum, speaker.MixFrame);
        }

        var mix = _mix.AsSpan(0, samples);
        Pcm.SumWithout(sum, [], mix);
        return mix;
    }

    /// <summary>Whether all that one leg says may pass to the other one as it is.</summary>
    private static bool MayForward(MediaLeg from, MediaLeg to) =>
        from.Config is { Direction: MediaDirection.Both } && to.Config is { Direction: MediaDirection.Both }
        && from.Config.Codec == to.Config.Codec
        && HearingTable.Hears(to.Role, from.Role, from.Mode)
        && !from.IsMuted && !from.IsPlaying && !from.NeedsAudio;
}

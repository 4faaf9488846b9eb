using System.Threading.Channels;
using Plateau.Contracts;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Sip;
using Plateau.Sip.Sdp;

namespace Plateau.Server.Telephony.Softphones;

/// <summary>One call of a softphone. Any thread may call; everything is done on the bank's thread.</summary>
internal sealed class SoftphoneCall
{
    private readonly SoftphoneBank _bank;
    private readonly Channel<SoftphoneEvent> _events = Channel.CreateUnbounded<SoftphoneEvent>();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Ended> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SoftphoneCall(SoftphoneBank bank, RtpLeg media, string user, string party)
    {
        _bank = bank;
        Media = media;
        User = user;
        Party = party;
    }

    /// <summary>The softphone's account or number.</summary>
    internal string User { get; }

    /// <summary>The other side, as shown.</summary>
    internal string Party { get; }

    /// <summary>What happens, in order, until <see cref="Ended"/>.</summary>
    internal ChannelReader<SoftphoneEvent> Events => _events.Reader;

    /// <summary>Completes when both sides are connected; is cancelled when the call ends before.</summary>
    internal Task WhenConnected => _connected.Task;

    /// <summary>Completes at the end.</summary>
    internal Task<Ended> WhenEnded => _ended.Task;

    /// <summary>The call's media.</summary>
    internal RtpLeg Media { get; }

    /// <summary>The SIP leg; on the bank's thread.</summary>
    internal SipLegId Leg { get; set; }

    /// <summary>Our offer, while an answer is due; on the bank's thread.</summary>
    internal SdpSession? Offer { get; set; }

    /// <summary>The caller's offer, until we answer; on the bank's thread.</summary>
    internal ReadOnlyMemory<byte> RemoteOffer { get; set; }

    /// <summary>What we brought to offer or answer; on the bank's thread.</summary>
    internal SdpLocal? Local { get; set; }

    /// <summary>Tells the caller that it rings.</summary>
    internal void Ring() => _bank.Do(this, new SipRing());

    /// <summary>Picks up.</summary>
    internal void Answer() => _bank.Answer(this);

    /// <summary>Refuses.</summary>
    internal void Reject(int status = 486) => _bank.Do(this, new SipReject(status));

    /// <summary>Ends the call in whatever state it is.</summary>
    internal void HangUp() => _bank.Do(this, new SipHangUp());

    /// <summary>Speaks clips into the call, one after the other.</summary>
    internal void Say(IReadOnlyList<AudioClip> clips, bool again = false) =>
        Media.Play(clips, new PlayOptions { Playback = new PlaybackId(1), IsLooped = again });

    /// <summary>Sends keys.</summary>
    internal void SendDigits(string digits) => Media.SendDigits(digits);

    /// <summary>Records to a WAV below the recordings folder what is heard; what is played into the call is not
    /// kept.</summary>
    /// <param name="path">Ends in .wav.</param>
    /// <param name="isMono">One channel; else what is heard is the left one and the right one is silent.</param>
    internal void Record(string path, bool isMono = false) =>
        Media.StartRecording(new RecordingId(Media.Id.Value), path, new RecordingOptions { IsMono = isMono });

    /// <summary>Reports <see cref="SpeechHeard"/> from now on.</summary>
    /// <param name="silence">Pause after which speech counts as ended.</param>
    internal void ListenForSpeech(TimeSpan silence) => Media.Watch(new LegWatch { SpeechSilence = silence });

    internal void Tell(SoftphoneEvent happened)
    {
        _events.Writer.TryWrite(happened);
        switch (happened)
        {
            case Connected:
                _connected.TrySetResult();
                break;
            case Ended ended:
                _connected.TrySetCanceled();
                _ended.TrySetResult(ended);
                _events.Writer.TryComplete();
                break;
        }
    }
}

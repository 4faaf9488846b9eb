using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Ivr;

namespace Plateau.Core.Calls;

/// <summary>Messages left by the customer.</summary>
internal sealed partial class CallMachine
{
    private RecordingId? _message;
    private string _mailbox = string.Empty;
    private TimeSpan _messageMax;
    private TimeSpan _messageSilence;
    private bool _isBeepWanted;

    private void BeginVoicemail(string mailbox, TimeSpan lengthMax, TimeSpan silenceMax, bool isBeepWanted)
    {
        (_mailbox, _messageMax, _messageSilence, _isBeepWanted) = (mailbox, lengthMax, silenceMax, isBeepWanted);
        State = CallState.Voicemail;
        PauseRecordingOfWait();
        AnswerCustomer();
        if (Customer!.IsUp)
        {
            BeginMessage();
        }
    }

    private void BeginMessage()
    {
        if (_message is not null)
        {
            return;
        }

        var leg = Customer!;
        LeaveBridge(leg);
        leg.Enter(SegmentKind.Voicemail, Now, null, _mailbox);
        if (_isBeepWanted)
        {
            _context.Emit(new PlayTone(leg.Id, LegTone.Beep));
        }

        _message = new RecordingId(_context.NextId());
        _recordingsPending++;
        _context.Emit(new RecordMessage(Id, _message.Value, leg.Id, _messageMax, _messageSilence));
    }

    /// <summary>Ends the message now; <see cref="RecordingFinished"/> follows.</summary>
    private void StopVoicemail()
    {
        if (_message is { } message)
        {
            _context.Emit(new StopRecording(Id, message));
        }
    }

    private void OnMessageFinished(RecordingRecord recording)
    {
        if (recording.Recording != _message)
        {
            return;
        }

        _message = null;
        if (recording.Duration > TimeSpan.Zero)
        {
            _context.Publish(new MessageLeft(Id, recording.Recording, _mailbox));
        }

        if (State != CallState.Voicemail)
        {
            return;
        }

        if (_flow is { IsOver: false })
        {
            State = CallState.Ivr;
            Customer!.Enter(SegmentKind.Ivr, Now);
            Feed(new FlowMessageRecorded(recording.Duration));
            return;
        }

        ClearAll(ClearingCause.Normal, ClearingSide.System);
    }
}

using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Calls;

/// <summary>Why a recording keeps nothing at the moment; it goes on when no reason is left.</summary>
[Flags]
internal enum RecordingPause
{
    None = 0,

    /// <summary>An agent or supervisor paused it: belongs to the call and survives every transfer.</summary>
    Requested = 1,

    /// <summary>The customer waits or is in a flow: nobody talks.</summary>
    NobodyTalks = 2,

    /// <summary>The flow collects something secret.</summary>
    Secret = 4,
}

/// <summary>Recording of the conversation by the queue's policy and by request.</summary>
internal sealed partial class CallMachine
{
    private readonly Deadline _recordingResume;
    private readonly List<RecordingRecord> _recordings = [];
    private RecordingId? _recording;
    private RecordingPause _pauses;
    private int _recordingsPending;

    internal bool IsRecordingPaused => _recording is not null && _pauses != RecordingPause.None;

    internal RecordingId? Recording => _recording;

    internal RequestError? ControlRecording(RecordingAction action)
    {
        if (QueueConfigOf(Queue)?.Recording == RecordingPolicy.Never)
        {
            return RequestError.NotAllowed;
        }

        switch (action)
        {
            case RecordingAction.Start when _recording is null && State == CallState.Talking:
                StartRecording();
                return null;
            case RecordingAction.Pause when _recording is not null:
                SetPause(RecordingPause.Requested, true);
                _context.Set(_recordingResume, Limits.RecordingPauseMax);
                return null;
            case RecordingAction.Resume when _recording is not null && _pauses.HasFlag(RecordingPause.Requested):
                OnRecordingPauseEnds();
                return null;
            case RecordingAction.Stop when _recording is not null:
                StopRecording();
                return null;
            default:
                return RequestError.WrongState;
        }
    }

    internal void OnRecordingFinished(RecordingRecord recording)
    {
        if (_recordings.Exists(r => r.Recording == recording.Recording) || State == CallState.Recorded)
        {
            return;
        }

        if (recording.Bytes > 0)
        {
            _recordings.Add(recording);
        }

        if (_recording == recording.Recording)
        {
            // Ended by itself: disk full, customer's leg lost.
            _recording = null;
        }
        else if (_recordingsPending > 0)
        {
            _recordingsPending--;
        }

        OnMessageFinished(recording);
        Report(isForced: false);
    }

    private void BeginRecordingByPolicy()
    {
        if (_recording is not null)
        {
            SetPause(RecordingPause.NobodyTalks, false);
        }
        else if (QueueConfigOf(Queue)?.Recording == RecordingPolicy.Always)
        {
            StartRecording();
        }
    }

    private void StartRecording()
    {
        _recording = new RecordingId(_context.NextId());
        _pauses &= RecordingPause.Secret;
        _context.Emit(new StartRecording(Id, _recording.Value, Customer!.Id));
        _context.Publish(new RecordingChanged(Id, _recording.Value, RecordingState.Recording));
        if (_pauses != RecordingPause.None)
        {
            _context.Emit(new PauseRecording(Id, _recording.Value));
        }
    }

    private void StopRecording()
    {
        if (_recording is not { } recording)
        {
            return;
        }

        _recording = null;
        _pauses = RecordingPause.None;
        _recordingsPending++;
        _context.Clear(_recordingResume);
        _context.Emit(new StopRecording(Id, recording));
        _context.Publish(new RecordingChanged(Id, recording, RecordingState.Stopped));
    }

    private void PauseRecordingOfWait() => SetPause(RecordingPause.NobodyTalks, true);

    private void ResumeRecordingAfterMove() => SetPause(RecordingPause.NobodyTalks, false);

    private void MaskRecording(bool masked) => SetPause(RecordingPause.Secret, masked);

    private void OnRecordingPauseEnds()
    {
        _context.Clear(_recordingResume);
        SetPause(RecordingPause.Requested, false);
    }

    private void SetPause(RecordingPause reason, bool isSet)
    {
        var before = _pauses;
        _pauses = isSet ? _pauses | reason : _pauses & ~reason;
        if (_recording is not { } recording || (before == RecordingPause.None) == (_pauses == RecordingPause.None))
        {
            return;
        }

        var isPaused = _pauses != RecordingPause.None;
        _context.Emit(isPaused ? new PauseRecording(Id, recording) : new ResumeRecording(Id, recording));
        _context.Publish(new RecordingChanged(
            Id, recording, isPaused ? RecordingState.Paused : RecordingState.Recording));
    }
}

namespace Plateau.Server.Telephony;

/// <summary>Log events of the data plane: 31000 to 31999. Never per packet.</summary>
internal static partial class RtpLog
{
    [LoggerMessage(31000, LogLevel.Critical, "A tick of the data plane failed; the next one goes on")]
    internal static partial void TickFailed(ILogger log, Exception error);

    [LoggerMessage(31001, LogLevel.Error, "Recording {Path} cannot be written and is given up")]
    internal static partial void RecordingGivenUp(ILogger log, string path, Exception error);

    [LoggerMessage(31002, LogLevel.Warning, "Recording {Path} was left open by a crash and has been completed")]
    internal static partial void RecordingRepaired(ILogger log, string path);
}

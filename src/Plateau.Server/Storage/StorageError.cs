namespace Plateau.Server.Storage;

/// <summary>What can be wrong with what is kept on disk.</summary>
public enum StorageError
{
    /// <summary>A journal or outbox file is damaged before its end; the file is left as it is.</summary>
    DamagedMiddle,

    /// <summary>Entries are missing between two files or two entries.</summary>
    EntriesMissing,

    /// <summary>An entry has a form that this version does not know.</summary>
    UnknownForm,

    /// <summary>An entry is larger than the limit.</summary>
    EntryTooLarge,

    /// <summary>The folder belongs to another tenant.</summary>
    WrongTenant,
}

/// <summary>A named error of what is kept on disk; somebody has to look at it.</summary>
/// <param name="error">Which.</param>
/// <param name="detail">File, offset, what was found.</param>
/// <param name="inner">What failed underneath, if anything.</param>
public sealed class StorageException(StorageError error, string detail, Exception? inner = null)
    : IOException($"{error}: {detail}", inner)
{
    /// <summary>Which error.</summary>
    public StorageError Error { get; } = error;
}

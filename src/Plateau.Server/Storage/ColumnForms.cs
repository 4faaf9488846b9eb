using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Plateau.Contracts;

namespace Plateau.Server.Storage;

/// <summary>
/// How our types look in columns: ids as their text, instants as microseconds since 1970, enums by name.
/// </summary>
internal static class ColumnForms
{
    internal static void Configure(ModelConfigurationBuilder model)
    {
        model.Properties<Instant>().HaveConversion<InstantForm>();
        model.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        Id<TenantId>(model);
        Id<AgentId>(model);
        Id<QueueId>(model);
        Id<FlowId>(model);
        Id<PromptId>(model);
        Id<TrunkId>(model);
        Id<NotReadyReasonId>(model);
        Id<DispositionId>(model);
        Id<CallId>(model);
        Id<LegId>(model);
        Id<OfferId>(model);
        Id<RecordingId>(model);
    }

    private static void Id<T>(ModelConfigurationBuilder model)
        where T : struct, IId<T> => model.Properties<T>().HaveConversion<IdForm<T>>().HaveMaxLength(64);

    /// <summary>Instants are whole microseconds, so both databases sort, compare and subtract them alike.</summary>
    private sealed class InstantForm()
        : ValueConverter<Instant, long>(static i => i.Microseconds, static m => new Instant(m));

    private sealed class IdForm<T>() : ValueConverter<T, string>(static id => id.ToString()!, static t => Read(t))
        where T : struct, IId<T>
    {
        private static T Read(string text) => T.TryParse(text, out var id)
            ? id
            : throw new InvalidDataException($"The database holds '{text}', which is no {typeof(T).Name}.");
    }
}

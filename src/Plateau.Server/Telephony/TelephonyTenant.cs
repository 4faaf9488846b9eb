using System.Text.Json;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.Server.Telephony;

/// <summary>What telephony knows of one tenant.</summary>
/// <param name="Config">Trunks and phones; replaced whole.</param>
/// <param name="Post">Hands an input to the centre; false when it takes no more.</param>
/// <param name="Prompts">What its callers hear; null where nothing is ever played.</param>
internal sealed record TelephonyTenant(CentreConfig Config, Func<CentreInput, bool> Post, PromptStore? Prompts)
{
    /// <summary>Who.</summary>
    internal TenantId Id => Config.Tenant;

    /// <summary>Whether two settings say the same; records compare their lists as objects only.</summary>
    internal static bool AreSame<T>(T left, T right) => ReferenceEquals(left, right)
        || JsonSerializer.Serialize(left, PlateauJson.Options) == JsonSerializer.Serialize(right, PlateauJson.Options);
}

namespace Plateau.IntegrationTests.Calls;

/// <summary>Tests with real audio run one after the other: two processors cannot keep time for all of them at
/// once.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CallsCollection
{
    internal const string Name = "calls";
}

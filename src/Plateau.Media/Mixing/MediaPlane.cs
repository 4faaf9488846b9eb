using Plateau.Contracts;
using Plateau.Contracts.Calls;

namespace Plateau.Media.Mixing;

/// <summary>All legs and bridges of one data-plane thread, moved on by one tick of 20 ms at a time.</summary>
/// <remarks>
/// A bridge exists as long as a leg is in it. Order of a tick: the driver gives each leg the packets that came, runs
/// the
/// requests that came, then calls <see cref="Tick"/>. One thread.
/// </remarks>
public sealed class MediaPlane
{
    private readonly List<MediaLeg> _legs = [];
    private readonly List<Bridge> _bridges = [];
    private readonly Dictionary<BridgeId, Bridge> _bridgeById = [];
    private long _frameNumber;

    /// <summary>The legs, in no particular order.</summary>
    public IReadOnlyList<MediaLeg> Legs => _legs;

    /// <summary>The bridges with legs in them.</summary>
    public IReadOnlyList<Bridge> Bridges => _bridges;

    /// <summary>Takes a leg in.</summary>
    public void Add(MediaLeg leg) => _legs.Add(leg);

    /// <summary>Lets a leg out, of its bridge too; it is not closed and may go to another plane.</summary>
    public void Remove(MediaLeg leg)
    {
        Leave(leg);
        var index = _legs.IndexOf(leg);
        if (index >= 0)
        {
            _legs[index] = _legs[^1];
            _legs.RemoveAt(_legs.Count - 1);
        }
    }

    /// <summary>Lets a leg take part in a bridge, which comes to be if need be; it leaves any other one
    /// first.</summary>
    /// <remarks>Music and tones played without an id end, for what was waited for has come; prompts go on.</remarks>
    /// <param name="leg">A leg of this plane.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="role">What the leg is to the call.</param>
    /// <param name="mode">For supervisors: how they take part.</param>
    /// <returns>False when the bridge is full; the leg is then in none.</returns>
    public bool Join(MediaLeg leg, BridgeId bridge, LegRole role, MonitorMode? mode)
    {
        leg.Role = role;
        leg.Mode = mode;
        leg.StopWaitingAudio();
        if (leg.Bridge is { } current)
        {
            if (current.Id == bridge)
            {
                current.Reconsider();
                return true;
            }

            Leave(leg);
        }

        if (!_bridgeById.TryGetValue(bridge, out var target))
        {
            target = new Bridge(bridge);
            _bridgeById.Add(bridge, target);
            _bridges.Add(target);
        }

        return target.Add(leg);
    }

    /// <summary>Takes a leg out of its bridge, if it is in one.</summary>
    public void Leave(MediaLeg leg)
    {
        if (leg.Bridge is not { } bridge)
        {
            return;
        }

        bridge.Remove(leg);
        if (bridge.Parties.IsEmpty)
        {
            _bridgeById.Remove(bridge.Id);
            _bridges.Remove(bridge);
        }
    }

    /// <summary>Moves everything on by 20 ms.</summary>
    public void Tick(Instant now)
    {
        _frameNumber++;
        for (var i = 0; i < _legs.Count; i++)
        {
            _legs[i].BeginTick(now);
        }

        for (var i = 0; i < _bridges.Count; i++)
        {
            _bridges[i].Tick(now, _frameNumber);
        }

        for (var i = 0; i < _legs.Count; i++)
        {
            if (_legs[i].Bridge is null)
            {
                _legs[i].TickAlone(now, _frameNumber);
            }

            _legs[i].EndTick();
        }
    }
}

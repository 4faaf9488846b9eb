using Plateau.Contracts;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Shares calls out by percentage; the same call always takes the same branch.</summary>
internal sealed class DistributeNode(IReadOnlyList<DistributeShare> shares, ulong salt) : FlowNode
{
    internal static DistributeNode Read(NodeReader reader)
    {
        var shares = new List<DistributeShare>();
        var elements = reader.Array("shares", isRequired: true);
        for (var i = 0; i < elements.Count; i++)
        {
            if (reader.Inside($"shares.{i}", elements[i]) is { } inside)
            {
                shares.Add(new DistributeShare(inside.Whole("percent", 0, 0, 100), inside.Next()));
                inside.FailUnknown();
            }
        }

        if (elements.Count > 0 && shares.Sum(share => share.Percent) != 100)
        {
            reader.Fail("shares", "must add up to 100 percent");
        }

        return new DistributeNode(shares, Hash(reader.OptionalText("salt") ?? string.Empty));
    }

    internal override FlowMove Enter(FlowState state)
    {
        var draw = new Prng(state.Caller.Call.Value ^ salt).NextBelow(100);
        var sum = 0;
        foreach (var share in shares)
        {
            sum += share.Percent;
            if (draw < sum)
            {
                return FlowMove.GoTo(share.Next, $"{share.Percent} %");
            }
        }

        return FlowMove.GoTo(shares[^1].Next); // The shares add up to 100, so the draw always falls into one.
    }

    /// <summary>FNV-1a, 64 bits, so that two nodes with different salts draw independently.</summary>
    private static ulong Hash(string text)
    {
        unchecked
        {
            var hash = 14_695_981_039_346_656_037;
            foreach (var c in text)
            {
                hash = (hash ^ c) * 1_099_511_628_211;
            }

            return hash;
        }
    }
}

/// <summary>A share of the calls and where it goes.</summary>
internal readonly record struct DistributeShare(int Percent, string Next);

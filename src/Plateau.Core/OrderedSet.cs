using System.Diagnostics.CodeAnalysis;

namespace Plateau.Core;

/// <summary>A set in the order of its comparison that knows the rank of each item; add, remove and rank cost O(log
/// n).</summary>
/// <typeparam name="T">Items; what their order depends on must not change while they are in the set.</typeparam>
/// <param name="order">A total order: zero only for the same item.</param>
/// <remarks>
/// A treap with sizes: a search tree by the order, a heap by priorities drawn from a sequence of its own.
/// Source: Seidel and Aragon, Randomized Search Trees, Algorithmica 16 (1996).
/// </remarks>
internal sealed class OrderedSet<T>(Comparison<T> order)
    where T : class
{
    private Node? _root;
    private ulong _sequence = 0x9E3779B97F4A7C15;

    internal int Count => SizeOf(_root);

    internal T? First
    {
        get
        {
            var node = _root;
            while (node?.Left is not null)
            {
                node = node.Left;
            }

            return node?.Item;
        }
    }

    internal void Add(T item)
    {
        _sequence ^= _sequence << 13;
        _sequence ^= _sequence >> 7;
        _sequence ^= _sequence << 17;
        Insert(ref _root, new Node(item, _sequence));
    }

    /// <summary>Whether the item was there.</summary>
    internal bool Remove(T item) => Remove(ref _root, item);

    internal bool Contains(T item)
    {
        var node = _root;
        while (node is not null)
        {
            var sign = order(item, node.Item);
            if (sign == 0)
            {
                return true;
            }

            node = sign < 0 ? node.Left : node.Right;
        }

        return false;
    }

    /// <summary>How many items come before this one.</summary>
    internal int RankOf(T item)
    {
        var rank = 0;
        var node = _root;
        while (node is not null)
        {
            if (order(item, node.Item) > 0)
            {
                rank += SizeOf(node.Left) + 1;
                node = node.Right;
            }
            else
            {
                node = node.Left;
            }
        }

        return rank;
    }

    /// <summary>The item with that many others before it; null when there are not so many.</summary>
    internal T? At(int rank)
    {
        var node = _root;
        while (node is not null)
        {
            var left = SizeOf(node.Left);
            if (rank == left)
            {
                return node.Item;
            }

            if (rank < left)
            {
                node = node.Left;
            }
            else
            {
                rank -= left + 1;
                node = node.Right;
            }
        }

        return null;
    }

    /// <summary>A copy in order, for those who change the set while they walk.</summary>
    internal List<T> ToList()
    {
        var items = new List<T>(Count);
        Walk(_root, items);
        return items;
    }

    private static void Walk(Node? node, List<T> items)
    {
        while (node is not null)
        {
            Walk(node.Left, items);
            items.Add(node.Item);
            node = node.Right;
        }
    }

    private static int SizeOf(Node? node) => node?.Size ?? 0;

    private static Node? Merge(Node? left, Node? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        if (left.Priority > right.Priority)
        {
            left.Right = Merge(left.Right, right);
            left.Resize();
            return left;
        }

        right.Left = Merge(left, right.Left);
        right.Resize();
        return right;
    }

    private void Insert([NotNull] ref Node? node, Node added)
    {
        if (node is null)
        {
            node = added;
            return;
        }

        if (added.Priority > node.Priority)
        {
            Split(node, added.Item, out var left, out var right);
            added.Left = left;
            added.Right = right;
            added.Resize();
            node = added;
            return;
        }

        var sign = order(added.Item, node.Item);
        AssertionFailed.Unless(sign != 0, "an item is in an ordered set once");
        if (sign < 0)
        {
            Insert(ref node.Left, added);
        }
        else
        {
            Insert(ref node.Right, added);
        }

        node.Resize();
    }

    private void Split(Node? node, T item, out Node? left, out Node? right)
    {
        if (node is null)
        {
            left = right = null;
        }
        else if (order(item, node.Item) < 0)
        {
            Split(node.Left, item, out left, out node.Left);
            node.Resize();
            right = node;
        }
        else
        {
            Split(node.Right, item, out node.Right, out right);
            node.Resize();
            left = node;
        }
    }

    private bool Remove(ref Node? node, T item)
    {
        if (node is null)
        {
            return false;
        }

        var sign = order(item, node.Item);
        if (sign == 0)
        {
            node = Merge(node.Left, node.Right);
            return true;
        }

        var removed = sign < 0 ? Remove(ref node.Left, item) : Remove(ref node.Right, item);
        node.Resize();
        return removed;
    }

    private sealed class Node(T item, ulong priority)
    {
        internal Node? Left;
        internal Node? Right;

        internal T Item { get; } = item;

        internal ulong Priority { get; } = priority;

        internal int Size { get; private set; } = 1;

        internal void Resize() => Size = 1 + SizeOf(Left) + SizeOf(Right);
    }
}

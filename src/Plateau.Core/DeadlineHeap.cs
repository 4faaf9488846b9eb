using Plateau.Contracts;

namespace Plateau.Core;

/// <summary>All deadlines of a centre: an indexed binary heap, so that setting, moving and clearing cost O(log
/// n).</summary>
internal sealed class DeadlineHeap
{
    private readonly List<Deadline> _items = [];
    private long _order;

    internal Instant Next => _items.Count == 0 ? Instant.Never : _items[0].At;

    internal int Count => _items.Count;

    /// <summary>Sets or moves a deadline; <see cref="Instant.Never"/> clears it.</summary>
    internal void Set(Deadline deadline, Instant at)
    {
        Clear(deadline);
        if (at.IsNever)
        {
            return;
        }

        deadline.At = at;
        deadline.Order = ++_order;
        deadline.Index = _items.Count;
        _items.Add(deadline);
        Up(deadline.Index);
    }

    internal void Clear(Deadline deadline)
    {
        if (!deadline.IsSet)
        {
            return;
        }

        var index = deadline.Index;
        var last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        deadline.Index = -1;
        deadline.At = Instant.Never;
        if (last == deadline)
        {
            return;
        }

        _items[index] = last;
        last.Index = index;
        Up(index);
        Down(last.Index);
    }

    /// <summary>Takes the earliest deadline that is due, or null.</summary>
    internal Deadline? TakeDue(Instant now)
    {
        if (_items.Count == 0 || _items[0].At > now)
        {
            return null;
        }

        var due = _items[0];
        Clear(due);
        return due;
    }

    private static bool IsBefore(Deadline left, Deadline right) =>
        left.At < right.At || (left.At == right.At && left.Order < right.Order);

    private void Up(int index)
    {
        while (index > 0 && IsBefore(_items[index], _items[(index - 1) / 2]))
        {
            Swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }

    private void Down(int index)
    {
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= _items.Count)
            {
                return;
            }

            if (child + 1 < _items.Count && IsBefore(_items[child + 1], _items[child]))
            {
                child++;
            }

            if (!IsBefore(_items[child], _items[index]))
            {
                return;
            }

            Swap(index, child);
            index = child;
        }
    }

    private void Swap(int left, int right)
    {
        (_items[left], _items[right]) = (_items[right], _items[left]);
        _items[left].Index = left;
        _items[right].Index = right;
    }
}

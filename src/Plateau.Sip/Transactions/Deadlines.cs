using Plateau.Contracts;

namespace Plateau.Sip.Transactions;

/// <summary>Owner of a <see cref="Deadline"/>: a transaction, a leg, a registration.</summary>
internal interface IDeadlineOwner
{
    /// <summary>Called once when the instant has come; the deadline is unset before the call.</summary>
    void DeadlineReached(Instant now);
}

/// <summary>One entry of <see cref="Deadlines"/>: the next instant at which its owner wants to be called.</summary>
internal sealed class Deadline(IDeadlineOwner owner)
{
    internal const int Unset = -1;

    internal IDeadlineOwner Owner { get; } = owner;

    internal Instant At { get; set; } = Instant.Never;

    /// <summary>Position in the heap, or <see cref="Unset"/>.</summary>
    internal int Slot { get; set; } = Unset;

    /// <summary>Breaks ties between equal instants, so that order never depends on the shape of the heap.</summary>
    internal ulong Sequence { get; set; }
}

/// <summary>A binary heap of deadlines: set, move and remove in O(log n), the earliest in O(1).</summary>
internal sealed class Deadlines
{
    private Deadline[] _heap = new Deadline[64];
    private int _count;
    private ulong _sequence;

    internal int Count => _count;

    /// <summary>The earliest instant set, or <see cref="Instant.Never"/>.</summary>
    internal Instant Earliest => _count == 0 ? Instant.Never : _heap[0].At;

    /// <summary>Sets or moves a deadline; <see cref="Instant.Never"/> removes it.</summary>
    internal void Set(Deadline deadline, Instant at)
    {
        if (at.IsNever)
        {
            Remove(deadline);
            return;
        }

        if (deadline.Slot != Deadline.Unset && deadline.At == at)
        {
            return;
        }

        deadline.At = at;
        deadline.Sequence = ++_sequence;
        if (deadline.Slot == Deadline.Unset)
        {
            Append(deadline);
        }

        SiftDown(SiftUp(deadline.Slot));
    }

    internal void Remove(Deadline deadline)
    {
        var slot = deadline.Slot;
        if (slot == Deadline.Unset)
        {
            return;
        }

        deadline.Slot = Deadline.Unset;
        deadline.At = Instant.Never;
        _count--;
        var last = _heap[_count];
        _heap[_count] = null!;
        if (slot == _count)
        {
            return;
        }

        Place(last, slot);
        SiftDown(SiftUp(slot));
    }

    /// <summary>Takes the earliest deadline that is due at <paramref name="now"/>, or null.</summary>
    internal Deadline? TakeDue(Instant now)
    {
        if (_count == 0 || _heap[0].At > now)
        {
            return null;
        }

        var due = _heap[0];
        Remove(due);
        return due;
    }

    private void Append(Deadline deadline)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        Place(deadline, _count++);
    }

    private int SiftUp(int slot)
    {
        var moving = _heap[slot];
        while (slot > 0)
        {
            var parent = (slot - 1) / 2;
            if (!IsBefore(moving, _heap[parent]))
            {
                break;
            }

            Place(_heap[parent], slot);
            slot = parent;
        }

        Place(moving, slot);
        return slot;
    }

    private void SiftDown(int slot)
    {
        var moving = _heap[slot];
        while (true)
        {
            var child = slot * 2 + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], moving))
            {
                break;
            }

            Place(_heap[child], slot);
            slot = child;
        }

        Place(moving, slot);
    }

    private void Place(Deadline deadline, int slot)
    {
        _heap[slot] = deadline;
        deadline.Slot = slot;
    }

    private static bool IsBefore(Deadline left, Deadline right) =>
        left.At < right.At || (left.At == right.At && left.Sequence < right.Sequence);
}

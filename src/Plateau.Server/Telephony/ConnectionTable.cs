using System.Net;

namespace Plateau.Server.Telephony;

/// <summary>The connections of one transport by number and by address, within its limits; safe from any
/// thread.</summary>
internal sealed class ConnectionTable(SipTransportOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, StreamConnection> _byId = [];
    private readonly Dictionary<IPEndPoint, StreamConnection> _byRemote = [];
    private readonly Dictionary<IPAddress, int> _countBySource = [];
    private string? _closedWhy;

    /// <summary>Connections at present.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count;
            }
        }
    }

    /// <summary>The connection with this number; null when it has ended.</summary>
    public StreamConnection? Find(long id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>The latest connection with this address; null when there is none.</summary>
    public StreamConnection? Find(IPEndPoint remote)
    {
        lock (_gate)
        {
            return _byRemote.GetValueOrDefault(remote);
        }
    }

    /// <summary>Adds a connection; the reason when a limit forbids it, else null.</summary>
    public string? TryAdd(StreamConnection connection)
    {
        lock (_gate)
        {
            var source = connection.Flow.Remote.Address;
            var count = _countBySource.GetValueOrDefault(source);
            if (_closedWhy is not null || _byId.Count >= options.ConnectionsMax || count >= options.ConnectionsPerSourceMax)
            {
                return _closedWhy ?? (count >= options.ConnectionsPerSourceMax
                    ? "too many connections from this address"
                    : "too many connections");
            }

            _byId.Add(connection.Flow.ConnectionId, connection);
            _byRemote[connection.Flow.Remote] = connection;
            _countBySource[source] = count + 1;
            return null;
        }
    }

    /// <summary>Removes a connection that has ended.</summary>
    public void Remove(StreamConnection connection)
    {
        lock (_gate)
        {
            if (!_byId.Remove(connection.Flow.ConnectionId))
            {
                return;
            }

            if (_byRemote.GetValueOrDefault(connection.Flow.Remote) == connection)
            {
                _byRemote.Remove(connection.Flow.Remote);
            }

            var source = connection.Flow.Remote.Address;
            var left = _countBySource[source] - 1;
            if (left == 0)
            {
                _countBySource.Remove(source);
            }
            else
            {
                _countBySource[source] = left;
            }
        }
    }

    /// <summary>Ends connections that have been silent too long.</summary>
    public void EndOverdue(long nowMs)
    {
        foreach (var connection in All().Where(connection => connection.IsOverdue(nowMs)))
        {
            connection.End("silent too long");
        }
    }

    /// <summary>Ends all connections and takes no more.</summary>
    public void EndAll(string why)
    {
        lock (_gate)
        {
            _closedWhy = why;
        }

        foreach (var connection in All())
        {
            connection.End(why);
        }
    }

    private List<StreamConnection> All()
    {
        lock (_gate)
        {
            return [.. _byId.Values];
        }
    }
}

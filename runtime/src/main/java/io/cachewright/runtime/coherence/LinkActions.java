package io.cachewright.runtime.coherence;

/// What a [LinkCoherence] asks of its driver. Calls come out while an event goes in, in order.
public interface LinkActions<K> {

    /// Open a connection, arm tracking on it, and answer with `armed`, `connectFailed` or `disconnected` of that
    /// generation. Whatever belongs to an earlier generation is dead.
    void connect(long generation);

    /// Send a heartbeat on the connection of that very generation; answer with `heartbeatAnswered` when its reply comes
    /// back in order, after the invalidations that came before it were handed in.
    void heartbeat(long generation, long id);

    /// Close the connection, or the attempt to open one.
    void close(long generation);

    /// Forget the value of `key`, before the event returns.
    void drop(K key);

    /// Readers may not use what was stored under an epoch before `epoch`; the memory may be freed later, since readers
    /// compare epochs by themselves.
    void dropBefore(long epoch);

    /// For health and metrics.
    void changed(LinkState state);
}

package io.cachewright.runtime.loading;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where loaded values go, and who may bring them there.
public interface Fills<V> {

    /// The answer to the question who loads a key.
    enum Permit {
        /// Load it, then fill or release.
        GRANTED,
        /// Another process loads it: wait.
        HELD,
        /// The server has it by now.
        FRESH
    }

    /// What was loaded for one key.
    ///
    /// @param value null when the source has none
    record Filling<V>(Want want, @Nullable V value, long startedNanos, long tookNanos) {}

    /// Asks for the right to load each of `wants`; `token` names the asker.
    Map<String, Permit> acquire(List<Want> wants, String token);

    /// Keeps the right to load `keys` for a while longer. Does not wait.
    void renew(List<String> keys, String token);

    /// Brings what was loaded into the server, where the right to do so was not lost meanwhile, and gives it back.
    /// Answers how many were filled.
    int fill(List<Filling<V>> fillings, String token);

    /// Gives back the right to load `keys` without a value.
    void release(List<String> keys, String token);

    /// Watches `keys` for changes in the server.
    Watch watch(List<String> keys);

    /// Waits for a change of any of several keys. Opened before it is asked whether there is anything to wait for.
    interface Watch extends AutoCloseable {

        /// Returns after a change since it was opened, or after `nanos`.
        void await(long nanos) throws InterruptedException;

        @Override
        void close();
    }
}

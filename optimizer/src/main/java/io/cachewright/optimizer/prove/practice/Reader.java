package io.cachewright.optimizer.prove.practice;

import io.cachewright.lab.wire.WireConnection;

/// Reads while a job writes, and tells whether what it saw was whole.
@FunctionalInterface
public interface Reader {

    /// What one read saw.
    enum View {
        WHOLE,
        /// Neither the state before nor the one after.
        TORN,
        EMPTY
    }

    View read(WireConnection connection);
}

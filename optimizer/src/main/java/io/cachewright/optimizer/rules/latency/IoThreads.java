package io.cachewright.optimizer.rules.latency;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.advice.Change;

/// How `io-threads` is changed.
final class IoThreads {

    private IoThreads() {}

    /// Valkey 9.0 made it changeable at run time; before and in Redis it is read at the start.
    static Change.Restart restart(ServerVersion version) {
        return version.isAtLeast(Engine.VALKEY, 9, 0) ? Change.Restart.NOT_NEEDED : Change.Restart.NEEDED;
    }
}

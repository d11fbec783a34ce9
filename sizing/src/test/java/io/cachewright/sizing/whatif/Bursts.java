package io.cachewright.sizing.whatif;

import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;

/// Values that a warming run loads at once, and a look long afterwards.
final class Bursts {

    private Bursts() {}

    static Trace loadedTogether(int keys, long ttlMillis) {
        TraceBuilder trace = new TraceBuilder("warmed together");
        for (int key = 0; key < keys; key++) {
            trace.add(0, key, Operation.READ, 20, ttlMillis);
        }
        return trace.add(3_600_000_000L, keys, Operation.READ, 20, 0).build();
    }
}

package io.cachewright.sizing.curve;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;

/// One pass over a trace that tallies each read by the memory that an LRU cache would have needed to hit.
final class ExactLru {

    private final Trace trace;
    private final Weigher weigher;
    private final KeyGroups groups;
    private final HitTally[] tallies;

    ExactLru(Trace trace, Weigher weigher, KeyGroups groups, HitTally[] tallies) {
        this.trace = trace;
        this.weigher = weigher;
        this.groups = groups;
        this.tallies = tallies;
    }

    void tally() {
        int bytes = bytesOfEach();
        if (bytes > 0) {
            countEntries(bytes);
        } else {
            sumBytes();
        }
    }

    /// What each value weighs if all weigh the same and none is deleted, else 0.
    private int bytesOfEach() {
        int bytes = trace.length() == 0 ? 0 : weigher.bytes(trace, 0);
        for (int access = 0; access < trace.length(); access++) {
            if (weigher.bytes(trace, access) != bytes || trace.operation(access) == Operation.DELETE) {
                return 0;
            }
        }
        return bytes;
    }

    private void countEntries(long bytesOfEach) {
        RecencyRanks ranks = new RecencyRanks(trace.keyCount());
        int[] keys = trace.keys();
        int length = trace.length();
        boolean readsOnly = trace.readsOnly();
        for (int access = 0; access < length; access++) {
            int key = keys[access];
            int rank = ranks.use(key);
            if (readsOnly || trace.operation(access) == Operation.READ) {
                tallyOf(key).add(rank == RecencyRanks.NEVER ? RecencyStack.NEVER : rank * bytesOfEach, 1);
            }
        }
    }

    private void sumBytes() {
        RecencyStack stack = new RecencyStack(trace.keyCount());
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            switch (trace.operation(access)) {
                case READ -> {
                    tallyOf(key).add(stack.distance(key), 1);
                    stack.store(key, weigher.bytes(trace, access));
                }
                case WRITE -> stack.store(key, weigher.bytes(trace, access));
                case DELETE -> stack.remove(key);
            }
        }
    }

    private HitTally tallyOf(int key) {
        return tallies.length == 1 ? tallies[0] : tallies[groups.of(key)];
    }
}

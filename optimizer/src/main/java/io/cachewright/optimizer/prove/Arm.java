package io.cachewright.optimizer.prove;

/// One side of a comparison: a server of its own, filled, and what is asked of it.
interface Arm extends AutoCloseable {

    /// Does the work of one round and measures it. Both arms do the same work in the same round.
    Slice run(int round);

    @Override
    default void close() {}
}

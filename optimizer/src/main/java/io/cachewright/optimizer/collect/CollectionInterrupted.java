package io.cachewright.optimizer.collect;

/// Collection was told to end by an interrupt of its thread; the thread's interrupt status is set.
public final class CollectionInterrupted extends RuntimeException {

    CollectionInterrupted() {
        super("collection was interrupted");
    }
}

package io.cachewright.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// An invalidation that the servers have acknowledged.
///
/* When readers have it: a server queues the invalidation of a write before it acknowledges the write, and a reader of a
 * class bounded by d serves nothing that he cannot prove to be at most d old. So d after the acknowledgement no reader
 * anywhere serves the old value as fresh, whatever happened to his link meanwhile, and nobody had to answer. Strict
 * readers have it at once. Best-effort readers have it when their link delivers it, and values that a class serves while
 * it degrades are marked: no time can be promised for these.
 */
public final class Invalidation {

    private final int keys;
    private final int tags;
    private final int classes;
    private final long acknowledgedNanos;
    private final Duration bound;
    private final LinkClock clock;

    Invalidation(int keys, int tags, int classes, Duration bound, LinkClock clock) {
        this.keys = keys;
        this.tags = tags;
        this.classes = classes;
        this.bound = bound;
        this.clock = clock;
        this.acknowledgedNanos = clock.nanoTime();
    }

    /// Keys that were deleted in the servers, or were not there.
    public int keys() {
        return keys;
    }

    /// Tags that got a new generation.
    public int tags() {
        return tags;
    }

    /// Classes that got a new generation.
    public int classes() {
        return classes;
    }

    /// The greatest freshness bound of the classes of this client: so long after the acknowledgement no reader
    /// of a strict or bounded class serves the old values as fresh.
    public Duration bound() {
        return bound;
    }

    /// Waits until no reader of a strict or bounded class, in any process, serves the old values as fresh.
    /// Readers with another policy file may have other bounds.
    public void awaitReaders() throws InterruptedException {
        long left = acknowledgedNanos + bound.toNanos() - clock.nanoTime();
        while (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
            left = acknowledgedNanos + bound.toNanos() - clock.nanoTime();
        }
    }
}

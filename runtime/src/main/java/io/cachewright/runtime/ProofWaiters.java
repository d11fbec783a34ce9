package io.cachewright.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/// Strict readers who wait until their link is proved as of the moment at which they began. Guarded by
/// the link's monitor.
final class ProofWaiters {

    private record Waiter(long wantedNanos, CompletableFuture<Boolean> outcome) {}

    private final Deque<Waiter> waiters = new ArrayDeque<>();

    void add(long wantedNanos, CompletableFuture<Boolean> outcome) {
        waiters.add(new Waiter(wantedNanos, outcome));
    }

    /// The link is proved as of `provedNanos`.
    void proved(long provedNanos) {
        if (!waiters.isEmpty()) {
            waiters.removeIf(waiter -> provedNanos - waiter.wantedNanos >= 0 && waiter.outcome.complete(true));
        }
    }

    /// The link is lost.
    void lost() {
        waiters.forEach(waiter -> waiter.outcome.complete(false));
        waiters.clear();
    }
}

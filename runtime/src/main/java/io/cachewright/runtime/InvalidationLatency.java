package io.cachewright.runtime;

import io.cachewright.runtime.loading.Listeners;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// How long this client's own writes take from the call to the drop here, by way of the server: one clock, and
/// the way that the invalidations of all others take too.
final class InvalidationLatency {

    private static final int PENDING_MAX = 10_000;
    private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 2;

    private final LinkClock clock;
    /// Of the keys whose every change is told.
    private final List<String> prefixes;
    private final ConcurrentMap<String, Long> pending = new ConcurrentHashMap<>();
    private final Histogram histogram = new Histogram(NANOS_MAX, DIGITS);
    private final Listeners<InvalidationListener> listeners = new Listeners<>("invalidations");

    /// Where servers tell of keys that were read only, no news may come of a write, and nothing is measured.
    InvalidationLatency(LinkClock clock, Tracking tracking, List<String> prefixes) {
        this.clock = clock;
        this.prefixes = switch (tracking) {
            case BROADCAST -> List.copyOf(prefixes);
            case OPT_IN -> List.of();
        };
    }

    void add(InvalidationListener listener) {
        listeners.add(listener);
    }

    /// Tells all who listen.
    void tell(Consumer<InvalidationListener> news) {
        listeners.tell(news);
    }

    /// A write of `key` is about to be sent.
    void sent(String key) {
        if (pending.size() < PENDING_MAX && prefixes.stream().anyMatch(key::startsWith)) {
            pending.putIfAbsent(key, clock.nanoTime());
        }
    }

    /// The write of `key` changed nothing, or nobody knows: no news of it may come.
    void unchanged(String key) {
        pending.remove(key);
    }

    /// The write of `key` is on its way, and tells whether it changed anything: where it did not, or nobody
    /// knows, no news of it may come.
    void measure(String key, CompletableFuture<Boolean> hasChanged) {
        var _ = hasChanged.whenComplete((changed, failure) -> {
            if (failure != null || !changed) {
                unchanged(key);
            }
        });
    }

    /// The server says that `key` changed.
    void pushed(String key) {
        Long sent = pending.isEmpty() ? null : pending.remove(key);
        if (sent != null) {
            long nanos = Math.clamp(clock.nanoTime() - sent, 0, NANOS_MAX);
            synchronized (histogram) {
                histogram.recordValue(nanos);
            }
            tell(each -> each.arrived(nanos));
            JfrEvents.InvalidationArrived event = new JfrEvents.InvalidationArrived();
            event.lag = nanos;
            event.commit();
        }
    }

    /// Forgets what may have been missed with a link.
    void gap() {
        pending.clear();
    }

    /// In nanoseconds, so far.
    Histogram snapshot() {
        synchronized (histogram) {
            return histogram.copy();
        }
    }
}

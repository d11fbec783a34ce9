package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.WhenUnproved;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the readers of one class get when the server cannot be had: what is at hand where the class degrades, else why
/// there is nothing.
final class WithoutServer<V> {

    private final CacheClass policy;
    private final Links links;
    private final LinkClock clock;
    private final long readTimeoutMillis;
    private final NearStore<V> store;
    private final ReadCounts counts;
    private volatile boolean isClosed;

    WithoutServer(
            CacheClass policy,
            Links links,
            LinkClock clock,
            Duration readTimeout,
            NearStore<V> store,
            ReadCounts counts) {
        this.policy = policy;
        this.links = links;
        this.clock = clock;
        this.readTimeoutMillis = readTimeout.toMillis();
        this.store = store;
        this.counts = counts;
    }

    /// From now on it is no fault of the server's.
    void close() {
        isClosed = true;
    }

    /// What a class that degrades serves, however old; null when there is nothing.
    @Nullable
    Answer<V> atHand(String key) {
        Entry<V> entry = policy.whenUnproved() == WhenUnproved.DEGRADE ? store.get(key, clock.tickNumber()) : null;
        if (entry == null) {
            return null;
        }
        long proved = entry.proof.provedNanos();
        boolean isUsable = entry.isUsable();
        long now = clock.nanoTime();
        if (!isUsable || now - entry.expiresAtNanos >= 0) {
            return null;
        }
        counts.stale.increment();
        return new Answer<>(entry.value, entry.version, now - entry.currentAsOf(proved), Source.STALE);
    }

    /// The class has as many reads under way as it may.
    Answer<V> turnedAway(String key) {
        Answer<V> atHand = atHand(key);
        if (atHand != null) {
            return atHand;
        }
        counts.failed.increment();
        throw new CacheException.Unavailable("class " + policy.name() + " has as many reads under way as it may, "
                + policy.remoteMax() + ": " + key + " was not read; link "
                + links.of(key).state());
    }

    /// Time is up; `failure` is the last one.
    Answer<V> unanswered(String key, @Nullable CacheException failure) {
        Answer<V> atHand = atHand(key);
        if (atHand != null) {
            return atHand;
        }
        counts.failed.increment();
        if (isClosed) {
            throw new CacheException.Unavailable("the client is closed: " + key + " was not read");
        }
        ServerLink link = links.of(key);
        String why = "no answer to the read of " + key + " within " + readTimeoutMillis + " ms; link to "
                + link.endpoint() + " " + link.state();
        Throwable cause = failure == null ? link.lastFailure() : failure;
        throw cause == null
                ? new CacheException.Unavailable(why)
                : new CacheException.Unavailable(why + ", " + Failures.reason(cause), cause);
    }
}

package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.runtime.coherence.ReadRule;
import io.cachewright.runtime.coherence.ReadRule.Verdict;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers reads of one class by what is near, where the freshness that the class promises allows it.
final class NearAnswers<V> {

    private final CacheClass policy;
    private final ReadRule rule;
    private final Links links;
    private final LinkClock clock;
    private final ReadCounts counts;
    private final Refusals refusals;
    private final long readTimeoutNanos;

    NearAnswers(CacheClass policy, Links links, LinkClock clock, ReadCounts counts, Duration readTimeout) {
        this.policy = policy;
        this.rule = ReadRule.of(policy);
        this.links = links;
        this.clock = clock;
        this.counts = counts;
        this.refusals = new Refusals(policy, links, counts);
        this.readTimeoutNanos = readTimeout.toNanos();
    }

    /// What `near` holds of `key`, null when the server must be asked. It is looked at again after each wait for
    /// a proof, and where it was replaced meanwhile.
    ///
    /// @throws CacheException.Refused when the class refuses reads while its freshness is unproved
    @Nullable
    Answer<V> of(String key, Supplier<@Nullable Entry<V>> near, long invoked) {
        Entry<V> entry = near.get();
        while (entry != null) {
            // The order of these reads is what makes a hit sound: see Entry.
            long proved = entry.proof.provedNanos();
            if (!entry.isUsable()) {
                Entry<V> next = near.get();
                if (next == entry) {
                    return null;
                }
                entry = next;
                continue;
            }
            long now = clock.nanoTime();
            long asOf = entry.currentAsOf(proved);
            if (entry.isPast(now, rule.boundNanos())) {
                return null;
            }
            ServerLink link = links.of(key);
            boolean isProvedStrict = rule.isStrict() && asOf - invoked >= 0;
            switch (isProvedStrict ? Verdict.SERVE : rule.judge(now - asOf, link.isLive())) {
                case SERVE -> {
                    counts.hits.increment(counts.hits.mine());
                    return new Answer<>(entry.value, entry.version, now - asOf, Source.NEAR);
                }
                case PROVE -> {
                    if (!isProvedSince(link, invoked)) {
                        return unproved(key, entry, asOf);
                    }
                    entry = near.get();
                }
                case REMOTE -> {
                    return null;
                }
                case SERVE_STALE, REFUSE -> {
                    return unproved(key, entry, asOf);
                }
            }
        }
        return null;
    }

    private boolean isProvedSince(ServerLink link, long sinceNanos) {
        try {
            return link.proofSince(sinceNanos).get(readTimeoutNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    private @Nullable Answer<V> unproved(String key, Entry<V> entry, long asOf) {
        return switch (policy.whenUnproved()) {
            case REMOTE -> null;
            case DEGRADE -> {
                counts.stale.increment();
                yield new Answer<>(entry.value, entry.version, clock.nanoTime() - asOf, Source.STALE);
            }
            case REFUSE -> throw refusals.of(key);
        };
    }
}

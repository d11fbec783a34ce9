package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.coherence.ReadRule;
import io.cachewright.runtime.loading.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What a reader gets for what was found or loaded, by the freshness that its class promises.
final class LoadedAnswers<V> {

    private static final String LATE = "the source has not answered in time";

    private final CacheClass policy;
    private final LoadLimits limits;
    private final Codec<V> codec;
    private final LinkClock clock;
    private final ReadRule rule;
    private final LongAdder stale = new LongAdder();

    LoadedAnswers(CacheClass policy, LoadLimits limits, Codec<V> codec, LinkClock clock) {
        this.policy = policy;
        this.limits = limits;
        this.codec = codec;
        this.clock = clock;
        this.rule = ReadRule.of(policy);
    }

    /// Answers that were served as last values.
    long stale() {
        return stale.sum();
    }

    Answer<V> found(Found.Value<V> found) {
        return answer(found.stored().value, found.ageNanos(), found.source());
    }

    /// For the outcome of a load of `key`; null when the reader must look again.
    ///
    /// @param lookedNanos when what was found had come
    @Nullable
    Answer<V> of(String key, Outcome<V> outcome, Found.Nothing<V> nothing, long lookedNanos) {
        return switch (outcome) {
            case Outcome.Loaded<V>(V value, long started) -> {
                long age = clock.nanoTime() - started;
                Stored<V> raw = nothing.raw();
                // A load that began before may know less of the source than who wrote the other release's value.
                if (raw != null && raw.isForeign && started - lookedNanos >= 0) {
                    raw.substitute =
                            Stored.unstored(value, started + limits.ttl().toNanos());
                    yield answer(value, age, Source.LOADED);
                }
                // A strict read takes what the server says; what was loaded says nothing of writes there meanwhile.
                yield isFresh(age) ? answer(value, age, Source.LOADED) : null;
            }
            case Outcome.Elsewhere<V>() -> null;
            case Outcome.Late<V>() -> lastOr(nothing, notLoaded(key, LATE, null));
            case Outcome.Failed<V>(Exception cause) ->
                lastOr(nothing, notLoaded(key, String.valueOf(cause.getMessage()), cause));
        };
    }

    private Answer<V> lastOr(Found.Nothing<V> nothing, CacheException otherwise) {
        Stored<V> last = nothing.last();
        long now = clock.nanoTime();
        if (last == null || now - last.expiresNanos > limits.staleIfError().toNanos()) {
            throw otherwise;
        }
        stale.increment();
        return answer(last.value, now - nothing.asOfNanos(), Source.STALE);
    }

    /// For the outcome of a load without a server.
    Answer<V> withoutServer(String key, Outcome<V> outcome) {
        return switch (outcome) {
            case Outcome.Loaded<V> loaded -> aged(key, loaded);
            case Outcome.Elsewhere<V>() -> throw notLoaded(key, "it is in the server, which does not answer", null);
            case Outcome.Late<V>() -> throw notLoaded(key, LATE, null);
            case Outcome.Failed<V>(Exception cause) -> throw notLoaded(key, String.valueOf(cause.getMessage()), cause);
        };
    }

    /// For a loaded value that no proof of the server makes younger.
    Answer<V> aged(String key, Outcome.Loaded<V> loaded) {
        long ageNanos = clock.nanoTime() - loaded.startedNanos();
        if (isFresh(ageNanos)) {
            return answer(loaded.value(), ageNanos, Source.LOADED);
        }
        return switch (policy.whenUnproved()) {
            case DEGRADE -> {
                stale.increment();
                yield answer(loaded.value(), ageNanos, Source.STALE);
            }
            case REMOTE, REFUSE ->
                throw notLoaded(
                        key,
                        "loaded in " + TimeUnit.NANOSECONDS.toMillis(ageNanos) + " ms, which is more than "
                                + policy.freshness() + " allows, and the server does not vouch for it",
                        null);
        };
    }

    private boolean isFresh(long ageNanos) {
        return !rule.isStrict() && ageNanos <= rule.boundNanos();
    }

    private static CacheException notLoaded(String key, String why, @Nullable Exception cause) {
        String text = "the value of " + key + " was not loaded: " + why;
        return cause == null ? new CacheException.NotLoaded(text) : new CacheException.NotLoaded(text, cause);
    }

    private Answer<V> answer(@Nullable V value, long ageNanos, Source source) {
        return new Answer<>(value, value == null ? Codec.NO_VERSION : codec.versionOf(value), ageNanos, source);
    }
}

package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.coherence.ReadRule;
import io.cachewright.runtime.loading.CircuitBreaker;
import io.cachewright.runtime.loading.LoadCounts;
import io.cachewright.runtime.loading.Loads;
import io.cachewright.runtime.loading.Outcome;
import io.cachewright.runtime.loading.Want;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Reads of one class of keys, near, in the server, and where it has none, from the source: with the freshness
/// that the class promises and within the limits of its loading.
///
/// Safe for use by many threads; reads that miss block, which suits virtual threads. Keys are whole server keys.
public final class LoadingCache<V> {

    /// Looks into the server during one read: each further one follows a load by somebody.
    private static final int LOOKS_MAX = 4;
    /// Loads that one read waits for: the second when a change overtook the first.
    private static final int LOADS_MAX = 2;

    private static final String LATE = "the source has not answered in time";

    private final NearCache<Stored<V>> near;
    private final CacheClass policy;
    private final LoadLimits limits;
    private final Codec<V> codec;
    private final LinkClock clock;
    private final Loads<V> loads;
    private final ServerFills<V> fills;
    private final Quarantine quarantine;
    private final Invalidator invalidator;
    private final StoredReads<V> reads;
    private final ReadRule rule;
    private final long softNanos;
    private final long hardNanos;
    private final LongAdder stale = new LongAdder();

    LoadingCache(
            NearCache<Stored<V>> near,
            LoadLimits limits,
            Codec<V> codec,
            LinkClock clock,
            Loads<V> loads,
            ServerFills<V> fills,
            Quarantine quarantine,
            Invalidator invalidator,
            StoredReads<V> reads) {
        this.near = near;
        this.policy = near.policy();
        this.limits = limits;
        this.codec = codec;
        this.clock = clock;
        this.loads = loads;
        this.fills = fills;
        this.quarantine = quarantine;
        this.invalidator = invalidator;
        this.reads = reads;
        this.rule = ReadRule.of(policy.freshness(), policy.whenUnproved());
        this.softNanos = limits.softTimeout().toNanos();
        this.hardNanos = limits.hardTimeout().toNanos();
        near.onDrop(this::changed);
    }

    public CacheClass policy() {
        return policy;
    }

    /// The value of `key`, null when the source has none.
    ///
    /// @throws CacheException.NotLoaded when it had to be loaded, could not be, and there is no last value
    /// @throws CacheException.Refused when the class refuses reads while its freshness is unproved
    /// @throws CacheException.Unavailable when the server was needed and did not answer in time
    public @Nullable V get(String key) {
        Stored<V> hit = reads.hit(key);
        return hit == null ? read(key).value() : hit.value;
    }

    /// The value of `key` with its version, the bound on its age and where it came from.
    public Answer<V> read(String key) {
        return read(key, clock.nanoTime());
    }

    /// The values of `keys`, without those that the source does not have. What is not near is asked of each
    /// server in one round trip; what must be loaded is asked of the source together where its loader is a
    /// [io.cachewright.runtime.loading.BatchLoader].
    ///
    /// @throws CacheException as [#get] does, for the first key that cannot be read
    public Map<String, V> getAll(Collection<String> keys) {
        Map<String, V> values = HashMap.newHashMap(keys.size());
        List<String> missed = new ArrayList<>();
        for (String key : keys) {
            Stored<V> hit = reads.hit(key);
            if (hit == null) {
                missed.add(key);
            } else if (hit.value != null) {
                values.put(key, hit.value);
            }
        }
        if (!missed.isEmpty()) {
            readAll(missed).forEach((key, answer) -> {
                V value = answer.value();
                if (value != null) {
                    values.put(key, value);
                }
            });
        }
        return values;
    }

    /// Invalidates `keys` and what follows from them by the cascades of the policy: see
    /// [CachewrightClient#invalidate].
    public Invalidation invalidate(String... keys) {
        return invalidator.keys(List.of(keys));
    }

    /// Invalidates every value of this class, and what follows from that.
    ///
    /// @throws IllegalStateException when the policy does not say that it is invalidated by generation
    public Invalidation invalidateAll() {
        if (!policy.invalidation().byGeneration()) {
            throw new IllegalStateException("class " + policy.name()
                    + " is not invalidated by generation: say `by-generation: true` in its policy");
        }
        return invalidator.wholeClass(policy.name());
    }

    /// Hits, misses and the like, of the near-cache and the server.
    public CacheStatistics statistics() {
        CacheStatistics counts = near.statistics();
        return new CacheStatistics(
                counts.hits(),
                counts.stale() + stale.sum(),
                counts.remote(),
                counts.refused(),
                counts.failed(),
                quarantine.count(),
                counts.entries());
    }

    /// What the source was asked.
    public LoadCounts loadCounts() {
        return loads.counts();
    }

    /// Whether the source is asked just now.
    public CircuitBreaker.State breaker() {
        return loads.breaker();
    }

    /// The newest values that could not be read, a few.
    public List<UnreadableValue> unreadableValues() {
        return quarantine.samples();
    }

    void close() {
        loads.close();
    }

    private void changed(String key) {
        loads.changed(key);
        fills.changed(key);
    }

    // One read

    private Answer<V> read(String key, long invoked) {
        long deadline = invoked + hardNanos;
        int loaded = 0;
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            switch (reads.look(key)) {
                case Found.Value<V> value -> {
                    return served(value);
                }
                case Found.NoServer<V>() -> {
                    return withoutServer(key, deadline);
                }
                case Found.Nothing<V> nothing -> {
                    long wait = Math.min(nothing.last() == null ? hardNanos : softNanos, deadline - clock.nanoTime());
                    // What was seen may be known for less long than a load has ended; once is enough to look again.
                    Want want = looks < 2 ? nothing.want() : nothing.want().seenAt(clock.nanoTime());
                    Outcome<V> outcome = loads.load(want, Math.max(0, wait));
                    Answer<V> answer = answer(key, outcome, nothing);
                    if (answer != null) {
                        return answer;
                    }
                    if (outcome instanceof Outcome.Loaded<V>(V value, long started) && ++loaded == LOADS_MAX) {
                        // Changes overtook each load, or the server could not be filled.
                        return aged(key, value, clock.nanoTime() - started);
                    }
                }
            }
        }
        throw new CacheException.NotLoaded("the value of " + key + " changed again and again while it was read");
    }

    private Answer<V> served(Found.Value<V> found) {
        Want early = found.early();
        if (early != null) {
            loads.refresh(early);
        }
        return answer(found.stored().value, found.ageNanos(), found.source());
    }

    /// What a reader gets for the outcome of a load; null when he must look again.
    private @Nullable Answer<V> answer(String key, Outcome<V> outcome, Found.Nothing<V> nothing) {
        return switch (outcome) {
            case Outcome.Loaded<V>(V value, long started) -> {
                long age = clock.nanoTime() - started;
                Stored<V> raw = nothing.raw();
                if (raw != null && raw.isForeign) {
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

    private Answer<V> withoutServer(String key, long deadline) {
        long now = clock.nanoTime();
        return switch (loads.load(Want.of(key, now, 0), Math.max(0, deadline - now))) {
            case Outcome.Loaded<V>(V value, long started) -> aged(key, value, clock.nanoTime() - started);
            case Outcome.Elsewhere<V>() -> throw notLoaded(key, "it is in the server, which does not answer", null);
            case Outcome.Late<V>() -> throw notLoaded(key, LATE, null);
            case Outcome.Failed<V>(Exception cause) -> throw notLoaded(key, String.valueOf(cause.getMessage()), cause);
        };
    }

    /// A loaded value that no proof of the server makes younger.
    private Answer<V> aged(String key, @Nullable V value, long ageNanos) {
        if (isFresh(ageNanos)) {
            return answer(value, ageNanos, Source.LOADED);
        }
        return switch (policy.whenUnproved()) {
            case DEGRADE -> {
                stale.increment();
                yield answer(value, ageNanos, Source.STALE);
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

    // Several reads

    /// As [#read] for each of `keys`, in as few round trips as [#getAll].
    public Map<String, Answer<V>> readAll(Collection<String> keys) {
        long invoked = clock.nanoTime();
        Map<String, Answer<V>> answers = HashMap.newHashMap(keys.size());
        Map<String, Found.Nothing<V>> missing = new LinkedHashMap<>();
        reads.lookAll(keys).forEach((key, found) -> {
            switch (found) {
                case Found.Value<V> value -> answers.put(key, served(value));
                case Found.Nothing<V> nothing -> missing.put(key, nothing);
                case Found.NoServer<V>() -> {
                    // Read alone below.
                }
            }
        });
        if (!missing.isEmpty()) {
            boolean hasLast = missing.values().stream().allMatch(nothing -> nothing.last() != null);
            List<Want> wants =
                    missing.values().stream().map(Found.Nothing::want).toList();
            Map<String, Outcome<V>> outcomes = loads.loadAll(wants, hasLast ? softNanos : hardNanos);
            missing.forEach((key, nothing) -> {
                Outcome<V> outcome = outcomes.get(key);
                Answer<V> answer = outcome == null ? null : answer(key, outcome, nothing);
                if (answer != null) {
                    answers.put(key, answer);
                }
            });
        }
        for (String key : keys) {
            if (!answers.containsKey(key)) {
                answers.put(key, read(key, invoked));
            }
        }
        return answers;
    }
}

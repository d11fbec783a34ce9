package io.cachewright.domain.policy;

import io.cachewright.domain.Problems;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What is promised and allowed for one class of keys: all keys that start with `prefix`.
///
/// @param nearTtl how long a value may stay in the near-cache, 365 d at most; the time to live it has in the server
///     bounds it too. Zero keeps nothing near, absence neither: each read goes to the server
/// @param negativeTtl how long it may be remembered that a key does not exist, 365 d at most; zero for not at all
/// @param writers who writes the keys, on which it depends what may be kept near after a gap
/// @param durability what must have a write of this library before it counts as done
/// @param remoteMax reads of the class that may be under way to the servers at once; more are turned away, so
///     that one class cannot hold up another when a server is slow
/// @param fieldsMax where the values are hashes, how many fields of each are kept near at most; empty where they
///     are strings
/// @param loading how values are loaded that the server does not have; empty when they are only read
/// @param invalidation how values become invalid together, and what becomes invalid with them
public record CacheClass(
        String name,
        String prefix,
        Freshness freshness,
        WhenUnproved whenUnproved,
        NearBound nearBound,
        Duration nearTtl,
        Duration negativeTtl,
        Writers writers,
        Durability durability,
        int remoteMax,
        OptionalInt fieldsMax,
        Optional<LoadLimits> loading,
        InvalidationRules invalidation) {

    /// More of one hash is better read whole.
    public static final int FIELDS_MAX = 10_000;

    public CacheClass {
        Problems problems = new Problems("class " + name);
        if (name.isBlank()) {
            problems.add("name must not be blank");
        }
        if (prefix.isEmpty()) {
            problems.add("prefix must not be empty: it says which keys belong to the class");
        }
        Spans.check("nearTtl", nearTtl, Duration.ZERO, problems);
        Spans.check("negativeTtl", negativeTtl, Duration.ZERO, problems);
        if (remoteMax < 1) {
            problems.add("remoteMax must be at least 1, was " + remoteMax);
        }
        fieldsMax.ifPresent(max -> {
            if (max < 1 || max > FIELDS_MAX) {
                problems.add("fieldsMax must be 1 to " + FIELDS_MAX + ", was " + max);
            }
        });
        if (fieldsMax.isPresent() && loading.isPresent()) {
            problems.add("a source gives whole values, so hashes whose fields are kept cannot be loaded: drop `loading`"
                    + " or `fields-max`");
        }
        if (fieldsMax.isPresent() && writers == Writers.LIBRARY) {
            problems.add("writes of fields are not logged, so nothing of a hash could be kept over a gap: drop"
                    + " `writers: library` or `fields-max`");
        }
        if (invalidation.isStamped() && loading.isEmpty()) {
            problems.add("only values that are loaded carry tags and generations: give it `loading`, or drop them");
        }
        invalidation
                .key()
                .filter(key -> !key.literalPrefix().startsWith(prefix))
                .ifPresent(key -> problems.add("the key " + key + " must begin with the prefix " + prefix));
        if (freshness instanceof Freshness.BestEffort && whenUnproved == WhenUnproved.REFUSE) {
            problems.add("best-effort has nothing to prove, so it cannot refuse: give it a greatest age, such as"
                    + " 250ms, or make it strict");
        }
        problems.throwIfAny();
    }

    /// `name` is for people and metrics; `prefix` says which keys belong to the class, `md:quote:` for one.
    ///
    /// Starts with the careful choice for each setting: bounded by 250 ms, remote while unproved, 10,000 entries.
    public static Builder builder(String name, String prefix) {
        return new Builder(name, prefix);
    }

    /// Gathers the settings of one class.
    public static final class Builder {

        public static final Duration FRESHNESS_BOUND_DEFAULT = Duration.ofMillis(250);
        public static final long ENTRIES_DEFAULT = 10_000;
        public static final Duration NEAR_TTL_DEFAULT = Duration.ofMinutes(10);
        public static final Duration NEGATIVE_TTL_DEFAULT = Duration.ofSeconds(5);
        public static final int REMOTE_MAX_DEFAULT = 10_000;

        private final String name;
        private final String prefix;
        private Freshness freshness = Freshness.bounded(FRESHNESS_BOUND_DEFAULT);
        private WhenUnproved whenUnproved = WhenUnproved.REMOTE;
        private NearBound nearBound = NearBound.entries(ENTRIES_DEFAULT);
        private Duration nearTtl = NEAR_TTL_DEFAULT;
        private Duration negativeTtl = NEGATIVE_TTL_DEFAULT;
        private Writers writers = Writers.ANY;
        private Durability durability = Durability.async();
        private int remoteMax = REMOTE_MAX_DEFAULT;
        private OptionalInt fieldsMax = OptionalInt.empty();
        private Optional<LoadLimits> loading = Optional.empty();
        private InvalidationRules invalidation = InvalidationRules.NONE;

        private Builder(String name, String prefix) {
            this.name = name;
            this.prefix = prefix;
        }

        public Builder freshness(Freshness wanted) {
            freshness = wanted;
            return this;
        }

        public Builder whenUnproved(WhenUnproved wanted) {
            whenUnproved = wanted;
            return this;
        }

        public Builder nearBound(NearBound wanted) {
            nearBound = wanted;
            return this;
        }

        public Builder nearTtl(Duration wanted) {
            nearTtl = wanted;
            return this;
        }

        public Builder negativeTtl(Duration wanted) {
            negativeTtl = wanted;
            return this;
        }

        public Builder writers(Writers wanted) {
            writers = wanted;
            return this;
        }

        public Builder durability(Durability wanted) {
            durability = wanted;
            return this;
        }

        public Builder remoteMax(int wanted) {
            remoteMax = wanted;
            return this;
        }

        /// The values are hashes, of each of which at most so many fields are kept near.
        public Builder fieldsMax(int wanted) {
            fieldsMax = OptionalInt.of(wanted);
            return this;
        }

        public Builder loading(LoadLimits wanted) {
            loading = Optional.of(wanted);
            return this;
        }

        public Builder invalidation(InvalidationRules wanted) {
            invalidation = wanted;
            return this;
        }

        public CacheClass build() {
            return new CacheClass(
                    name,
                    prefix,
                    freshness,
                    whenUnproved,
                    nearBound,
                    nearTtl,
                    negativeTtl,
                    writers,
                    durability,
                    remoteMax,
                    fieldsMax,
                    loading,
                    invalidation);
        }
    }
}

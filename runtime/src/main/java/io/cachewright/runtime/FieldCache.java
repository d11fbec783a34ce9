package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads of one class of hashes, field by field, through fields kept near, with the freshness that the class
/// promises. A write names the fields that it changes: the others stay near, here and in every other process.
///
/// Safe for use by many threads; reads that go to the server block, which suits virtual threads. Keys are whole
/// server keys, prefix included; fields of one type.
///
/* A server tells of keys, not of fields. A write of this library therefore makes and deletes a marker beside the hash,
 * whose name says the fields, and which every reader hears of in the same message as of the key: see FieldMarker. Whoever
 * hears of a key without a marker drops all of it: that is what a plain HSET in any language does.
 *
 * A message says once that a key changed, however often it did in one turn of the server. So a plain HSET can hide
 * behind a named write of the same turn. Fields that were not named therefore stay as old as they were proved to be when
 * the message came: no later proof of the link makes them younger. The next reader is served such a field while the bound
 * of its class allows, has it read again in the background, and from then on it is proved like any other.
 */
public final class FieldCache<V> {

    private final CacheClass policy;
    private final Codec<V> codec;
    private final LinkClock clock;
    private final FieldStore<V> store;
    private final ReadCounts counts;
    private final NearAnswers<V> near;
    private final FieldReads<V> remote;
    private final FieldWrites<V> writes;

    FieldCache(
            CacheClass policy,
            Codec<V> codec,
            Links links,
            Routing routing,
            InvalidationLatency latency,
            LinkClock clock,
            Duration readTimeout) {
        this.policy = policy;
        this.codec = codec;
        this.clock = clock;
        this.store = new FieldStore<>(policy.nearBound(), policy.fieldsMax().orElseThrow());
        this.counts = new ReadCounts(false);
        this.near = new NearAnswers<>(policy, links, clock, counts, readTimeout);
        this.remote = new FieldReads<>(policy, codec, links, routing, clock, readTimeout, store, counts);
        this.writes = new FieldWrites<>(policy, codec, routing, latency, readTimeout);
    }

    public CacheClass policy() {
        return policy;
    }

    /// The value of `field` of `key`, null when it does not exist.
    ///
    /// @throws CacheException.Refused when the class refuses reads while its freshness is unproved
    /// @throws CacheException.Unavailable when the server was needed and did not answer in time
    public @Nullable V get(String key, String field) {
        return read(key, field).value();
    }

    /// The value of `field` of `key` with the bound on its age and where it came from.
    public Answer<V> read(String key, String field) {
        checkKey(key);
        Answer<V> near = near(key, field, clock.nanoTime());
        return near == null ? fetched(remote.read(key, List.of(field)), field) : near;
    }

    private static <V> Answer<V> fetched(Map<String, Answer<V>> answers, String field) {
        Answer<V> answer = answers.get(field);
        if (answer == null) {
            throw new IllegalStateException("every field that is asked for has an answer");
        }
        return answer;
    }

    /// The values of `fields` of `key`, without those that do not exist; those that are not near in one round
    /// trip. Each is right by itself: they promise nothing of one another.
    public Map<String, V> getAll(String key, Collection<String> fields) {
        checkKey(key);
        long invoked = clock.nanoTime();
        Map<String, V> values = new LinkedHashMap<>();
        List<String> missed = new ArrayList<>();
        for (String field : fields) {
            Answer<V> near = near(key, field, invoked);
            if (near == null) {
                missed.add(field);
            } else {
                add(field, near, values);
            }
        }
        if (!missed.isEmpty()) {
            remote.read(key, missed).forEach((field, answer) -> add(field, answer, values));
        }
        return values;
    }

    private static <V> void add(String field, Answer<V> answer, Map<String, V> values) {
        V value = answer.value();
        if (value != null) {
            values.put(field, value);
        }
    }

    /// What is near of `field` and may be served; null when the server must be asked.
    private @Nullable Answer<V> near(String key, String field, long invoked) {
        Answer<V> answer = near.of(key, () -> store.get(key, field), invoked);
        if (answer != null && answer.source() == Source.NEAR && store.isInDoubt(key, field)) {
            remote.rereadInDoubt(key);
        }
        return answer;
    }

    /// Writes `values` into the hash `key` in one step of the server. Other fields stay as they are, there
    /// and near. The time to live of the key becomes `ttl`; with zero it stays as it is.
    ///
    /// @throws IllegalArgumentException when `ttl` is neither zero nor from 1 ms to 100 years
    /// @throws CacheException.NotDurable when it was written but is not known to be where the class's
    ///     durability wants it
    /// @throws CacheException.Unavailable when it may have been written, or not
    public void put(String key, Map<String, V> values, Duration ttl) {
        checkKey(key);
        if (!values.isEmpty()) {
            writes.put(key, values, ttl);
        }
    }

    /// Deletes `fields` of the hash `key`. Other fields stay as they are, there and near.
    public void delete(String key, Collection<String> fields) {
        checkKey(key);
        if (!fields.isEmpty()) {
            writes.delete(key, fields);
        }
    }

    /// Deletes the whole hash.
    public void delete(String key) {
        checkKey(key);
        writes.delete(key);
    }

    /// Hits, misses and the like; entries are fields.
    public CacheStatistics statistics() {
        return counts.with(store.size());
    }

    private void checkKey(String key) {
        if (!key.startsWith(policy.prefix())) {
            throw new IllegalArgumentException(
                    "key " + key + " is not of class " + policy.name() + ", whose keys start with " + policy.prefix());
        }
    }

    // For the verifier

    Samples<FieldSamples.Place, V> samples() {
        return new FieldSamples<>(policy, clock, codec, store, remote);
    }

    // What its link says

    boolean owns(String key) {
        return key.startsWith(policy.prefix());
    }

    void drop(String key) {
        store.drop(key);
    }

    void drop(String key, Set<String> fields) {
        store.drop(key, fields);
    }

    void doubt(String key, long provedNanos) {
        store.doubt(key, provedNanos);
    }

    void dropIf(Predicate<String> key) {
        store.dropIf(key);
    }

    void freeDropped() {
        store.freeDropped();
    }
}

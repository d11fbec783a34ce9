package io.cachewright.runtime;

import io.cachewright.domain.SlotKeys;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.domain.policy.Writers;
import io.cachewright.runtime.coherence.Proof;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads of one class of keys, through values kept near, with the freshness that the class promises.
///
/// Safe for use by many threads; reads that go to the server block, which suits virtual threads. Keys are whole
/// server keys, prefix included.
public final class NearCache<V> {

    private static final int KEYS_LOOKED_AT_A_PAGE = 1_000;

    private final CacheClass policy;
    private final Codec<V> codec;
    private final Links links;
    private final Routing routing;
    private final LinkClock clock;
    private final HitRule rule;
    private final NearStore<V> store;
    private final ReadCounts counts;
    private final NearAnswers<V> near;
    private final RemoteReads<V> remote;
    private final BatchReads<V> batches;
    private final Writes writes;
    private volatile Consumer<String> dropped = _ -> {};

    NearCache(
            CacheClass policy,
            Codec<V> codec,
            Links links,
            Routing routing,
            InvalidationLatency latency,
            LinkClock clock,
            LogKeys logs,
            Duration readTimeout) {
        this.policy = policy;
        this.codec = codec;
        this.links = links;
        this.routing = routing;
        this.clock = clock;
        this.rule = HitRule.of(policy, clock);
        this.store = new NearStore<>(policy.nearBound());
        this.counts = new ReadCounts(rule.readsCoarseClock());
        this.near = new NearAnswers<>(policy, links, clock, counts, readTimeout);
        this.writes = new Writes(policy, routing, latency, logs, readTimeout);
        this.remote = new RemoteReads<>(policy, codec, links, clock, readTimeout, store, counts);
        this.batches = new BatchReads<>(rule, clock, store, counts, near, remote);
    }

    public CacheClass policy() {
        return policy;
    }

    /// The value of `key`, null when it does not exist.
    ///
    /// @throws CacheException.Refused when the class refuses reads while its freshness is unproved
    /// @throws CacheException.Unavailable when the server was needed and did not answer in time
    public @Nullable V get(String key) {
        Entry<V> hit = hit(key);
        return hit == null ? read(key).value() : hit.value;
    }

    /// The entry of `key` where it may be served without asking anybody; null when not.
    @Nullable
    Entry<V> hit(String key) {
        HitTally.Mine mine = counts.hits.mine();
        int tick = clock.tickNumber();
        Entry<V> entry = store.glance(key, tick);
        if (entry != null && isServable(entry, mine)) {
            counts.hits.increment(mine);
            return entry;
        }
        return hitInStore(key, tick, mine);
    }

    /// The rarer way, in a method of its own: compiled into one with the other, it would slow that down by half.
    private @Nullable Entry<V> hitInStore(String key, int tick, HitTally.@Nullable Mine mine) {
        Entry<V> entry = store.get(key, tick);
        if (entry == null || !isServable(entry, mine)) {
            return null;
        }
        counts.hits.increment(mine);
        return entry;
    }

    private boolean isServable(Entry<V> entry, HitTally.@Nullable Mine mine) {
        // The order of these reads is what makes a hit sound: see Entry.
        long proved = entry.proof.provedNanos();
        if (!entry.isUsable()) {
            return false;
        }
        return rule.isFresh(entry, proved, rule.nanos(mine));
    }

    /// The values of `keys`, without those that do not exist. What is not near is asked of each server in one
    /// round trip.
    ///
    /// @throws CacheException as [#get] does, for the first key that cannot be read
    public Map<String, V> getAll(Collection<String> keys) {
        return batches.values(List.copyOf(keys));
    }

    /// As [#read] for each of `keys`; what is not near is asked of each server in one round trip.
    public Map<String, Answer<V>> readAll(Collection<String> keys) {
        return batches.answers(keys);
    }

    /// The value of `key` with its version, the bound on its age and where it came from.
    public Answer<V> read(String key) {
        long invoked = clock.nanoTime();
        Answer<V> answer = near.of(key, () -> store.get(key, clock.tickNumber()), invoked);
        return answer == null ? remote.read(key, invoked) : answer;
    }

    /// Writes `value` with the time to live that the server shall give it, zero for none. Later reads by this
    /// client see it, or something newer. It is done when the servers have it that the class's durability names.
    ///
    /// @throws IllegalArgumentException when `ttl` is neither zero nor from 1 ms to 100 years
    /// @throws CacheException.NotDurable when it was written but those servers did not have it in time
    /// @throws CacheException.Unavailable when it may have been written, or not
    public void put(String key, V value, Duration ttl) {
        remote.checkKey(key);
        writes.put(key, codec.encode(value), ttl);
    }

    /// Writes `value` if the one in the server still has the version `expected`, as a read gave it: the new
    /// version, or empty when it has another one. For classes of which this library is the only writer.
    public OptionalLong putIfVersion(String key, long expected, V value, Duration ttl) {
        remote.checkKey(key);
        checkVersioned();
        return writes.putIfVersion(key, expected, codec.encode(value), ttl);
    }

    /// Writes `value` if the server has none: its version, or empty when there is one. For classes of which this
    /// library is the only writer.
    public OptionalLong putIfAbsent(String key, V value, Duration ttl) {
        remote.checkKey(key);
        checkVersioned();
        return writes.putIfAbsent(key, codec.encode(value), ttl);
    }

    /// Writes a value for each of `keys`, in their order, all in one step of the server. For classes of which
    /// this library is the only writer.
    public void putAll(SlotKeys keys, List<V> values, Duration ttl) {
        checkVersioned();
        keys.keys().forEach(remote::checkKey);
        if (keys.keys().size() != values.size()) {
            throw new IllegalArgumentException(keys.keys().size() + " keys need as many values, were " + values.size());
        }
        writes.putAll(keys, values.stream().map(codec::encode).toList(), ttl);
    }

    /// Deletes `key` in the server.
    public void delete(String key) {
        remote.checkKey(key);
        writes.delete(key);
    }

    private void checkVersioned() {
        if (!writes.areVersioned()) {
            throw new IllegalStateException("class " + policy.name() + " may be written by any client, so its values"
                    + " have no versions: declare writers: library if that is true");
        }
    }

    /// Deletes in the server all keys of the class, page by page; each page may take as long as a read. A key
    /// that is written meanwhile may stay.
    public void deleteAll() {
        for (ServerLink link : links.all()) {
            String cursor = ScanCursor.INITIAL.getCursor();
            boolean isLast = false;
            while (!isLast) {
                long begun = clock.nanoTime();
                KeyScanCursor<String> page =
                        remote.await(link.call(Commands.scan(cursor, policy.prefix(), KEYS_LOOKED_AT_A_PAGE)), begun);
                page.getKeys().stream()
                        .map(key -> writes.deleted(key, Routing.Repeat.HARMLESS))
                        .toList()
                        .forEach(deleted -> remote.await(deleted, begun));
                cursor = page.getCursor();
                isLast = page.isFinished();
            }
        }
    }

    /// See [RemoteReads#tick].
    void tick(long nowNanos) {
        remote.tick(nowNanos);
    }

    /// Reads that have waited for longer than they may at `nowNanos` fail.
    void endOverdueReads(long nowNanos) {
        remote.endOverdue(nowNanos);
    }

    /// Whether a read of `key` would wait for a link that is down just now: nothing is at hand that the class may serve
    /// meanwhile.
    boolean wouldWaitForLink(String key) {
        Entry<V> entry = policy.whenUnproved() == WhenUnproved.DEGRADE ? store.peek(key) : null;
        boolean isAtHand = entry != null && entry.isUsable();
        return !isAtHand && !links.of(key).isLive();
    }

    /// Reads that need a server fail from now on, since there is no client.
    void close() {
        remote.close();
    }

    /// Reads of this class under way to the servers.
    int remoteUnderWay() {
        return remote.underWay();
    }

    byte[] encode(V value) {
        return codec.encode(value);
    }

    /// Waits for a write as long as one may take.
    <T> T awaitWrite(CompletableFuture<T> write) {
        return remote.await(write, clock.nanoTime());
    }

    public CacheStatistics statistics() {
        return counts.with(store.size());
    }

    // For the verifier

    LinkClock clock() {
        return clock;
    }

    Codec<V> codec() {
        return codec;
    }

    Iterator<String> nearKeys() {
        return store.keys();
    }

    @Nullable
    Entry<V> nearEntry(String key) {
        return store.peek(key);
    }

    /// What the server holds, read past all that is near.
    ///
    /// @throws RuntimeException when the codec cannot read it
    @Nullable
    V remoteValue(String key) {
        long issued = clock.nanoTime();
        byte[] bytes = remote.await(routing.call(key, () -> Commands.get(key)), issued);
        return bytes == null
                ? null
                : Decoded.arrived(key, bytes, RemoteRead.NO_TTL, issued, codec, policy.writers() == Writers.LIBRARY)
                        .value();
    }

    /// Tells `wanted` of each key that is dropped, on the thread that drops it.
    void onDrop(Consumer<String> wanted) {
        dropped = wanted;
    }

    void drop(String key) {
        store.drop(key);
        remote.changed(key);
        dropped.accept(key);
    }

    void dropIf(Predicate<String> key) {
        store.dropIf(key);
    }

    /// See [NearStore#carry]; a class that others write keeps nothing.
    void carry(Proof proof, long before, long now, CatchUp caughtUp) {
        if (policy.writers() == Writers.LIBRARY) {
            store.carry(proof, before, now, caughtUp);
        }
    }

    void freeDropped() {
        store.freeDropped();
    }
}

package io.cachewright.runtime;

import io.cachewright.domain.SlotKeys;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.domain.policy.Writers;
import io.cachewright.runtime.coherence.Proof;
import io.cachewright.runtime.coherence.ReadRule;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
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
    private final long boundNanos;
    private final @Nullable CoarseClock coarse;
    private final NearStore<V> store;
    private final ReadCounts counts;
    private final NearAnswers<V> near;
    private final RemoteReads<V> remote;
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
        this.boundNanos = ReadRule.of(policy.freshness(), policy.whenUnproved()).boundNanos();
        this.coarse = clock.coarseWithin(boundNanos);
        this.store = new NearStore<>(policy.nearBound());
        this.counts = new ReadCounts(coarse != null);
        this.near = new NearAnswers<>(policy, links, clock, counts, readTimeout);
        this.writes = new Writes(policy, routing, latency, logs, readTimeout);
        this.remote = new RemoteReads<>(policy, codec, links, clock, readTimeout, store, counts);
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
        return isFresh(entry, proved, hitNanos(mine));
    }

    private boolean isFresh(Entry<V> entry, long proved, long now) {
        return now - entry.expiresAtNanos < 0 && now - entry.currentAsOf(proved) <= boundNanos;
    }

    /// The values of `keys`, without those that do not exist. What is not near is asked of each server in one
    /// round trip.
    ///
    /// @throws CacheException as [#get] does, for the first key that cannot be read
    public Map<String, V> getAll(Collection<String> keys) {
        Map<String, V> values = HashMap.newHashMap(keys.size());
        List<String> missed = new ArrayList<>();
        Glimpse<V> glimpse = glimpse(List.copyOf(keys), missed);
        List<String> stale = new ArrayList<>();
        BiConsumer<String, Answer<V>> sink = (key, answer) -> {
            V value = answer.value();
            if (value != null) {
                values.put(key, value);
            }
        };
        // What is near is looked through while the server is at work on the rest.
        readMissed(missed, () -> addFresh(glimpse, values, stale), sink);
        readMissed(stale, () -> {}, sink);
        if (!missed.isEmpty() || !stale.isEmpty()) {
            readMissed(grownOld(glimpse, stale), () -> {}, sink);
        }
        return values;
    }

    /// What of `glimpse` has become too old while the server was waited for, and is vouched for by no newer proof;
    /// without what was `read` from the server.
    private List<String> grownOld(Glimpse<V> glimpse, List<String> read) {
        if (boundNanos == Long.MAX_VALUE) {
            return List.of();
        }
        Set<String> grown = new LinkedHashSet<>();
        long now = clock.nanoTime();
        for (int i = 0; i < glimpse.size(); i++) {
            Entry<V> entry = glimpse.entry(i);
            long proved = entry.proof.provedNanos();
            if (now - entry.currentAsOf(glimpse.provedNanos(i)) > boundNanos
                    && !(entry.isUsable() && isFresh(entry, proved, now))) {
                grown.add(entry.key);
            }
        }
        read.forEach(grown::remove);
        return List.copyOf(grown);
    }

    private Glimpse<V> glimpse(List<String> keys, List<String> missed) {
        int tick = clock.tickNumber();
        Glimpse<V> glimpse = new Glimpse<>(keys.size());
        // Strict values need a proof first, which costs a round trip as the value does.
        boolean mayServe = boundNanos >= 0;
        for (String key : keys) {
            Entry<V> glanced = store.glance(key, tick);
            Entry<V> entry = glanced == null ? store.get(key, tick) : glanced;
            if (entry == null || !mayServe || !glimpse.add(entry)) {
                missed.add(key);
            }
        }
        return glimpse;
    }

    /// Judges all by one reading of the clock, which is later than any of them was looked at.
    private void addFresh(Glimpse<V> glimpse, Map<String, V> values, List<String> stale) {
        HitTally.Mine mine = counts.hits.mine();
        long now = hitNanos(mine);
        for (int i = 0; i < glimpse.size(); i++) {
            Entry<V> entry = glimpse.entry(i);
            if (!isFresh(entry, glimpse.provedNanos(i), now)) {
                stale.add(entry.key);
                continue;
            }
            counts.hits.increment(mine);
            V value = entry.value;
            if (value != null) {
                values.put(entry.key, value);
            }
        }
    }

    /// As [#read] for each of `keys`; what is not near is asked of each server in one round trip.
    public Map<String, Answer<V>> readAll(Collection<String> keys) {
        BatchAnswers<V> answers = new BatchAnswers<>(keys.size(), clock);
        List<String> missed = addNear(keys, answers);
        if (missed.isEmpty()) {
            return answers.asOfNow();
        }
        readMissed(missed, () -> {}, answers::add);
        // What was near grew older meanwhile.
        readMissed(addNear(answers.nearBeyond(boundNanos), answers), () -> {}, answers::add);
        return answers.asOfNow();
    }

    /// Those of `keys` that the server must be asked for; what is near of the others goes to `answers`.
    private List<String> addNear(Collection<String> keys, BatchAnswers<V> answers) {
        long invoked = clock.nanoTime();
        List<String> missed = new ArrayList<>();
        for (String key : keys) {
            Answer<V> answer = near.of(key, () -> store.get(key, clock.tickNumber()), invoked);
            if (answer == null) {
                missed.add(key);
            } else {
                answers.add(key, answer);
            }
        }
        return missed;
    }

    private void readMissed(List<String> missed, Runnable meanwhile, BiConsumer<String, Answer<V>> sink) {
        if (missed.isEmpty()) {
            meanwhile.run();
        } else {
            remote.readAll(missed, clock.nanoTime(), meanwhile, sink);
        }
    }

    /// The present, or somewhat later where a clock is taken that is cheaper to read: what that does not let pass
    /// is judged again by the precise one.
    private long hitNanos(HitTally.@Nullable Mine mine) {
        if (boundNanos == Long.MAX_VALUE) {
            return clock.tickNanos();
        }
        if (coarse == null || mine == null) {
            return clock.nanoTime();
        }
        try {
            return coarse.nanosNoEarlierThanNow(mine.clockAddress);
        } finally {
            Reference.reachabilityFence(mine.clockBuffer);
        }
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

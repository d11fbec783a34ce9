package io.cachewright.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.runtime.coherence.Proof;
import io.cachewright.runtime.coherence.ReadRule;
import io.cachewright.runtime.coherence.ReadRule.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads of one class of keys, through values kept near, with the freshness that the class promises.
///
/// Safe for use by many threads; reads that go to the server block, which suits virtual threads. Keys are whole server
/// keys, prefix included.
public final class NearCache<V> {

    private static final Logger LOG = LoggerFactory.getLogger(NearCache.class);

    private final CacheClass policy;
    private final Codec<V> codec;
    private final ServerLink link;
    private final Proof proof;
    private final ReadRule rule;
    private final long boundNanos;
    private final long readTimeoutNanos;
    private final Cache<String, Entry<V>> store;
    private final Map<String, Flight<V>> flights = new HashMap<>();

    private final LongAdder hits = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder remote = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder decodeErrors = new LongAdder();

    NearCache(CacheClass policy, Codec<V> codec, ServerLink link, Duration readTimeout) {
        this.policy = policy;
        this.codec = codec;
        this.link = link;
        this.proof = link.proof();
        this.rule = ReadRule.of(policy.freshness(), policy.whenUnproved());
        this.boundNanos = rule.boundNanos();
        this.readTimeoutNanos = readTimeout.toNanos();
        this.store = newStore(policy.nearBound());
    }

    private static <V> Cache<String, Entry<V>> newStore(NearBound bound) {
        return switch (bound) {
            case NearBound.Entries(long max) ->
                Caffeine.newBuilder().maximumSize(max).build();
            case NearBound.Bytes(var max) ->
                Caffeine.newBuilder()
                        .maximumWeight(max.bytes())
                        .weigher((String key, Entry<V> entry) -> key.length() + entry.weight)
                        .build();
        };
    }

    public CacheClass policy() {
        return policy;
    }

    /// The value of `key`, null when it does not exist.
    ///
    /// @throws CacheException.Refused when the class refuses reads while its freshness is unproved
    /// @throws CacheException.Unavailable when the server was needed and did not answer in time
    public @Nullable V get(String key) {
        // The order of these reads is what makes a hit sound: see Proof.
        long proved = proof.provedNanos();
        long epoch = proof.epoch();
        Entry<V> entry = store.getIfPresent(key);
        if (entry != null && entry.epoch >= epoch) {
            long now = boundNanos == Long.MAX_VALUE ? link.tickNanos() : link.nanoTime();
            if (now - entry.expiresAtNanos < 0 && now - entry.currentAsOf(proved) <= boundNanos) {
                hits.increment();
                return entry.value;
            }
        }
        return read(key).value();
    }

    /// The value of `key` with its version, the bound on its age and where it came from.
    public Answer<V> read(String key) {
        long invoked = link.nanoTime();
        while (true) {
            long proved = proof.provedNanos();
            long epoch = proof.epoch();
            Entry<V> entry = store.getIfPresent(key);
            long now = link.nanoTime();
            if (entry == null || entry.epoch < epoch || now - entry.expiresAtNanos >= 0) {
                return readRemote(key, invoked);
            }
            long asOf = entry.currentAsOf(proved);
            boolean isProvedStrict = rule.isStrict() && asOf - invoked >= 0;
            switch (isProvedStrict ? Verdict.SERVE : rule.judge(now - asOf, link.isLive())) {
                case SERVE -> {
                    hits.increment();
                    return answer(entry.value, now - asOf, Source.NEAR);
                }
                case PROVE -> {
                    if (!awaitProof(invoked)) {
                        return unproved(key, invoked, entry, asOf);
                    }
                }
                case REMOTE -> {
                    return readRemote(key, invoked);
                }
                case SERVE_STALE, REFUSE -> {
                    return unproved(key, invoked, entry, asOf);
                }
            }
        }
    }

    /// Writes `value` with the time to live that the server shall give it, zero for none. Later reads by this client
    /// see it, or something newer.
    public void put(String key, V value, Duration ttl) {
        checkKey(key);
        await(link.write(key, Commands.set(key, codec.encode(value), ttl.toMillis())), link.nanoTime());
    }

    /// Deletes `key` in the server.
    public void delete(String key) {
        checkKey(key);
        await(link.write(key, Commands.unlink(key)), link.nanoTime());
    }

    public CacheStatistics statistics() {
        return new CacheStatistics(
                hits.sum(),
                stale.sum(),
                remote.sum(),
                refused.sum(),
                failed.sum(),
                decodeErrors.sum(),
                store.estimatedSize());
    }

    void drop(String key) {
        store.invalidate(key);
    }

    /// Frees the entries of earlier epochs, which nobody can read any more.
    void freeDropped() {
        // The volatile read makes the newest epoch visible.
        long proved = proof.provedNanos();
        long epoch = proof.epoch();
        LOG.debug("class {}: freeing what was dropped before epoch {}, proved {}", policy.name(), epoch, proved);
        store.asMap().values().removeIf(entry -> entry.epoch < epoch);
    }

    private Answer<V> unproved(String key, long invoked, Entry<V> entry, long asOf) {
        return switch (policy.whenUnproved()) {
            case REMOTE -> readRemote(key, invoked);
            case DEGRADE -> {
                stale.increment();
                yield answer(entry.value, link.nanoTime() - asOf, Source.STALE);
            }
            case REFUSE -> throw refuse(key);
        };
    }

    private CacheException refuse(String key) {
        refused.increment();
        return new CacheException.Refused("freshness " + policy.freshness() + " of " + key + " cannot be proved: link "
                + link.state() + "; class " + policy.name() + " refuses reads meanwhile");
    }

    private boolean awaitProof(long invoked) {
        try {
            return link.proofSince(invoked).get(readTimeoutNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    // To the server

    /// Reads from the server. A read that a lost link took away is sent again on the next one until time is up: it
    /// changes nothing there.
    private Answer<V> readRemote(String key, long invoked) {
        checkKey(key);
        long deadline = invoked + readTimeoutNanos;
        CacheException failure = null;
        while (link.nanoTime() - deadline < 0) {
            if (policy.whenUnproved() == WhenUnproved.REFUSE && !link.isLive()) {
                throw refuse(key);
            }
            try {
                if (!link.awaitArmed(deadline)) {
                    break;
                }
                Answer<V> answer = fly(key, deadline);
                if (answer != null) {
                    remote.increment();
                    return answer;
                }
            } catch (CacheException.Unavailable e) {
                failure = e;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return afterFailure(key, failure);
    }

    /// One attempt, alone or with others; null when the link went before it could be sent.
    private @Nullable Answer<V> fly(String key, long deadline) throws InterruptedException {
        Flight<V> flight;
        boolean joined = false;
        synchronized (link) {
            Flight<V> present = flights.get(key);
            if (present != null && mayJoin(present)) {
                flight = present;
                joined = true;
            } else {
                flight = new Flight<>(key, flights);
                if (!link.issue(flight)) {
                    return null;
                }
                flights.putIfAbsent(key, flight);
            }
        }
        if (joined) {
            Answer<V> theirs = await(flight.outcome, deadline - readTimeoutNanos);
            long age = link.nanoTime() - flight.lease().issuedNanos();
            return answer(theirs.value(), age, Source.REMOTE);
        }
        link.send(flight);
        return land(flight, deadline);
    }

    /// A strict read must not take the answer to a question asked before it began.
    private boolean mayJoin(Flight<V> flight) {
        return !rule.isStrict() && link.nanoTime() - flight.lease().issuedNanos() <= boundNanos;
    }

    private Answer<V> land(Flight<V> flight, long deadline) throws InterruptedException {
        try {
            Flight.Arrival arrival = await(flight.arrival, deadline - readTimeoutNanos);
            V value = decoded(flight.key(), arrival.value);
            boolean isPoison = value == null && arrival.value != null;
            long ttlNanos = isPoison ? 0 : ttlNanos(arrival);
            link.store(flight, () -> keep(flight, value, arrival, ttlNanos));
            Answer<V> answer = answer(value, link.nanoTime() - flight.lease().issuedNanos(), Source.REMOTE);
            flight.outcome.complete(answer);
            return answer;
        } catch (CacheException e) {
            synchronized (link) {
                flights.remove(flight.key(), flight);
                link.abandon(flight);
            }
            flight.outcome.completeExceptionally(e);
            throw e;
        }
    }

    private @Nullable V decoded(String key, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return codec.decode(bytes);
        } catch (RuntimeException e) {
            decodeErrors.increment();
            LOG.debug("the value of {} cannot be decoded, it counts as absent", key, e);
            return null;
        }
    }

    private long ttlNanos(Flight.Arrival arrival) {
        long near = (arrival.value == null ? policy.negativeTtl() : policy.nearTtl()).toNanos();
        if (arrival.value == null || arrival.ttlMillis == RemoteRead.NO_TTL) {
            return near;
        }
        return Math.min(near, Math.max(0, TimeUnit.MILLISECONDS.toNanos(arrival.ttlMillis)));
    }

    /// Counted from when the read was issued, which is before the server looked at its own clock.
    private void keep(Flight<V> flight, @Nullable V value, Flight.Arrival arrival, long ttlNanos) {
        byte[] bytes = arrival.value;
        if (ttlNanos <= 0) {
            store.invalidate(flight.key());
            return;
        }
        long issued = flight.lease().issuedNanos();
        int size = bytes == null ? 0 : bytes.length;
        store.put(flight.key(), new Entry<>(value, issued, issued + ttlNanos, link.storeEpoch(), size));
    }

    /// The server cannot be had: a class that degrades serves what is at hand, however old.
    private Answer<V> afterFailure(String key, @Nullable CacheException failure) {
        if (policy.whenUnproved() == WhenUnproved.DEGRADE) {
            long proved = proof.provedNanos();
            long epoch = proof.epoch();
            Entry<V> entry = store.getIfPresent(key);
            long now = link.nanoTime();
            if (entry != null && entry.epoch >= epoch && now - entry.expiresAtNanos < 0) {
                stale.increment();
                return answer(entry.value, now - entry.currentAsOf(proved), Source.STALE);
            }
        }
        failed.increment();
        String why = "no answer to the read of " + key + " within " + TimeUnit.NANOSECONDS.toMillis(readTimeoutNanos)
                + " ms; link " + link.state();
        Throwable cause = failure == null ? link.lastFailure() : failure;
        throw cause == null ? new CacheException.Unavailable(why) : new CacheException.Unavailable(why, cause);
    }

    private <T> T await(CompletableFuture<T> future, long since) {
        try {
            long left = readTimeoutNanos - (link.nanoTime() - since);
            return future.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            throw new CacheException.Unavailable("no answer in time", e);
        } catch (ExecutionException e) {
            throw Failures.of(e.getCause());
        }
    }

    private static CacheException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CacheException.Unavailable("interrupted", e);
    }

    private Answer<V> answer(@Nullable V value, long ageNanos, Source source) {
        long version = value == null ? Codec.NO_VERSION : codec.versionOf(value);
        return new Answer<>(value, version, ageNanos, source);
    }

    private void checkKey(String key) {
        if (!key.startsWith(policy.prefix())) {
            throw new IllegalArgumentException(
                    "key " + key + " is not of class " + policy.name() + ", whose keys start with " + policy.prefix());
        }
    }
}

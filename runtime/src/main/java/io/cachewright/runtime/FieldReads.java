package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.runtime.coherence.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reads of fields of one class that go to the server, kept near where that is sound.
final class FieldReads<V> {

    private static final Logger LOG = LoggerFactory.getLogger(FieldReads.class);

    /// Keys that are read again in the background at once.
    private static final int REREADS_MAX = 256;

    private final CacheClass policy;
    private final Codec<V> codec;
    private final Links links;
    private final Routing routing;
    private final LinkClock clock;
    private final Duration readTimeout;
    private final FieldStore<V> store;
    private final ReadCounts counts;
    private final Refusals refusals;
    private final Semaphore places;
    private final Set<String> rereads = ConcurrentHashMap.newKeySet();

    FieldReads(
            CacheClass policy,
            Codec<V> codec,
            Links links,
            Routing routing,
            LinkClock clock,
            Duration readTimeout,
            FieldStore<V> store,
            ReadCounts counts) {
        this.policy = policy;
        this.codec = codec;
        this.links = links;
        this.routing = routing;
        this.clock = clock;
        this.readTimeout = readTimeout;
        this.store = store;
        this.counts = counts;
        this.refusals = new Refusals(policy, links, counts);
        this.places = new Semaphore(policy.remoteMax());
    }

    /// Reads `fields` in one round trip; a field that does not exist has an answer with null.
    Map<String, Answer<V>> read(String key, List<String> fields) {
        if (!places.tryAcquire()) {
            counts.failed.increment();
            throw new CacheException.Unavailable("class " + policy.name() + " has as many reads under way as it may, "
                    + policy.remoteMax() + ": " + key + " was not read");
        }
        try {
            Map<String, Answer<V>> answers = readUntilAnswered(key, fields);
            store.dropInDoubt(key, fields);
            counts.remote.increment();
            return answers;
        } catch (CacheException.Unavailable e) {
            counts.failed.increment();
            throw e;
        } finally {
            places.release();
        }
    }

    private Map<String, Answer<V>> readUntilAnswered(String key, List<String> fields) {
        long deadline = clock.nanoTime() + readTimeout.toNanos();
        while (true) {
            ServerLink link = links.of(key);
            if (!link.isLive() && policy.whenUnproved() == WhenUnproved.REFUSE) {
                throw refusals.of(key);
            }
            FieldsRead read = new FieldsRead(key, fields);
            try {
                if (!link.awaitArmed(deadline)) {
                    throw new CacheException.Unavailable(
                            "no answer to the read of " + key + " within " + readTimeout.toMillis() + " ms; " + link);
                }
            } catch (InterruptedException e) {
                throw Failures.interrupted(e);
            }
            if (!link.send(read)) {
                continue;
            }
            try {
                return landed(link, read, deadline);
            } catch (CacheException.Unavailable e) {
                LOG.debug("{} was not read over its link, and is read on the way to its owner", key, e);
                return uncached(key, fields, deadline);
            }
        }
    }

    private Map<String, Answer<V>> landed(ServerLink link, FieldsRead read, long deadline) {
        try {
            FieldsRead.Arrival arrival = Failures.await(read.arrival, left(deadline));
            Map<String, Decoded<V>> values = decoded(read.fields(), arrival.values());
            link.answers().store(read.lease(), () -> keep(link, read, arrival, values));
            return answers(values, read.lease().issuedNanos());
        } catch (CacheException e) {
            link.answers().abandon(read.lease());
            throw e;
        }
    }

    /// Where the slot is on its way, or the link was lost: over redirects, and kept by nobody.
    private Map<String, Answer<V>> uncached(String key, List<String> fields, long deadline) {
        long issued = clock.nanoTime();
        List<byte @Nullable []> values =
                Failures.await(routing.call(key, () -> Commands.hmget(key, fields)), left(deadline));
        // Its reader has seen something newer than what may be near.
        store.drop(key, fields);
        return answers(decoded(fields, values), issued);
    }

    /// What the server holds, read past all that is near; null where a reader would find nothing.
    @Nullable
    V remoteValue(String key, String field) {
        List<byte @Nullable []> values =
                Failures.await(routing.call(key, () -> Commands.hmget(key, List.of(field))), readTimeout);
        return decoded(field, values.getFirst()).value();
    }

    private Duration left(long deadline) {
        return Duration.ofNanos(Math.max(deadline - clock.nanoTime(), 0));
    }

    private Map<String, Decoded<V>> decoded(List<String> fields, List<byte @Nullable []> values) {
        Map<String, Decoded<V>> decoded = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            decoded.put(fields.get(i), decoded(fields.get(i), values.get(i)));
        }
        return decoded;
    }

    private Decoded<V> decoded(String field, byte @Nullable [] bytes) {
        if (bytes == null) {
            return Decoded.absent();
        }
        try {
            return Decoded.of(bytes, codec, false);
        } catch (RuntimeException | StackOverflowError e) {
            counts.decodeErrors.increment();
            LOG.debug("the value of field {} cannot be decoded, it counts as absent", field, e);
            return Decoded.absent();
        }
    }

    private Map<String, Answer<V>> answers(Map<String, Decoded<V>> values, long issuedNanos) {
        Map<String, Answer<V>> answers = new LinkedHashMap<>();
        long age = clock.nanoTime() - issuedNanos;
        values.forEach(
                (field, value) -> answers.put(field, new Answer<>(value.value(), value.version(), age, Source.REMOTE)));
        return answers;
    }

    /// Runs with the monitor of the link held.
    private void keep(ServerLink link, FieldsRead read, FieldsRead.Arrival arrival, Map<String, Decoded<V>> values) {
        if (!links.of(read.key()).equals(link)) {
            // Only the link that answers for the key by now hears of its changes.
            store.drop(read.key());
            return;
        }
        Lease<String> lease = read.lease();
        Map<String, Entry<V>> entries = new LinkedHashMap<>();
        List<String> unkept = new ArrayList<>();
        for (int i = 0; i < read.fields().size(); i++) {
            String field = read.fields().get(i);
            byte[] bytes = arrival.values().get(i);
            Decoded<V> value = values.getOrDefault(field, Decoded.absent());
            long ttlNanos = ttlNanos(bytes == null, arrival.ttlMillis());
            if (ttlNanos <= 0 || (bytes != null && value.value() == null)) {
                unkept.add(field);
            } else {
                Entry.Origin origin = link.answers().origin(lease, bytes == null);
                int size = field.length() + (bytes == null ? 0 : bytes.length);
                entries.put(
                        field,
                        new Entry<>(
                                read.key(),
                                value.value(),
                                value.version(),
                                origin,
                                origin.asOfNanos() + ttlNanos,
                                size));
            }
        }
        if (!unkept.isEmpty()) {
            store.drop(read.key(), unkept);
        }
        if (!entries.isEmpty()) {
            store.put(read.key(), entries);
        }
    }

    private long ttlNanos(boolean isAbsent, long ttlMillis) {
        long near = (isAbsent ? policy.negativeTtl() : policy.nearTtl()).toNanos();
        return isAbsent || ttlMillis == RemoteRead.NO_TTL
                ? near
                : Math.min(near, Math.max(0, TimeUnit.MILLISECONDS.toNanos(ttlMillis)));
    }

    /// Reads in the background what is in doubt of `key`, which somebody has just been served.
    void rereadInDoubt(String key) {
        if (rereads.size() < REREADS_MAX && rereads.add(key)) {
            Thread.ofVirtual().name("cachewright-reread").start(() -> {
                try {
                    List<String> fields = store.inDoubt(key);
                    if (!fields.isEmpty()) {
                        readUntilAnswered(key, fields);
                    }
                } catch (CacheException e) {
                    LOG.debug("{} was not read again; what is in doubt of it grows older", key, e);
                } finally {
                    rereads.remove(key);
                }
            });
        }
    }
}

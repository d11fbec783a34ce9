package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Writers;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of the answers to the reads of one class: decoded for their readers, and kept near where that is sound.
final class Arrivals<V> {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final CacheClass policy;
    private final Codec<V> codec;
    private final Links links;
    private final NearStore<V> store;
    private final ReadCounts counts;
    private final LateLifetimes<V> lifetimes;
    private final boolean isKept;
    private final RemoteRead.Ask value;
    private final RemoteRead.Ask valueAndTtl;

    Arrivals(CacheClass policy, Codec<V> codec, Links links, LinkClock clock, NearStore<V> store, ReadCounts counts) {
        this.policy = policy;
        this.codec = codec;
        this.links = links;
        this.store = store;
        this.counts = counts;
        this.lifetimes = new LateLifetimes<>(policy, links, clock, store);
        this.isKept = !policy.nearTtl().isZero();
        this.value = new RemoteRead.Ask(false, isKept, RemoteRead.Wants.VALUE);
        this.valueAndTtl = new RemoteRead.Ask(false, isKept, RemoteRead.Wants.VALUE_AND_TTL);
    }

    /// What a read that begins now is to ask for.
    RemoteRead.Ask ask() {
        boolean needsTtl = codec instanceof ArrivalCodec || (isKept && !lifetimes.mayWait());
        return needsTtl ? valueAndTtl : value;
    }

    /// The same of a node to which the slot is on its way: the answer is not kept, since neither server
    /// vouches for it alone.
    RemoteRead.Ask askOnTheWay() {
        return new RemoteRead.Ask(
                true, false, codec instanceof ArrivalCodec ? RemoteRead.Wants.VALUE_AND_TTL : RemoteRead.Wants.VALUE);
    }

    /// Asks for what readers did not wait for; called by the client's timer.
    void tick(long nowNanos) {
        lifetimes.ask(nowNanos);
        store.upkeep();
    }

    /// What the reader of `flight` gets.
    Decoded<V> decoded(RemoteRead flight, Flight.Arrival arrival) {
        byte[] bytes = arrival.value;
        if (bytes == null) {
            return Decoded.absent();
        }
        try {
            long issued = flight.lease().issuedNanos();
            return Decoded.arrived(
                    flight.key(), bytes, arrival.ttlMillis, issued, codec, policy.writers() == Writers.LIBRARY);
        } catch (RuntimeException | StackOverflowError e) {
            counts.decodeErrors.increment();
            LOG.debug("the value of {} cannot be decoded, it counts as absent", flight.key(), e);
            return Decoded.absent();
        }
    }

    /// Keeps it near where that may be done, and ends the lease of `flight`.
    void keep(Flight<V> flight, Decoded<V> decoded, Flight.Arrival arrival) {
        if (flight.ask().isKept()) {
            LinkAnswers answers = flight.link().answers();
            answers.store(
                    flight.lease(),
                    () -> keep(flight, decoded, arrival, answers.origin(flight.lease(), arrival.value == null)));
        }
    }

    /// Times to live are counted from when the read was issued, which is before the server looked at its own clock.
    private void keep(Flight<V> flight, Decoded<V> decoded, Flight.Arrival arrival, Entry.Origin origin) {
        String key = flight.key();
        byte[] bytes = arrival.value;
        boolean isPoison = bytes != null && decoded.value() == null;
        long ttlNanos = isPoison ? 0 : ttlNanos(arrival);
        // Only the link that answers for the key by now hears of its changes.
        if (ttlNanos <= 0 || !links.of(key).equals(flight.link())) {
            store.drop(key);
        } else if (bytes != null && flight.ask().wants() == RemoteRead.Wants.VALUE) {
            lifetimes.keep(key, decoded, origin, bytes.length);
        } else {
            long ends = origin.asOfNanos() + ttlNanos;
            int size = bytes == null ? 0 : bytes.length;
            store.put(key, new Entry<>(key, decoded.value(), decoded.version(), origin, ends, size));
        }
    }

    private long ttlNanos(Flight.Arrival arrival) {
        long near = (arrival.value == null ? policy.negativeTtl() : policy.nearTtl()).toNanos();
        if (arrival.value == null || arrival.ttlMillis == RemoteRead.NO_TTL) {
            return near;
        }
        return Math.min(near, Math.max(0, TimeUnit.MILLISECONDS.toNanos(arrival.ttlMillis)));
    }
}

package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.domain.policy.Writers;
import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.ReadRule;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reads of one class that go to the server: alone or with others who want the same key, kept near where
/// that is sound.
final class RemoteReads<V> {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteReads.class);

    /// Before a read that a server sent away is tried again, spread by half.
    private static final long RETRY_NANOS = 4_000_000;

    private final CacheClass policy;
    private final Codec<V> codec;
    private final Links links;
    private final LinkClock clock;
    private final ReadRule rule;
    private final long readTimeoutNanos;
    private final RemoteRead.Ask ask;
    private final NearStore<V> store;
    private final ReadCounts counts;
    private final Refusals refusals;
    private final ConcurrentMap<String, Flight<V>> flights = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();

    RemoteReads(
            CacheClass policy,
            Codec<V> codec,
            Links links,
            LinkClock clock,
            Duration readTimeout,
            NearStore<V> store,
            ReadCounts counts) {
        this.policy = policy;
        this.codec = codec;
        this.links = links;
        this.clock = clock;
        this.rule = ReadRule.of(policy.freshness(), policy.whenUnproved());
        this.readTimeoutNanos = readTimeout.toNanos();
        boolean isKept = !policy.nearTtl().isZero();
        this.ask = new RemoteRead.Ask(false, isKept, isKept || codec instanceof ArrivalCodec);
        this.store = store;
        this.counts = counts;
        this.refusals = new Refusals(policy, links, counts);
    }

    /// As many reads are under way as the class may have. It says so without a trace: it comes in floods.
    private static final class TooManyReads extends RuntimeException {
        TooManyReads() {
            super(null, null, false, false);
        }
    }

    /// Reads under way to the servers.
    int underWay() {
        return underWay.get();
    }

    /// Those that have waited for longer than they may at `nowNanos` fail.
    void endOverdue(long nowNanos) {
        flights.values().forEach(flight -> flight.expire(nowNanos));
    }

    /// Reads from the server. A read that a lost link took away is sent again on the next one until time is up:
    /// it changes nothing there.
    Answer<V> read(String key, long invoked) {
        checkKey(key);
        JfrEvents.Miss event = new JfrEvents.Miss();
        event.begin();
        try {
            Answer<V> answer = readUntilAnswered(key, invoked);
            event.outcome = answer.source().name();
            return answer;
        } catch (CacheException e) {
            event.outcome = e.getClass().getSimpleName();
            throw e;
        } finally {
            event.cacheClass = policy.name();
            event.commit();
        }
    }

    private Answer<V> readUntilAnswered(String key, long invoked) {
        long deadline = invoked + readTimeoutNanos;
        CacheException failure = null;
        while (clock.nanoTime() - deadline < 0) {
            ServerLink link = links.of(key);
            if (!link.isLive() && policy.whenUnproved() == WhenUnproved.REFUSE) {
                throw refusals.of(key);
            }
            if (!link.isLive() && policy.whenUnproved() == WhenUnproved.DEGRADE) {
                // It looked live when the read began.
                Answer<V> atHand = atHand(key);
                if (atHand != null) {
                    return atHand;
                }
            }
            try {
                if (!link.isLive() && !link.awaitArmed(deadline)) {
                    if (links.of(key).equals(link)) {
                        break;
                    }
                    continue;
                }
                Answer<V> answer = fly(link, key, deadline);
                counts.remote.increment();
                return answer;
            } catch (CacheException.Unavailable e) {
                if (Thread.currentThread().isInterrupted()) {
                    // Each further attempt would end as this one did.
                    throw e;
                }
                failure = e;
                Answer<V> answer = elsewhere(e, key, deadline);
                if (answer != null) {
                    counts.remote.increment();
                    return answer;
                }
            } catch (TooManyReads _) {
                return turnedAway(key);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return afterFailure(key, failure);
    }

    /// Reads several keys, those of one server in one round trip; what a lost link took away is read again alone.
    /// `sink` gets an answer for each key, in any order.
    void readAll(List<String> keys, long invoked, BiConsumer<String, Answer<V>> sink) {
        long deadline = invoked + readTimeoutNanos;
        List<Boarding<V>> boardings = new ArrayList<>(keys.size());
        IdentityHashMap<ServerLink, List<Flight<V>>> own = new IdentityHashMap<>();
        List<String> alone = new ArrayList<>();
        for (String key : keys) {
            checkKey(key);
            ServerLink link = links.of(key);
            boolean isRefused = policy.whenUnproved() == WhenUnproved.REFUSE && !link.isLive();
            Boarding<V> boarding = isRefused ? null : boardIfRoom(link, key, deadline);
            if (boarding == null) {
                alone.add(key);
                continue;
            }
            boardings.add(boarding);
            if (!boarding.isJoined) {
                own.computeIfAbsent(link, _ -> new ArrayList<>()).add(boarding.flight);
            }
        }
        own.forEach(ServerLink::submit);
        CacheException refusal = null;
        // One's own first: others may wait for them, for whose flights one waits oneself.
        boardings.sort(Comparator.comparing(Boarding::isJoined));
        for (Boarding<V> boarding : boardings) {
            // All of them, whatever one brings: each holds a lease and a place.
            try {
                sink.accept(boarding.flight.key(), arrive(boarding, deadline));
                counts.remote.increment();
            } catch (CacheException.Unavailable _) {
                alone.add(boarding.flight.key());
            } catch (CacheException e) {
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        alone.forEach(key -> sink.accept(key, read(key, invoked)));
    }

    /// One attempt, alone or with others.
    private Answer<V> fly(ServerLink link, String key, long deadline) {
        Boarding<V> boarding = board(link, key, true, deadline);
        if (!boarding.isJoined) {
            link.submit(List.of(boarding.flight));
        }
        return arrive(boarding, deadline);
    }

    /// A flight to wait for: another reader's, or one's own that must be sent.
    private record Boarding<V>(Flight<V> flight, boolean isJoined) {}

    private @Nullable Boarding<V> boardIfRoom(ServerLink link, String key, long deadline) {
        try {
            return board(link, key, false, deadline);
        } catch (TooManyReads _) {
            return null;
        }
    }

    private Boarding<V> board(ServerLink link, String key, boolean isAlone, long deadline) {
        Flight<V> present = flights.get(key);
        if (present != null && mayJoin(present, link)) {
            return new Boarding<>(present, true);
        }
        if (underWay.incrementAndGet() > policy.remoteMax()) {
            underWay.decrementAndGet();
            throw new TooManyReads();
        }
        Flight<V> flight = new Flight<>(link, key, ask, isAlone, flights, deadline);
        present = flight.enterTable();
        if (present != null && mayJoin(present, link)) {
            underWay.decrementAndGet();
            return new Boarding<>(present, true);
        }
        return new Boarding<>(flight, false);
    }

    private Answer<V> arrive(Boarding<V> boarding, long deadline) {
        Flight<V> flight = boarding.flight;
        if (!boarding.isJoined) {
            return land(flight);
        }
        Answer<V> theirs = await(flight.outcome, deadline - readTimeoutNanos);
        long age = clock.nanoTime() - flight.lease().issuedNanos();
        return new Answer<>(theirs.value(), theirs.versionOrMin(), age, Source.REMOTE);
    }

    /// Where a server sent the read to another one; null when it shall be tried again from the start.
    private @Nullable Answer<V> elsewhere(CacheException.Unavailable failure, String key, long deadline) {
        Optional<Redirect> redirect = Redirect.of(failure.getCause());
        if (redirect.isPresent() && redirect.get().isAsk()) {
            ServerLink link = links.at(redirect.get().target());
            // The answer of a slot on its way is not kept: neither server vouches for it alone.
            Flight<V> flight =
                    new Flight<>(link, key, new RemoteRead.Ask(true, false, ask.wantsTtl()), true, flights, deadline);
            link.submit(List.of(flight));
            try {
                Flight.Arrival arrival = arrivalOf(flight);
                long age = clock.nanoTime() - flight.lease().issuedNanos();
                return answer(decoded(flight, arrival), age);
            } catch (CacheException.Unavailable _) {
                // The slot has arrived, or went back.
            } finally {
                link.giveUp(flight);
            }
        } else {
            redirect.ifPresent(links::moved);
        }
        if (failure.getCause() instanceof RedisCommandExecutionException) {
            // A server that says "not now", or "not here", is not asked again at once.
            LockSupport.parkNanos(RETRY_NANOS / 2 + ThreadLocalRandom.current().nextLong(RETRY_NANOS));
        }
        return null;
    }

    /// A strict read must not take the answer to a question asked before it began; nobody takes one that another
    /// server gave, whose answers are in no order with those of this one.
    private boolean mayJoin(Flight<V> flight, ServerLink link) {
        if (rule.isStrict() || !flight.link().equals(link)) {
            return false;
        }
        Lease<String> lease = flight.leaseIfIssued();
        return lease == null || clock.nanoTime() - lease.issuedNanos() <= rule.boundNanos();
    }

    private Answer<V> land(Flight<V> flight) {
        try {
            return landed(flight);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Answer<V> landed(Flight<V> flight) {
        ServerLink link = flight.link();
        try {
            Flight.Arrival arrival = arrivalOf(flight);
            Decoded<V> value = decoded(flight, arrival);
            if (ask.isKept()) {
                boolean isAbsence = arrival.value == null;
                boolean isPoison = value.value() == null && !isAbsence;
                long ttlNanos = isPoison ? 0 : ttlNanos(arrival);
                link.store(flight, () -> keep(flight, value, arrival, link.origin(flight, isAbsence), ttlNanos));
            }
            Answer<V> answer = answer(value, clock.nanoTime() - flight.lease().issuedNanos());
            flight.outcome.complete(answer);
            return answer;
        } catch (CacheException e) {
            flight.leaveTable();
            link.giveUp(flight);
            flight.outcome.completeExceptionally(e);
            throw e;
        }
    }

    private Flight.Arrival arrivalOf(Flight<V> flight) {
        try {
            return flight.await(clock);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Decoded<V> decoded(Flight<V> flight, Flight.Arrival arrival) {
        byte[] bytes = arrival.value;
        if (bytes == null) {
            return Decoded.absent();
        }
        try {
            boolean isVersioned = policy.writers() == Writers.LIBRARY;
            if (codec instanceof ArrivalCodec<V> arrivals) {
                V value = arrivals.decode(
                        flight.key(),
                        isVersioned && Version.of(bytes).isPresent() ? Version.payload(bytes) : bytes,
                        arrival.ttlMillis,
                        flight.lease().issuedNanos());
                return new Decoded<>(value, codec.versionOf(value));
            }
            return Decoded.of(bytes, codec, isVersioned);
        } catch (RuntimeException e) {
            counts.decodeErrors.increment();
            LOG.debug("the value of {} cannot be decoded, it counts as absent", flight.key(), e);
            return Decoded.absent();
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
    private void keep(Flight<V> flight, Decoded<V> value, Flight.Arrival arrival, Entry.Origin origin, long ttlNanos) {
        String key = flight.key();
        // Only the link that answers for the key by now hears of its changes.
        if (ttlNanos <= 0 || !links.of(key).equals(flight.link())) {
            store.drop(key);
            return;
        }
        int size = arrival.value == null ? 0 : arrival.value.length;
        store.put(key, new Entry<>(key, value.value(), value.version(), origin, origin.asOfNanos() + ttlNanos, size));
    }

    private Answer<V> turnedAway(String key) {
        Answer<V> atHand = atHand(key);
        if (atHand != null) {
            return atHand;
        }
        counts.failed.increment();
        throw new CacheException.Unavailable("class " + policy.name() + " has as many reads under way as it may, "
                + policy.remoteMax() + ": " + key + " was not read; link "
                + links.of(key).state());
    }

    /// What a class that degrades serves when the server cannot be had, however old; null when there is nothing.
    private @Nullable Answer<V> atHand(String key) {
        Entry<V> entry = policy.whenUnproved() == WhenUnproved.DEGRADE ? store.get(key, clock.tickNumber()) : null;
        if (entry == null) {
            return null;
        }
        long proved = entry.proof.provedNanos();
        boolean isUsable = entry.isUsable();
        long now = clock.nanoTime();
        if (!isUsable || now - entry.expiresAtNanos >= 0) {
            return null;
        }
        counts.stale.increment();
        return new Answer<>(entry.value, entry.version, now - entry.currentAsOf(proved), Source.STALE);
    }

    /// The server cannot be had.
    private Answer<V> afterFailure(String key, @Nullable CacheException failure) {
        Answer<V> atHand = atHand(key);
        if (atHand != null) {
            return atHand;
        }
        counts.failed.increment();
        ServerLink link = links.of(key);
        String why = "no answer to the read of " + key + " within " + TimeUnit.NANOSECONDS.toMillis(readTimeoutNanos)
                + " ms; link " + link.state();
        Throwable cause = failure == null ? link.lastFailure() : failure;
        throw cause == null ? new CacheException.Unavailable(why) : new CacheException.Unavailable(why, cause);
    }

    /// What `future` brings, within the read timeout counted from `since`.
    <T> T await(CompletableFuture<T> future, long since) {
        try {
            long left = readTimeoutNanos - (clock.nanoTime() - since);
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

    private static <V> Answer<V> answer(Decoded<V> value, long ageNanos) {
        return new Answer<>(value.value(), value.version(), ageNanos, Source.REMOTE);
    }

    void checkKey(String key) {
        if (!key.startsWith(policy.prefix())) {
            throw new IllegalArgumentException(
                    "key " + key + " is not of class " + policy.name() + ", whose keys start with " + policy.prefix());
        }
    }
}

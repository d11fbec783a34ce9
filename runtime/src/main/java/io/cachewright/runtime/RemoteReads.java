package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.runtime.Flights.Boarding;
import io.cachewright.runtime.coherence.ReadRule;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The reads of one class that go to the server: alone or with others who want the same key, kept near where
/// that is sound.
final class RemoteReads<V> {

    /// Before a read that a server sent away is tried again, spread by half.
    private static final long RETRY_NANOS = 4_000_000;

    private final CacheClass policy;
    private final Links links;
    private final LinkClock clock;
    private final long readTimeoutNanos;
    private final ReadCounts counts;
    private final Refusals refusals;
    private final Arrivals<V> arrivals;
    private final WithoutServer<V> unserved;
    private final ReadRule rule;
    private final Flights<V> flights;

    RemoteReads(
            CacheClass policy,
            Codec<V> codec,
            Links links,
            LinkClock clock,
            Duration readTimeout,
            NearStore<V> store,
            ReadCounts counts) {
        this.policy = policy;
        this.links = links;
        this.clock = clock;
        this.readTimeoutNanos = readTimeout.toNanos();
        this.counts = counts;
        this.refusals = new Refusals(policy, links, counts);
        this.rule = ReadRule.of(policy);
        this.flights = new Flights<>(policy.remoteMax(), rule, clock);
        this.arrivals = new Arrivals<>(policy, codec, links, clock, store, counts);
        this.unserved = new WithoutServer<>(policy, links, clock, readTimeout, store, counts);
    }

    /// Reads under way to the servers.
    int underWay() {
        return flights.underWay();
    }

    /// See [WithoutServer#close].
    void close() {
        unserved.close();
    }

    /// Time passes: those that have waited for longer than they may fail, and what nobody waits for is asked.
    void tick(long nowNanos) {
        endOverdue(nowNanos);
        arrivals.tick(nowNanos);
    }

    /// See [Flights#changed].
    void changed(String key) {
        flights.changed(key);
    }

    /// Those that have waited for longer than they may at `nowNanos` fail.
    void endOverdue(long nowNanos) {
        flights.endOverdue(nowNanos);
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
        Answer<V> old = null;
        while (clock.nanoTime() - deadline < 0) {
            ServerLink link = links.of(key);
            if (!link.isLive() && policy.whenUnproved() == WhenUnproved.REFUSE) {
                throw refusals.of(key);
            }
            if (!link.isLive() && policy.whenUnproved() == WhenUnproved.DEGRADE) {
                // It looked live when the read began.
                Answer<V> atHand = unserved.atHand(key);
                if (atHand != null) {
                    return atHand;
                }
            }
            if (!link.isLive() && !isArmed(link, deadline)) {
                if (links.of(key).equals(link)) {
                    break;
                }
                continue;
            }
            Boarding<V> boarding = flights.board(link, key, arrivals.ask(), true, deadline);
            if (boarding == null) {
                return unserved.turnedAway(key);
            }
            if (!boarding.isJoined()) {
                link.submit(List.of(boarding.flight()));
            }
            Answer<V> answer;
            try {
                answer = arrive(boarding, deadline);
            } catch (CacheException.Unavailable e) {
                if (Thread.currentThread().isInterrupted()) {
                    // Each further attempt would end as this one did.
                    throw e;
                }
                failure = e;
                answer = elsewhere(e, key, deadline);
            }
            if (answer != null && (old != null || isWithinBound(answer))) {
                return judged(key, answer);
            }
            old = answer == null ? old : answer;
        }
        return old == null ? unserved.unanswered(key, failure) : judged(key, old);
    }

    /// Whether the way to the server and back took no longer than a bounded value may be old.
    private boolean isWithinBound(Answer<V> answer) {
        return rule.isStrict() || answer.ageNanos() <= rule.boundNanos();
    }

    /// For the last answer that is to be had: the server was reached, and is no proof of the freshness that the class
    /// promises when it took longer than that.
    private Answer<V> judged(String key, Answer<V> answer) {
        if (!isWithinBound(answer)) {
            switch (policy.whenUnproved()) {
                case REFUSE -> throw refusals.of(key);
                case DEGRADE -> {
                    counts.stale.increment();
                    return new Answer<>(answer.value(), answer.versionOrMin(), answer.ageNanos(), Source.STALE);
                }
                case REMOTE -> {}
            }
        }
        counts.remote.increment();
        return answer;
    }

    private static boolean isArmed(ServerLink link, long deadline) {
        try {
            return link.awaitArmed(deadline);
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    /// Reads several keys, those of one server in one round trip; what a lost link took away is read again alone.
    /// `meanwhile` is run while they are under way; `sink` gets an answer for each key, in any order.
    void readAll(List<String> keys, long invoked, Runnable meanwhile, BiConsumer<String, Answer<V>> sink) {
        long deadline = invoked + readTimeoutNanos;
        // All of them before any is got ready: that would never leave.
        keys.forEach(this::checkKey);
        // One's own first: others may wait for them, for whose flights one waits oneself.
        List<Boarding<V>> boardings = new ArrayList<>(keys.size());
        List<Boarding<V>> joined = new ArrayList<>();
        IdentityHashMap<ServerLink, List<Flight<V>>> own = new IdentityHashMap<>();
        List<String> alone = new ArrayList<>();
        for (String key : keys) {
            ServerLink link = links.of(key);
            boolean isRefused = policy.whenUnproved() == WhenUnproved.REFUSE && !link.isLive();
            Boarding<V> boarding = isRefused ? null : flights.board(link, key, arrivals.ask(), false, deadline);
            if (boarding == null) {
                alone.add(key);
            } else if (boarding.isJoined()) {
                joined.add(boarding);
            } else {
                boardings.add(boarding);
                own.computeIfAbsent(link, _ -> new ArrayList<>()).add(boarding.flight());
            }
        }
        own.forEach(ServerLink::submit);
        meanwhile.run();
        boardings.addAll(joined);
        CacheException refusal = null;
        for (Boarding<V> boarding : boardings) {
            // All of them, whatever one brings: each holds a lease and a place.
            try {
                Answer<V> answer = arrive(boarding, deadline);
                if (isWithinBound(answer)) {
                    sink.accept(boarding.flight().key(), answer);
                    counts.remote.increment();
                } else {
                    alone.add(boarding.flight().key());
                }
            } catch (CacheException.Unavailable _) {
                alone.add(boarding.flight().key());
            } catch (CacheException e) {
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        alone.forEach(key -> sink.accept(key, read(key, invoked)));
    }

    private Answer<V> arrive(Boarding<V> boarding, long deadline) {
        Flight<V> flight = boarding.flight();
        if (!boarding.isJoined()) {
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
            Flight<V> flight = flights.alone(link, key, arrivals.askOnTheWay(), true, deadline);
            link.submit(List.of(flight));
            try {
                Flight.Arrival arrival = arrivalOf(flight);
                long age = clock.nanoTime() - flight.lease().issuedNanos();
                return answer(arrivals.decoded(flight, arrival), age);
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

    private Answer<V> land(Flight<V> flight) {
        try {
            return landed(flight);
        } finally {
            flights.ended();
        }
    }

    private Answer<V> landed(Flight<V> flight) {
        ServerLink link = flight.link();
        try {
            Flight.Arrival arrival = arrivalOf(flight);
            Decoded<V> value = arrivals.decoded(flight, arrival);
            arrivals.keep(flight, value, arrival);
            Answer<V> answer = answer(value, clock.nanoTime() - flight.lease().issuedNanos());
            flight.outcome.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            // Whatever a codec does: others wait for the outcome, and the lease is counted.
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
            throw Failures.interrupted(e);
        }
    }

    /// What `future` brings, within the read timeout counted from `since`.
    <T> T await(CompletableFuture<T> future, long since) {
        long left = readTimeoutNanos - (clock.nanoTime() - since);
        return Failures.await(future, Duration.ofNanos(Math.max(left, 0)));
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

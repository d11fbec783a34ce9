package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.ReadRule;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The reads of one class that are under way to the servers: as many as the class may have, and joined by others who
/// want the same key where that is sound.
final class Flights<V> {

    private final int flightsMax;
    private final ReadRule rule;
    private final LinkClock clock;
    private final ConcurrentMap<String, Flight<V>> table = new ConcurrentHashMap<>();
    /// Those that nobody may join any more, although their answers are not there.
    private final Set<Flight<V>> apart = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();

    Flights(int flightsMax, ReadRule rule, LinkClock clock) {
        this.flightsMax = flightsMax;
        this.rule = rule;
        this.clock = clock;
    }

    /// A flight to wait for: another reader's, or one's own that must be sent and ends with [#ended].
    record Boarding<V>(Flight<V> flight, boolean isJoined) {}

    /// A flight for the calling thread, which waits for nothing else where `isAlone`; null when as many are under way
    /// as may be.
    @Nullable
    Boarding<V> board(ServerLink link, String key, RemoteRead.Ask ask, boolean isAlone, long deadlineNanos) {
        Flight<V> present = table.get(key);
        if (present != null && mayJoin(present, link)) {
            return new Boarding<>(present, true);
        }
        if (underWay.incrementAndGet() > flightsMax) {
            underWay.decrementAndGet();
            return null;
        }
        Flight<V> flight = alone(link, key, ask, isAlone, deadlineNanos);
        present = flight.enterTable();
        if (present != null && mayJoin(present, link)) {
            underWay.decrementAndGet();
            return new Boarding<>(present, true);
        }
        return new Boarding<>(flight, false);
    }

    /// One that nobody joins and that does not count.
    Flight<V> alone(ServerLink link, String key, RemoteRead.Ask ask, boolean isAlone, long deadlineNanos) {
        return new Flight<>(link, key, ask, isAlone, new Flight.UnderWay<>(table, apart), deadlineNanos);
    }

    /// A strict read must not take the answer to a question asked before it began; nobody takes one that another server
    /// gave, whose answers are in no order with those of this one.
    private boolean mayJoin(Flight<V> flight, ServerLink link) {
        if (rule.isStrict() || !flight.link().equals(link)) {
            return false;
        }
        Lease<String> lease = flight.leaseIfIssued();
        return lease == null || clock.nanoTime() - lease.issuedNanos() <= rule.boundNanos();
    }

    /// `key` was changed. A read of it that was sent before may miss that although its answer comes later: a write
    /// that waits for replicas is acknowledged beside the link, and so is one that a redirect led elsewhere. Who
    /// comes from now on does not join it.
    void changed(String key) {
        Flight<V> present = table.get(key);
        if (present != null && present.leaseIfIssued() != null) {
            apart.add(present);
            if (!table.remove(key, present)) {
                apart.remove(present);
            }
        }
    }

    /// A flight that was not joined is over.
    void ended() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    /// Those that have waited for longer than they may at `nowNanos` fail.
    void endOverdue(long nowNanos) {
        table.values().forEach(flight -> flight.expire(nowNanos));
        apart.forEach(flight -> flight.expire(nowNanos));
    }
}

package io.cachewright.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One read of a key on its way, and all who wait for it: the reader who sent it, and those who joined before its
/// answer arrived. Whoever comes after that needs a flight of his own, or he might see less than others have seen.
///
/* A virtual thread that sleeps with a time-out is one more entry for the scheduler's timer and one more call of it to
 * be taken back, which costs as much as the rest of the read. So a flight that is in the table of those under way is
 * waited for without one: the client's timer looks through the table and ends those that are overdue.
 */
final class Flight<V> extends RemoteRead {

    private static final VarHandle RESULT = resultHandle();

    /// The server's answer as it came.
    static final class Arrival {
        final byte @Nullable [] value;
        final long ttlMillis;

        Arrival(byte @Nullable [] value, long ttlMillis) {
            this.value = value;
            this.ttlMillis = ttlMillis;
        }
    }

    /// The flights under way, whatever their links.
    ///
    /// @param table those to join, by their keys
    /// @param apart those that were to be joined once
    record UnderWay<V>(ConcurrentMap<String, Flight<V>> table, Set<Flight<V>> apart) {}

    private final ServerLink link;
    private final UnderWay<V> underWay;

    private final long deadlineNanos;
    private final Thread owner = Thread.currentThread();
    private final boolean isAlone;
    /// An [Arrival], or why there is none.
    private volatile @Nullable Object result;

    private boolean isInTable;
    /// Who is woken by this reader when his answer is there.
    private List<Thread> others = List.of();

    /// For those who joined.
    final CompletableFuture<Answer<V>> outcome = new CompletableFuture<>();

    /// To be waited for by the thread that makes it; `isAlone` when that thread waits for nothing else.
    Flight(ServerLink link, String key, Ask ask, boolean isAlone, UnderWay<V> underWay, long deadlineNanos) {
        super(key, ask);
        this.isAlone = isAlone;
        this.link = link;
        this.underWay = underWay;
        this.deadlineNanos = deadlineNanos;
    }

    private static VarHandle resultHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Flight.class, "result", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    ServerLink link() {
        return link;
    }

    /// Lets others join from now on, unless there is another flight of the key: that one, or null.
    @Nullable
    Flight<V> enterTable() {
        Flight<V> other = underWay.table.putIfAbsent(key(), this);
        isInTable = other == null;
        return other;
    }

    void leaveTable() {
        if (isInTable) {
            underWay.table.remove(key(), this);
            underWay.apart.remove(this);
        }
    }

    /// Waits for the answer until the deadline.
    ///
    /// @throws CacheException.Unavailable or another one, when there is none
    Arrival await(LinkClock clock) throws InterruptedException {
        Object present = result;
        while (present == null) {
            if (Thread.interrupted()) {
                if (!failed(new InterruptedException())) {
                    // The answer came first, and with it perhaps others to wake.
                    Thread.currentThread().interrupt();
                }
            } else if (isInTable) {
                LockSupport.park(this);
            } else {
                long left = deadlineNanos - clock.nanoTime();
                if (left <= 0) {
                    failed(late());
                } else {
                    LockSupport.parkNanos(this, left);
                }
            }
            present = result;
        }
        others.forEach(LockSupport::unpark);
        return switch (present) {
            case Arrival arrival -> arrival;
            case InterruptedException interrupted -> throw interrupted;
            case TimeoutException late -> throw new CacheException.Unavailable("no answer in time", late);
            default -> throw Failures.of((Throwable) present);
        };
    }

    /// Ends the flight if its time is up at `nowNanos`.
    void expire(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            fail(late());
        }
    }

    private TimeoutException late() {
        return new TimeoutException("the server has not answered the read of " + key());
    }

    @Override
    void settled() {
        leaveTable();
    }

    @Override
    boolean answered(byte @Nullable [] value, long ttlMillis) {
        return end(new Arrival(value, ttlMillis));
    }

    @Override
    boolean failed(Throwable cause) {
        leaveTable();
        return end(cause);
    }

    private boolean end(Object how) {
        return RESULT.compareAndSet(this, null, how);
    }

    @Override
    Thread reader() {
        return owner;
    }

    @Override
    boolean mayLead() {
        return isAlone && owner.isVirtual();
    }

    @Override
    void lead(List<Thread> rest) {
        others = rest;
    }
}

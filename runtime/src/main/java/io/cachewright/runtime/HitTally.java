package io.cachewright.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The near hits of one cache, counted exactly: each platform thread counts in a place of its own, which costs
/// an ordinary write where a shared counter costs an atomic one; all others share a counter.
///
/// A thread finds its place by its number in a table, in one look; where another one's number falls on the same
/// entry, by a variable of its own, which takes several.
final class HitTally {

    /// Threads that count by themselves; a place whose thread has ended goes to the next one.
    static final int THREADS_MAX = 1_024;

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    /// One thread's place.
    static final class Mine {

        /// Amid the array, so that no other object shares its cache line or the neighbour that is fetched
        /// with it.
        private static final int AT = 16;

        private final long[] count = new long[2 * AT];
        private WeakReference<Thread> owner;
        private long ownerId;

        /// For the thread's readings of the coarse clock.
        final MemorySegment clockBuffer;

        final long clockAddress;

        private Mine(Thread owner, MemorySegment clockBuffer) {
            this.owner = new WeakReference<>(owner);
            this.ownerId = owner.threadId();
            this.clockBuffer = clockBuffer;
            this.clockAddress = clockBuffer.address();
        }

        private void increment() {
            COUNT.setOpaque(count, AT, count[AT] + 1);
        }

        private long get() {
            return (long) COUNT.getOpaque(count, AT);
        }

        private void takeOver(Thread thread) {
            owner = new WeakReference<>(thread);
            ownerId = thread.threadId();
        }

        private boolean isFree() {
            Thread thread = owner.get();
            return thread == null || !thread.isAlive();
        }
    }

    private static final Mine NONE_LEFT = new Mine(Thread.currentThread(), MemorySegment.NULL);

    private final boolean readsCoarseClock;
    // Each cache counts for itself, and there are few.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Mine> mine = new ThreadLocal<>();

    /// Read and written by all threads without any order.
    private final @Nullable Mine[] byNumber = new Mine[THREADS_MAX];

    private final LongAdder shared = new LongAdder();
    private final List<Mine> places = new ArrayList<>();

    HitTally(boolean readsCoarseClock) {
        this.readsCoarseClock = readsCoarseClock;
    }

    /// The place of the calling thread; null when it shall use the shared counter.
    @Nullable
    Mine mine() {
        Thread thread = Thread.currentThread();
        long id = thread.threadId();
        // Numbers are never given twice, so a place with the thread's own is the thread's own, however old the look.
        @Nullable Mine[] all = byNumber;
        Mine found = all[(int) id & (all.length - 1)];
        return found != null && found.ownerId == id ? found : mineOf(thread);
    }

    private @Nullable Mine mineOf(Thread thread) {
        if (thread.isVirtual()) {
            return null;
        }
        Mine place = mine.get();
        if (place == null) {
            place = claim(thread);
            mine.set(place);
        }
        if (place == NONE_LEFT) {
            return null;
        }
        int at = indexOf(place.ownerId);
        Mine other = byNumber[at];
        if (other == null || indexOf(other.ownerId) != at || other.isFree()) {
            byNumber[at] = place;
        }
        return place;
    }

    private static int indexOf(long threadId) {
        return (int) threadId & (THREADS_MAX - 1);
    }

    /// One hit of the thread whose place is `mine`.
    void increment(@Nullable Mine mine) {
        if (mine == null) {
            shared.increment();
        } else {
            mine.increment();
        }
    }

    synchronized long sum() {
        long sum = shared.sum();
        for (Mine place : places) {
            sum += place.get();
        }
        return sum;
    }

    synchronized int places() {
        return places.size();
    }

    private synchronized Mine claim(Thread thread) {
        for (Mine place : places) {
            if (place.isFree()) {
                place.takeOver(thread);
                return place;
            }
        }
        if (places.size() == THREADS_MAX) {
            return NONE_LEFT;
        }
        Mine place = new Mine(thread, readsCoarseClock ? CoarseClock.newBuffer() : MemorySegment.NULL);
        places.add(place);
        return place;
    }
}

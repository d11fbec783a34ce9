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
final class HitTally {

    /// Threads that count by themselves; a place whose thread has ended goes to the next one.
    static final int THREADS_MAX = 1_024;

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    /// One thread's place.
    static final class Mine {

        /// Amid the array, so that no other object shares its cache line or the neighbour that is fetched with
        /// it.
        private static final int AT = 16;

        private final long[] count = new long[2 * AT];
        private WeakReference<Thread> owner;

        /// For the thread's readings of the coarse clock.
        final MemorySegment clockBuffer;

        final long clockAddress;

        private Mine(Thread owner, MemorySegment clockBuffer) {
            this.owner = new WeakReference<>(owner);
            this.clockBuffer = clockBuffer;
            this.clockAddress = clockBuffer.address();
        }

        private void increment() {
            COUNT.setOpaque(count, AT, count[AT] + 1);
        }

        private long get() {
            return (long) COUNT.getOpaque(count, AT);
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

    private final LongAdder shared = new LongAdder();
    private final List<Mine> places = new ArrayList<>();

    HitTally(boolean readsCoarseClock) {
        this.readsCoarseClock = readsCoarseClock;
    }

    /// The place of the calling thread; null when it shall use the shared counter.
    @Nullable
    Mine mine() {
        if (Thread.currentThread().isVirtual()) {
            return null;
        }
        Mine place = mine.get();
        if (place == null) {
            place = claim();
            mine.set(place);
        }
        return place == NONE_LEFT ? null : place;
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

    private synchronized Mine claim() {
        Thread thread = Thread.currentThread();
        for (Mine place : places) {
            if (place.isFree()) {
                place.owner = new WeakReference<>(thread);
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

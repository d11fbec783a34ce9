package io.cachewright.runtime;

import io.cachewright.domain.Reading;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kernel's coarse monotonic clock: some nanoseconds to read, and late by some of its ticks.
///
/* A bound in time that holds after a pause of the process needs a time that does not depend on the process: not a field
 * that one of its threads keeps up to date. The kernel keeps such a field. Each timer interrupt writes the time
 * of CLOCK_MONOTONIC into a page that every process can read [1], and clock_gettime reads it there without
 * entering the kernel and without asking the processor for its counter, which is what System.nanoTime() spends
 * most of its time on.
 *
 * How late it can be: the processor that keeps the time takes a tick every `resolution`; when it misses its
 * ticks, any other one steps in after five of its own [2]; an idle one catches up before it runs anything. So
 * TICKS_LATE_MAX ticks are added to each reading, which makes ages greater than they are and never less. What
 * this does not cover is a stop of the whole virtual machine after which the processor that keeps the time
 * comes back later than the reader's: nobody has written the new time yet. It is why this clock is taken only
 * where it is asked for.
 *
 * [1] Linux: kernel/time/vsyscall.c, update_vsyscall; lib/vdso/gettimeofday.c, do_coarse
 * [2] Linux: kernel/time/tick-sched.c, tick_sched_do_timer and MAX_STALLED_JIFFIES (since 5.18)
 * [3] vdso(7): the names by architecture
 */
final class CoarseClock {

    private static final Logger LOG = LoggerFactory.getLogger(CoarseClock.class);

    /// As `time.h` of Linux has it.
    private static final int CLOCK_MONOTONIC_COARSE = 6;

    private static final long TIMESPEC_BYTES = 16;
    private static final long NANOS_OFFSET = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final int TICKS_LATE_MAX = 8;
    /// A kernel with longer ticks is none that this was made for.
    private static final long RESOLUTION_NANOS_MAX = 10_000_000;

    /// Addresses are taken as they are, without the checks of a segment each.
    private static final MemorySegment MEMORY = memory();
    /// Constants, so that calls are compiled in place; null where the clock is not to be had.
    private static final @Nullable MethodHandle CLOCK_GETTIME = function("clock_gettime");
    private static final Reading<CoarseClock> SYSTEM = open();

    private final long lateNanosMax;
    private final MemorySegment checkBuffer = newBuffer();
    private volatile boolean isTrusted = true;

    private CoarseClock(long lateNanosMax) {
        this.lateNanosMax = lateNanosMax;
    }

    /// The clock of this machine, or why there is none.
    static Reading<CoarseClock> system() {
        return SYSTEM;
    }

    private static Reading<CoarseClock> open() {
        if (CLOCK_GETTIME == null) {
            return unavailable("it takes 64-bit Linux and a process started with --enable-native-access=ALL-UNNAMED");
        }
        long resolutionNanos = resolutionNanos();
        if (resolutionNanos <= 0 || resolutionNanos > RESOLUTION_NANOS_MAX) {
            return unavailable("its resolution is " + resolutionNanos + " ns");
        }
        CoarseClock clock = new CoarseClock(TICKS_LATE_MAX * resolutionNanos);
        clock.check();
        return clock.isTrusted ? Reading.known(clock) : unavailable("it does not follow System.nanoTime()");
    }

    /// A function of the kernel's page or of the C library that takes a clock and the address of a `timespec`;
    /// null where there is none.
    // Native access is what is asked for first.
    @SuppressWarnings("restricted")
    private static @Nullable MethodHandle function(String name) {
        if (!System.getProperty("os.name").equals("Linux")
                || ValueLayout.ADDRESS.byteSize() != Long.BYTES
                || !CoarseClock.class.getModule().isNativeAccessEnabled()) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        // Short and never blocking, so the thread need not be made interruptible by the collector for the call.
        return inKernelPage(name)
                .or(() -> linker.defaultLookup().find(name))
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
                        Linker.Option.critical(false)))
                .orElse(null);
    }

    /// Straight where the function of the C library would lead to: a quarter of the cost less [3].
    @SuppressWarnings("restricted")
    private static Optional<MemorySegment> inKernelPage(String name) {
        try {
            SymbolLookup page = SymbolLookup.libraryLookup("linux-vdso.so.1", Arena.global());
            return page.find("__vdso_" + name).or(() -> page.find("__kernel_" + name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    // Native access is what is asked for first; without it, nothing is ever read there.
    @SuppressWarnings("restricted")
    private static MemorySegment memory() {
        return CoarseClock.class.getModule().isNativeAccessEnabled()
                ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE)
                : MemorySegment.NULL;
    }

    private static long resolutionNanos() {
        MethodHandle getres = function("clock_getres");
        MemorySegment buffer = newBuffer();
        try {
            return getres == null ? 0 : call(getres, buffer.address());
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    private static Reading<CoarseClock> unavailable(String reason) {
        return Reading.unavailable(Reading.Cause.NOT_IN_THIS_VERSION, reason);
    }

    /// What a thread needs to read this clock, and must keep while it does. It must not be shared, or a thread
    /// that was preempted within a call would put its old time in place of another's new one.
    static MemorySegment newBuffer() {
        return Arena.ofAuto().allocate(TIMESPEC_BYTES, Long.BYTES);
    }

    /// No earlier than the present, on the scale of `System.nanoTime()`; later by [#lateNanosMax()] at most.
    /// `buffer` is the address of one.
    long nanosNoEarlierThanNow(long buffer) {
        if (!isTrusted) {
            return System.nanoTime();
        }
        return read(buffer) + lateNanosMax;
    }

    long lateNanosMax() {
        return lateNanosMax;
    }

    /// Compares with the precise clock; one that was late beyond what is counted for it is never asked again.
    synchronized void check() {
        long before = System.nanoTime();
        long late = before - read(checkBuffer.address());
        boolean isAhead = read(checkBuffer.address()) - System.nanoTime() > 0;
        if (isTrusted && (late > lateNanosMax || isAhead)) {
            isTrusted = false;
            LOG.warn(
                    "the kernel's coarse clock was {} ns late, {} at most are expected: it is not used any more",
                    late,
                    lateNanosMax);
        }
    }

    private static long read(long buffer) {
        MethodHandle gettime = CLOCK_GETTIME;
        return gettime == null ? System.nanoTime() : call(gettime, buffer);
    }

    private static long call(MethodHandle function, long buffer) {
        try {
            int failure = (int) function.invokeExact(CLOCK_MONOTONIC_COARSE, buffer);
            if (failure != 0) {
                throw new IllegalStateException("the C library has no CLOCK_MONOTONIC_COARSE");
            }
            return nanosOf(buffer);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static long nanosOf(long timespec) {
        return MEMORY.get(ValueLayout.JAVA_LONG, timespec) * NANOS_PER_SECOND
                + MEMORY.get(ValueLayout.JAVA_LONG, timespec + NANOS_OFFSET);
    }
}

package io.cachewright.lab.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends each command when it is due.
///
/// Between two due times the thread makes the next commands ahead, reads replies, and otherwise spins while replies
/// are on their way; it sleeps only when nothing is in flight and the next command is far enough away to wake up
/// before it.
final class OpenLoop implements LoadThread.Loop {

    /// Commands made before they are due, so that a slow source delays none in a burst.
    private static final int AHEAD_MAX = 4_096;

    /// Commands enqueued before replies are looked at again.
    private static final int BATCH_MAX = 64;

    /// A sleeping thread wakes up late by some 60 µs (the kernel's timer slack and the scheduler); the
    /// rest is spun.
    private static final long WAKE_UP_NANOS = 150_000;

    /// Making a command takes less than this, so that it delays no other.
    private static final long FETCH_NANOS = 5_000;

    private static final int FETCHED_FIRST = 1_024;

    private static final int FETCHED_AT_ONCE = 16;

    /// After so long without a reply the server is in no hurry, and neither are we: wait in the kernel.
    private static final long SPIN_NANOS_MAX = 2_000_000;

    /// Grace for sending what fell due before the end; beyond that the source is reported as too slow.
    private static final long CATCH_UP_NANOS_MAX = 1_000_000_000L;

    private final ConnectionSet set;
    private final LoadSettings settings;
    private final Iterator<TimedCommand> source;
    private final ArrayDeque<TimedCommand> ahead = new ArrayDeque<>(AHEAD_MAX);
    private final long startNanos;
    private final long endNanos;
    private final Tally tally;
    private volatile boolean isStopped;
    private boolean isSourceDone;
    private long lastDueNanos;
    private long sourceNanos;
    private long lastProgressNanos;

    OpenLoop(ConnectionSet set, Workload workload, LoadSettings settings) {
        this.set = set;
        this.settings = settings;
        this.source = workload.open();
        fetchAhead(FETCHED_FIRST);
        this.sourceNanos = 0;
        this.startNanos = System.nanoTime();
        long measureFrom = startNanos + settings.warmUp().toNanos();
        this.endNanos = measureFrom + settings.duration().toNanos();
        this.tally = new Tally(measureFrom, true);
        this.lastProgressNanos = startNanos;
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public LoadResult run() throws IOException {
        long now = System.nanoTime();
        while (!isStopped && hasDueBefore(endNanos) && now - endNanos < CATCH_UP_NANOS_MAX) {
            sendDue(now);
            set.flush(tally);
            receive(0);
            waitForNextDue();
            now = System.nanoTime();
        }
        long sendingEnded = now;
        Duration late = lateness(now);
        drain();
        long end = System.nanoTime();
        set.settleUnanswered(end, tally);
        long countedUntil = Math.max(endNanos, Math.min(end, lastProgressNanos));
        return tally.toResult(countedUntil, late, (double) sourceNanos / Math.max(1, sendingEnded - startNanos));
    }

    /// Whether a command is still to be sent in this run.
    private boolean hasDueBefore(long limitNanos) {
        if (ahead.isEmpty()) {
            fetchAhead(1);
        }
        TimedCommand next = ahead.peek();
        return next != null && startNanos + next.dueNanos() - limitNanos < 0;
    }

    private void fetchAhead(int count) {
        if (isSourceDone || ahead.size() >= AHEAD_MAX) {
            return;
        }
        long before = System.nanoTime();
        for (int i = 0; i < count && ahead.size() < AHEAD_MAX; i++) {
            if (!source.hasNext()) {
                isSourceDone = true;
                break;
            }
            TimedCommand next = source.next();
            if (next.dueNanos() < lastDueNanos) {
                throw new IllegalArgumentException(
                        "the workload goes back in time: " + next.dueNanos() + " ns after " + lastDueNanos + " ns");
            }
            lastDueNanos = next.dueNanos();
            ahead.add(next);
        }
        sourceNanos += System.nanoTime() - before;
    }

    private void sendDue(long now) {
        for (int i = 0; i < BATCH_MAX; i++) {
            if (ahead.isEmpty()) {
                fetchAhead(1);
            }
            TimedCommand next = ahead.peek();
            if (next == null) {
                return;
            }
            long due = startNanos + next.dueNanos();
            if (due - now > 0 || due - endNanos >= 0) {
                return;
            }
            ahead.remove();
            send(next, due);
        }
    }

    private void send(TimedCommand next, long due) {
        int connection = next.connection();
        if (connection < 0 || connection >= set.count()) {
            throw new IllegalArgumentException(
                    "the workload has " + set.count() + " connections, a command names " + connection);
        }
        int operation = tally.indexOf(next.operation());
        if (set.inFlight() >= settings.inFlightMax() || set.unsentBytes(connection) >= unsentBytesMax()) {
            tally.dropped(due);
            return;
        }
        set.enqueue(connection, next.command(), due, operation, tally);
    }

    private long unsentBytesMax() {
        return settings.unsentBytesMax() / set.count();
    }

    private void receive(long timeoutMillis) throws IOException {
        if (set.poll(timeoutMillis, tally) > 0) {
            lastProgressNanos = System.nanoTime();
        }
    }

    private void waitForNextDue() throws IOException {
        long now = System.nanoTime();
        long due = nextDue();
        while (!isStopped && due - now > 0) {
            if (due - now > FETCH_NANOS && ahead.size() < AHEAD_MAX && !isSourceDone) {
                fetchAhead(due - now > WAKE_UP_NANOS ? FETCHED_AT_ONCE : 1);
            } else if (set.inFlight() == 0 && due - now > 2 * WAKE_UP_NANOS) {
                LockSupport.parkNanos(due - now - WAKE_UP_NANOS);
            } else if (now - lastProgressNanos > SPIN_NANOS_MAX && due - now > 2_000_000) {
                receive((due - now) / 1_000_000 - 1);
            }
            receive(0);
            now = System.nanoTime();
        }
    }

    /// When the next command is due, or the run ends.
    private long nextDue() {
        TimedCommand next = ahead.peek();
        long due = next == null ? endNanos : startNanos + next.dueNanos();
        return due - endNanos < 0 ? due : endNanos;
    }

    private Duration lateness(long now) {
        @Nullable TimedCommand next = ahead.peek();
        if (isStopped || next == null || startNanos + next.dueNanos() - endNanos >= 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(now - startNanos - next.dueNanos());
    }

    private void drain() throws IOException {
        long deadline = System.nanoTime() + settings.drain().toNanos();
        set.flush(tally);
        while (!isStopped && set.inFlight() > 0 && System.nanoTime() - deadline < 0) {
            receive(1);
            set.flush(tally);
        }
    }
}

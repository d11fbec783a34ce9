package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.evidence.RoundTrip;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Round trips of PING to one server.
final class Pings {

    private static final List<Command> PING = List.of(Command.of("PING"));

    private final Inquiry inquiry;
    private long[] nanos = new long[64];
    private int count;

    Pings(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /// Sends one and keeps how long it took. Does the same when the user may not PING: a refusal takes as long.
    long measure() {
        long start = System.nanoTime();
        inquiry.send(PING);
        long took = System.nanoTime() - start;
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
        return took;
    }

    int count() {
        return count;
    }

    /// At least one was sent.
    RoundTrip roundTrip() {
        long[] sorted = sorted();
        return new RoundTrip(
                count, quantile(sorted, 0.50), quantile(sorted, 0.99), Duration.ofNanos(sorted[count - 1]));
    }

    long medianNanos() {
        return quantile(sorted(), 0.50).toNanos();
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /// The smallest value that at least that share of all values does not exceed.
    private static Duration quantile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
    }
}

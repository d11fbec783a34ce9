package io.cachewright.lab.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;

/// Sends the next commands on a connection as soon as the last ones are answered.
final class ClosedLoop implements LoadThread.Loop {

    /// How often the clock is compared with the end while the server is silent.
    private static final long POLL_MILLIS = 100;

    private final ConnectionSet set;
    private final Iterator<TimedCommand> source;
    private final int pipelineDepth;
    private final long endNanos;
    private final Tally tally;
    private volatile boolean isStopped;

    ClosedLoop(ConnectionSet set, Workload workload, LoadSettings settings, int pipelineDepth) {
        this.set = set;
        this.source = workload.open();
        this.pipelineDepth = pipelineDepth;
        long measureFrom = System.nanoTime() + settings.warmUp().toNanos();
        this.endNanos = measureFrom + settings.duration().toNanos();
        this.tally = new Tally(measureFrom, false);
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public LoadResult run() throws IOException {
        while (!isStopped && System.nanoTime() - endNanos < 0) {
            boolean sentSome = refill();
            set.flush(tally);
            set.poll(sentSome ? 0 : POLL_MILLIS, tally);
        }
        return tally.toResult(System.nanoTime(), Duration.ZERO, 0);
    }

    private boolean refill() {
        boolean sentSome = false;
        long now = System.nanoTime();
        for (int i = 0; i < set.count(); i++) {
            if (set.isUp(i) && set.inFlight(i) == 0) {
                for (int j = 0; j < pipelineDepth && source.hasNext(); j++) {
                    TimedCommand next = source.next();
                    set.enqueue(i, next.command(), now, tally.indexOf(next.operation()), tally);
                    sentSome = true;
                }
            }
        }
        return sentSome;
    }
}

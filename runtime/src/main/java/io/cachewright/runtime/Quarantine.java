package io.cachewright.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest values of one class that could not be read, a few of them and the beginning of each, for people
/// to look at.
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private static final int SAMPLES_MAX = 16;
    private static final int BYTES_MAX = 64;
    private static final long LOG_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String className;
    private final LinkClock clock;
    private final Deque<UnreadableValue> samples = new ArrayDeque<>();
    private long count;
    private long loggedAtNanos;

    Quarantine(String className, LinkClock clock) {
        this.className = className;
        this.clock = clock;
    }

    synchronized void add(String key, byte[] bytes, Throwable why) {
        UnreadableValue sample = new UnreadableValue(
                key,
                bytes.length,
                HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, BYTES_MAX)),
                String.valueOf(why.getMessage()));
        if (samples.size() == SAMPLES_MAX) {
            samples.removeFirst();
        }
        samples.addLast(sample);
        long now = clock.nanoTime();
        if (count++ == 0 || now - loggedAtNanos >= LOG_PAUSE_NANOS) {
            loggedAtNanos = now;
            LOG.warn("class {}: {} values could not be read so far, the newest: {}", className, count, sample);
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized List<UnreadableValue> samples() {
        return List.copyOf(samples);
    }
}

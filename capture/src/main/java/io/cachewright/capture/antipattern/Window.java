package io.cachewright.capture.antipattern;

/// Counts within seconds that follow each other.
final class Window {

    private static final long NANOS = 1_000_000_000L;

    private long startNanos = Long.MIN_VALUE / 2;
    private int count;

    /// How many there were in the second that this one falls into, itself included.
    int count(long timeNanos) {
        if (timeNanos - startNanos >= NANOS) {
            startNanos = timeNanos;
            count = 0;
        }
        return ++count;
    }
}

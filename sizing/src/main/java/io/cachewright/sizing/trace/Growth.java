package io.cachewright.sizing.trace;

/// How arrays grow: by half, up to the longest trace.
final class Growth {

    private Growth() {}

    static int next(int length) {
        return (int) Math.min(Trace.LENGTH_MAX, Math.max(16L, length + (length >> 1)));
    }
}

package io.cachewright.sizing.server;

/// How a memory allocator rounds a request up; `used_memory` counts what it really hands out.
public enum Allocator {
    /// jemalloc as Redis and Valkey bundle it: classes in steps of 8 bytes up to 128.
    JEMALLOC(8),
    /// jemalloc as Linux distributions package it: steps of 16 bytes.
    JEMALLOC_SYSTEM(16),
    /// The GNU C library: 16-byte chunks with 8 bytes of header.
    LIBC(0);

    private static final int STEPS_A_DOUBLING = 4;

    private final int quantum;

    Allocator(int quantum) {
        this.quantum = quantum;
    }

    /// The usable bytes of the block that answers a request of `bytes`.
    public long sizeOf(long bytes) {
        return switch (this) {
            case JEMALLOC, JEMALLOC_SYSTEM -> jemallocClass(bytes);
            // The chunk that follows lends its first 8 bytes.
            case LIBC -> Math.max(24, ((bytes + 8 + 15) & ~15L) - 8);
        };
    }

    /// Classes are multiples of the quantum up to 8 quanta (with 8 itself below a quantum of 16), then four steps
    /// for each doubling.
    private long jemallocClass(long bytes) {
        if (bytes <= 8) {
            return 8;
        }
        if (bytes <= 8L * quantum) {
            return (bytes + quantum - 1) / quantum * quantum;
        }
        long above = Long.highestOneBit(bytes - 1);
        long step = Math.max(quantum, above / STEPS_A_DOUBLING);
        return (bytes + step - 1) / step * step;
    }
}

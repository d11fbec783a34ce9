package io.cachewright.snapshot.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What requests for memory take from an allocator, looked up where they are small.
final class Sizes {

    private static final int SMALL = 1 << 13;

    private static final Map<Allocator, Sizes> KNOWN = new ConcurrentHashMap<>();

    private final Allocator allocator;
    private final int[] small = new int[SMALL];

    private Sizes(Allocator allocator) {
        this.allocator = allocator;
        for (int bytes = 0; bytes < SMALL; bytes++) {
            small[bytes] = (int) allocator.allocated(bytes);
        }
    }

    static Sizes of(Allocator allocator) {
        return KNOWN.computeIfAbsent(allocator, Sizes::new);
    }

    long of(long bytes) {
        return bytes < SMALL ? small[(int) bytes] : allocator.allocated(bytes);
    }

    long ofString(long bytes) {
        return of(stringBytes(bytes));
    }

    static int stringHeader(long bytes) {
        return bytes < 32 ? 1 : bytes < 256 ? 3 : bytes < 65_536 ? 5 : bytes < 1L << 32 ? 9 : 17;
    }

    /// Bytes of a string with its header and its final zero.
    static long stringBytes(long bytes) {
        return stringHeader(bytes) + bytes + 1;
    }

    /// What small requests of whole words take beyond them, on the average.
    int spare() {
        return allocator.spare();
    }
}

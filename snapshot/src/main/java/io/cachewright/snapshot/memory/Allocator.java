package io.cachewright.snapshot.memory;

/// What a request for memory really takes.
public enum Allocator {
    /// The jemalloc that the servers bring along, built for steps of 8 bytes.
    JEMALLOC_BUNDLED("jemalloc, as bundled"),
    /// The jemalloc of a distribution, with steps of 16 bytes.
    JEMALLOC_SYSTEM("jemalloc of the system"),
    /// glibc's malloc, which tells what it hands out.
    LIBC("libc"),
    /// A libc that does not (musl): the server keeps the size before each piece, and counts with that.
    LIBC_PREFIXED("libc that does not tell sizes");

    private static final int LIBC_HEADER = 8;
    private static final int LIBC_LEAST = 24;
    private static final int LIBC_MAPPED_FROM = 128 << 10;
    private static final int PAGE = 4096;

    private final String label;

    Allocator(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// What small requests of whole words take beyond them, on the average.
    int spare() {
        return switch (this) {
            case JEMALLOC_BUNDLED -> 0;
            case JEMALLOC_SYSTEM -> 4;
            case LIBC, LIBC_PREFIXED -> LIBC_HEADER;
        };
    }

    /// Bytes that a request for `bytes` takes.
    public long allocated(long bytes) {
        return switch (this) {
            case JEMALLOC_BUNDLED -> jemalloc(bytes, 8);
            case JEMALLOC_SYSTEM -> jemalloc(bytes, 16);
            case LIBC -> libc(bytes);
            case LIBC_PREFIXED -> bytes + LIBC_HEADER;
        };
    }

    /// Four classes between powers of two, and none closer than the quantum, but for one of 8 bytes.
    private static long jemalloc(long bytes, int quantum) {
        if (bytes <= 8) {
            return 8;
        }
        int log = 63 - Long.numberOfLeadingZeros(bytes - 1);
        long step = Math.max(quantum, 1L << Math.max(0, log - 2));
        return (bytes + step - 1) / step * step;
    }

    /// The size of a chunk is kept within it, in steps of 16; large requests are pages of their own.
    private static long libc(long bytes) {
        if (bytes >= LIBC_MAPPED_FROM) {
            return (bytes + 2 * LIBC_HEADER + PAGE - 1) / PAGE * PAGE - 2 * LIBC_HEADER;
        }
        return Math.max(LIBC_LEAST, (bytes + LIBC_HEADER + 15) / 16 * 16 - LIBC_HEADER);
    }
}

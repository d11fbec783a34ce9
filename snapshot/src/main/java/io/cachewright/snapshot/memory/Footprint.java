package io.cachewright.snapshot.memory;

/// What a key takes so far, in bytes: as MEMORY USAGE counts, and from the allocator.
final class Footprint {

    private final Sizes sizes;
    private double usage;
    private double allocated;

    Footprint(Sizes sizes) {
        this.sizes = sizes;
    }

    void clear() {
        usage = 0;
        allocated = 0;
    }

    /// What the allocator gave, which MEMORY USAGE knows.
    void add(long bytes) {
        usage += bytes;
        allocated += bytes;
    }

    void add(long inUsage, long fromAllocator) {
        usage += inUsage;
        allocated += fromAllocator;
    }

    /// By expectation.
    void addExpected(double inUsage, double fromAllocator) {
        usage += inUsage;
        allocated += fromAllocator;
    }

    /// Structures of a fixed size, which MEMORY USAGE counts without the allocator.
    void addStructures(long count, long bytes) {
        usage += count * bytes;
        allocated += count * sizes.of(bytes);
    }

    double usage() {
        return usage;
    }

    double allocated() {
        return allocated;
    }
}

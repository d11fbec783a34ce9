package io.cachewright.snapshot;

/// Counts different byte strings by 64-bit hashes, up to a bound; two different ones are taken for one with a chance
/// of one in 2^24 at a million of them.
final class HashedSet {

    private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

    private final int most;
    private long[] slots = new long[1 << 10];
    private int size;
    private boolean full;

    HashedSet(int most) {
        this.most = most;
    }

    void add(byte[] bytes, int from, int length, int salt) {
        long hash = SEED ^ salt;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i]) * SEED;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ length) * SEED | 1;
        int slot = slot(slots, hash);
        if (slots[slot] == hash) {
            return;
        }
        if (size == most) {
            full = true;
            return;
        }
        slots[slot] = hash;
        size++;
        if (2 * size > slots.length) {
            grow();
        }
    }

    private static int slot(long[] in, long hash) {
        int slot = (int) (hash >>> 32) & (in.length - 1);
        while (in[slot] != 0 && in[slot] != hash) {
            slot = (slot + 1) & (in.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long hash : slots) {
            if (hash != 0) {
                larger[slot(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    long size() {
        return size;
    }

    /// Whether there were more than it can tell apart.
    boolean isFull() {
        return full;
    }
}

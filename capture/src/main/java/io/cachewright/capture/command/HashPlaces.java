package io.cachewright.capture.command;

/// Gives a place to each of the 65,536 hashes that were seen last, so that what is known of a name can be kept in
/// an array. Not safe for use by several threads.
///
/*
 * Sets of eight, which lie in one line of a processor's cache, as caches have them themselves: the hash tells the set,
 * and in a full set one after the other goes.
 */
public final class HashPlaces {

    /// Places are numbered from 0 to one below this.
    public static final int COUNT = 1 << 16;

    private static final int WAYS = 8;
    private static final int SETS = COUNT / WAYS;

    /// With the lowest bit set; 0 where there is none.
    private final long[] hashes = new long[COUNT];

    private final byte[] next = new byte[SETS];

    /// The place of a hash; −1 when it has none. Hashes that differ in their lowest bit only are one.
    public int find(long hash) {
        int set = set(hash);
        long wanted = hash | 1;
        for (int place = set; place < set + WAYS; place++) {
            if (hashes[place] == wanted) {
                return place;
            }
        }
        return -1;
    }

    /// Gives a place to a hash that has none, and takes it from another one.
    public int take(long hash) {
        int set = set(hash);
        int turn = next[set / WAYS]++ & (WAYS - 1);
        hashes[set + turn] = hash | 1;
        return set + turn;
    }

    private static int set(long hash) {
        return ((int) (hash >>> 1) & (SETS - 1)) * WAYS;
    }
}

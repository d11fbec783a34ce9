package io.cachewright.snapshot.memory;

/// What hash tables take besides what is in them. How chains and buckets are filled is taken by its expectation.
final class HashTables {

    private static final int POINTER = 8;
    private static final int BUCKET = 64;
    private static final int BUCKETS_LEAST = 4;

    private HashTables() {}

    /// The pointers of a table of chains.
    static long chainedBytes(long entries) {
        return POINTER * chainedBuckets(entries);
    }

    static long chainedBuckets(long entries) {
        return powerOfTwo(Math.max(BUCKETS_LEAST, entries));
    }

    /// How many entries stand alone in their bucket, or first.
    static double firstOfChain(long entries) {
        long buckets = chainedBuckets(entries);
        return buckets * (1 - Math.exp(-(double) entries / buckets));
    }

    /// Top buckets for a fill below 32/35, and the children of those that are more than full.
    static double bucketedBytes(long entries) {
        long buckets = powerOfTwo(Math.max(1, (entries * 5 + 31) / 32));
        double mean = (double) entries / buckets;
        double chance = Math.exp(-mean);
        double children = 0;
        for (int held = 0; held < 64; held++) {
            if (held > 7) {
                children += chance * ((held - 8) / 6 + 1);
            }
            chance *= mean / (held + 1);
        }
        return BUCKET * buckets * (1 + (buckets == 1 && entries <= 7 ? 0 : children));
    }

    private static long powerOfTwo(long atLeast) {
        return atLeast <= 1 ? 1 : Long.highestOneBit(atLeast - 1) << 1;
    }
}

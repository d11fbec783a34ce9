package io.cachewright.sizing.server;

import java.util.function.IntPredicate;

/// The server's search for expired keys that nobody asks for: some buckets from where it stopped last, again as
/// long as more than a tenth of what it looks at has expired. Source: `activeExpireCycle` in `expire.c` (the slow
/// cycle; effort 1).
final class ExpiryCycle {

    private static final int KEYS_A_LOOP = 20;
    private static final int BUCKETS_A_KEY = 20;
    private static final int ACCEPTED_STALE_PERCENT = 10;

    /// What a quarter of the time between two cycles is enough for, at about a microsecond a key.
    private static final int KEYS_A_CYCLE_MAX = 25_000;

    private static final int BUCKET_KEYS_MAX = 256;

    private final KeyTable expiring;
    private final IntPredicate removeIfExpired;
    private final int[] bucket = new int[BUCKET_KEYS_MAX];
    private long cursor;

    ExpiryCycle(KeyTable expiring, IntPredicate removeIfExpired) {
        this.expiring = expiring;
        this.removeIfExpired = removeIfExpired;
    }

    void run() {
        int looked = 0;
        int sampled;
        int expired;
        do {
            int size = expiring.size();
            if (size == 0 || (expiring.buckets() > 4 && (long) size * 100 / expiring.buckets() < 1)) {
                return;
            }
            int wanted = Math.min(size, KEYS_A_LOOP);
            sampled = 0;
            expired = 0;
            for (int buckets = wanted * BUCKETS_A_KEY; sampled < wanted && buckets > 0; buckets--) {
                int count = expiring.bucketAt(cursor, bucket);
                for (int i = 0; i < count; i++) {
                    if (removeIfExpired.test(bucket[i])) {
                        expired++;
                    }
                }
                sampled += count;
                cursor++;
            }
            looked += Math.max(1, sampled);
        } while (looked < KEYS_A_CYCLE_MAX && (sampled == 0 || expired * 100 / sampled > ACCEPTED_STALE_PERCENT));
    }
}

package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.Hashing;
import java.util.Arrays;
import java.util.function.LongPredicate;

/// The hash table of a keyspace, as far as it decides which keys are sampled together and how many bytes
/// it takes.
///
/* Keys are chained in buckets; the number of buckets is a power of two. When a table has to grow, a second one is made
 * beside it, and each operation moves one bucket over (incremental rehashing): meanwhile both count in memory and
 * both are sampled.
 * Sources: dict.c of Redis 6.2 and 7.0 (dictRehash, _dictExpandIfNeeded); for buckets of seven entries, the published design of
 * Valkey 8.1's hashtable.c.
 */
final class KeyTable {

    static final int NONE = -1;
    private static final int BUCKETS_MIN = 4;
    private static final int CACHE_LINE_BYTES = 64;
    private static final int CACHE_LINE_ENTRIES = 7;

    /// `HASHTABLE_MAX_LOAD_FACTOR`: up to here a table does not grow when that would exceed `maxmemory`.
    private static final double LOAD_MAX_WHEN_SHORT = 1.618;

    /// `HASHTABLE_MIN_FILL`, in percent.
    private static final int FILL_MIN_PERCENT = 10;

    private static final int EMPTY_BUCKETS_A_STEP = 10;

    private final Allocator allocator;
    private final LongPredicate mayAllocate;
    private final int entriesABucket;
    private final int bytesABucket;
    private final int[] hash;
    private final int[] next;
    private final boolean[] present;

    private int[] heads = {};
    private int used;
    private int[] newHeads = {};
    private int newUsed;
    private int rehashIndex = NONE;
    private long bytes;

    /// @param hashes by key number
    /// @param mayAllocate whether so many more bytes keep the server below its limit
    KeyTable(TableLayout layout, Allocator allocator, int[] hashes, LongPredicate mayAllocate) {
        this.allocator = allocator;
        this.mayAllocate = mayAllocate;
        this.hash = hashes;
        this.next = new int[hashes.length];
        this.present = new boolean[hashes.length];
        boolean cacheLines = layout == TableLayout.CACHE_LINE_BUCKETS;
        this.entriesABucket = cacheLines ? CACHE_LINE_ENTRIES : 1;
        this.bytesABucket = cacheLines ? CACHE_LINE_BYTES : Long.BYTES;
    }

    static int hash(long keyId, long seed) {
        return (int) Hashing.mix(keyId ^ Hashing.mix(seed));
    }

    boolean contains(int key) {
        return present[key];
    }

    int size() {
        return used + newUsed;
    }

    /// Bytes of the bucket arrays.
    long bytes() {
        return bytes;
    }

    boolean isRehashing() {
        return rehashIndex != NONE;
    }

    /// What each look-up does besides: moves a bucket over.
    void step() {
        if (rehashIndex != NONE) {
            rehash(1);
        }
    }

    void add(int key) {
        step();
        expandIfNeeded();
        if (isRehashing()) {
            link(newHeads, key);
            newUsed++;
        } else {
            link(heads, key);
            used++;
        }
        present[key] = true;
    }

    void remove(int key) {
        step();
        if (unlink(heads, key)) {
            used--;
        } else if (unlink(newHeads, key)) {
            newUsed--;
        }
        present[key] = false;
    }

    private void link(int[] table, int key) {
        int bucket = hash[key] & (table.length - 1);
        next[key] = table[bucket];
        table[bucket] = key;
    }

    private boolean unlink(int[] table, int key) {
        if (table.length == 0) {
            return false;
        }
        int bucket = hash[key] & (table.length - 1);
        int previous = NONE;
        for (int each = table[bucket]; each != NONE; each = next[each]) {
            if (each == key) {
                if (previous == NONE) {
                    table[bucket] = next[each];
                } else {
                    next[previous] = next[each];
                }
                return true;
            }
            previous = each;
        }
        return false;
    }

    private void expandIfNeeded() {
        if (isRehashing()) {
            return;
        }
        if (heads.length == 0) {
            heads = emptyTable(BUCKETS_MIN);
            return;
        }
        long capacity = (long) heads.length * entriesABucket;
        if (used >= capacity) {
            int wanted = heads.length * 2;
            boolean mustGrow = (double) used / capacity > LOAD_MAX_WHEN_SHORT;
            if (mustGrow || mayAllocate.test((long) wanted * bytesABucket)) {
                beginRehash(wanted);
            }
        }
    }

    /// Makes the table smaller when it is nearly empty; the servers look at it in their housekeeping.
    void shrinkIfSparse() {
        if (isRehashing() || heads.length <= BUCKETS_MIN) {
            return;
        }
        if ((long) used * 100 / ((long) heads.length * entriesABucket) < FILL_MIN_PERCENT) {
            int entries = Math.max(BUCKETS_MIN, (used + entriesABucket - 1) / entriesABucket);
            int wanted = entries <= BUCKETS_MIN ? BUCKETS_MIN : Integer.highestOneBit(entries - 1) * 2;
            if (wanted != heads.length) {
                beginRehash(wanted);
            }
        }
    }

    private void beginRehash(int buckets) {
        newHeads = emptyTable(buckets);
        newUsed = 0;
        rehashIndex = 0;
    }

    private int[] emptyTable(int buckets) {
        int[] table = new int[buckets];
        Arrays.fill(table, NONE);
        bytes += allocator.sizeOf((long) buckets * bytesABucket);
        return table;
    }

    /// Moves up to `buckets` filled buckets; gives up after ten times as many empty ones.
    void rehash(int buckets) {
        int empty = buckets * EMPTY_BUCKETS_A_STEP;
        for (int moved = 0; moved < buckets && isRehashing() && used > 0; moved++) {
            while (heads[rehashIndex] == NONE) {
                rehashIndex++;
                if (--empty == 0) {
                    return;
                }
            }
            int key = heads[rehashIndex];
            while (key != NONE) {
                int following = next[key];
                link(newHeads, key);
                used--;
                newUsed++;
                key = following;
            }
            heads[rehashIndex] = NONE;
            rehashIndex++;
        }
        if (isRehashing() && used == 0) {
            bytes -= allocator.sizeOf((long) heads.length * bytesABucket);
            heads = newHeads;
            used = newUsed;
            newHeads = new int[0];
            newUsed = 0;
            rehashIndex = NONE;
        }
    }

    /// The first key of each bucket, or [#NONE], for those who look for keys. Callers must not change the array.
    int[] heads() {
        return heads;
    }

    /// The same of the table that keys are being moved to; empty when they are not.
    int[] newHeads() {
        return newHeads;
    }

    /// The next bucket to be moved.
    int rehashIndex() {
        return rehashIndex;
    }

    /// The next key of the bucket that holds `key`, or [#NONE].
    int next(int key) {
        return next[key];
    }

    /// Buckets of both tables.
    int buckets() {
        return heads.length + newHeads.length;
    }

    /// Puts the keys of the bucket at `cursor` (in both tables) into `keys`; the search for expired keys
    /// walks so.
    ///
    /// @return how many, at most the array's length
    int bucketAt(long cursor, int[] keys) {
        int count = collect(heads, cursor, keys, 0);
        return isRehashing() ? collect(newHeads, cursor, keys, count) : count;
    }

    private int collect(int[] table, long cursor, int[] keys, int already) {
        int count = already;
        for (int key = table[(int) cursor & (table.length - 1)]; key != NONE && count < keys.length; key = next[key]) {
            keys[count++] = key;
        }
        return count;
    }
}

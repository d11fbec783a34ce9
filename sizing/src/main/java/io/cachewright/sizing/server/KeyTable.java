package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.Hashing;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/// The hash table of a keyspace, as far as it decides which keys are sampled together and how many bytes it
/// takes.
///
/* Keys are chained in buckets; the number of buckets is a power of two. When a table has to grow, a second one is made
 * beside it, and each operation moves one bucket over (incremental rehashing): meanwhile both count in memory and
 * both are sampled. Sampling starts at a random bucket and walks to its neighbours, so it is not uniform: keys of
 * long chains and after runs of empty buckets are seen together, and that is what the servers do.
 * Sources: dict.c of Redis 6.2 and 7.0 (dictGetSomeKeys, dictGetRandomKey, dictRehash, _dictExpandIfNeeded); for buckets of
 * seven entries, the published design of Valkey 8.1's hashtable.c.
 */
final class KeyTable {

    private static final int NONE = -1;
    private static final int BUCKETS_MIN = 4;
    private static final int CACHE_LINE_BYTES = 64;
    private static final int CACHE_LINE_ENTRIES = 7;

    /// `HASHTABLE_MAX_LOAD_FACTOR`: up to here a table does not grow when that would exceed `maxmemory`.
    private static final double LOAD_MAX_WHEN_SHORT = 1.618;

    /// `HASHTABLE_MIN_FILL`, in percent.
    private static final int FILL_MIN_PERCENT = 10;

    private static final int EMPTY_BUCKETS_A_STEP = 10;

    private final TableLayout layout;
    private final Allocator allocator;
    private final SplittableRandom random;
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
    KeyTable(
            TableLayout layout, Allocator allocator, int[] hashes, SplittableRandom random, LongPredicate mayAllocate) {
        this.layout = layout;
        this.allocator = allocator;
        this.random = random;
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

    private boolean isRehashing() {
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

    /// Samples up to `wanted` keys into `samples`, as the server samples for its pool; the same key may come
    /// twice.
    int sample(int[] samples, int wanted) {
        return switch (layout) {
            case CHAINED_HEADS, CHAINED, CHAINED_EMBEDDED_KEYS -> sampleNeighbours(samples, wanted);
            case CACHE_LINE_BUCKETS -> sampleBuckets(samples, wanted);
        };
    }

    private int sampleNeighbours(int[] samples, int wanted) {
        int count = Math.min(wanted, size());
        for (int i = 0; i < count && isRehashing(); i++) {
            step();
        }
        int mask = Math.max(heads.length, newHeads.length) - 1;
        int stored = 0;
        int emptyRun = 0;
        int bucket = random.nextInt() & mask;
        for (int steps = count * 10; stored < count && steps > 0; steps--) {
            for (int table = 0; table < (isRehashing() ? 2 : 1); table++) {
                if (isRehashing() && table == 0 && bucket < rehashIndex) {
                    if (bucket < newHeads.length) {
                        continue;
                    }
                    bucket = rehashIndex;
                }
                int[] buckets = table == 0 ? heads : newHeads;
                if (bucket >= buckets.length) {
                    continue;
                }
                int key = buckets[bucket];
                if (key == NONE) {
                    emptyRun++;
                    if (emptyRun >= 5 && emptyRun > count) {
                        bucket = random.nextInt() & mask;
                        emptyRun = 0;
                    }
                    continue;
                }
                emptyRun = 0;
                stored = layout == TableLayout.CHAINED_HEADS
                        ? storeHeads(key, samples, stored, count)
                        : storeChain(key, samples, stored, count);
                if (stored >= count) {
                    return count;
                }
            }
            bucket = (bucket + 1) & mask;
        }
        return stored;
    }

    private int storeHeads(int head, int[] samples, int already, int count) {
        int stored = already;
        for (int key = head; key != NONE && stored < count; key = next[key]) {
            samples[stored++] = key;
        }
        return stored;
    }

    /// Goes on to the chain's end and lets late keys replace earlier ones by chance (reservoir sampling).
    private int storeChain(int head, int[] samples, int already, int count) {
        int stored = already;
        for (int key = head; key != NONE; key = next[key]) {
            if (stored < count) {
                samples[stored] = key;
            } else {
                int at = random.nextInt(stored + 1);
                if (at < count) {
                    samples[at] = key;
                }
            }
            stored++;
        }
        return stored;
    }

    /// Whole buckets from random places; the servers walk them in an order that visits neighbours last.
    private int sampleBuckets(int[] samples, int wanted) {
        int count = Math.min(wanted, size());
        step();
        int stored = 0;
        while (stored < count) {
            int bucket = random.nextInt();
            stored = storeChain(heads[bucket & (heads.length - 1)], samples, stored, count);
            if (isRehashing()) {
                stored = storeChain(newHeads[bucket & (newHeads.length - 1)], samples, stored, count);
            }
        }
        return count;
    }

    /// A key at random: a filled bucket, then one of its chain. The table must not be empty.
    int anyKey() {
        step();
        int head = NONE;
        while (head == NONE) {
            head = isRehashing() ? bucketWhileRehashing() : heads[random.nextInt() & (heads.length - 1)];
        }
        int length = 0;
        for (int key = head; key != NONE; key = next[key]) {
            length++;
        }
        int key = head;
        for (int skipped = random.nextInt(length); skipped > 0; skipped--) {
            key = next[key];
        }
        return key;
    }

    private int bucketWhileRehashing() {
        int at = rehashIndex + random.nextInt(heads.length + newHeads.length - rehashIndex);
        return at < heads.length ? heads[at] : newHeads[at - heads.length];
    }

    /// Buckets of both tables.
    int buckets() {
        return heads.length + newHeads.length;
    }

    /// Puts the keys of the bucket at `cursor` (in both tables) into `keys`; the search for expired keys walks
    /// so.
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

package io.cachewright.sizing.server;

import java.util.SplittableRandom;

/// Picks keys of a table as the servers pick those that may be evicted.
///
/* Sampling starts at a random bucket and walks to its neighbours, so it is not uniform: keys of long chains and after runs of
 * empty buckets are seen together, and that is what the servers do.
 * Sources: dict.c of Redis 6.2 and 7.0 (dictGetSomeKeys, dictGetRandomKey); for buckets of seven entries, the published design of
 * Valkey 8.1's hashtable.c. */
final class KeySampler {

    private static final int NONE = KeyTable.NONE;
    private static final int EMPTY_RUN_MAX = 5;
    private static final int STEPS_A_SAMPLE = 10;

    private final KeyTable table;
    private final TableLayout layout;
    private final SplittableRandom random;

    KeySampler(KeyTable table, TableLayout layout, SplittableRandom random) {
        this.table = table;
        this.layout = layout;
        this.random = random;
    }

    /// Samples up to `wanted` keys into `samples`, as the server samples for its pool; the same key may
    /// come twice.
    int sample(int[] samples, int wanted) {
        return switch (layout) {
            case CHAINED_HEADS, CHAINED, CHAINED_EMBEDDED_KEYS -> sampleNeighbours(samples, wanted);
            case CACHE_LINE_BUCKETS -> sampleBuckets(samples, wanted);
        };
    }

    private int sampleNeighbours(int[] samples, int wanted) {
        int count = Math.min(wanted, table.size());
        for (int i = 0; i < count && table.isRehashing(); i++) {
            table.step();
        }
        int[] heads = table.heads();
        int[] newHeads = table.newHeads();
        int rehashIndex = table.rehashIndex();
        int tables = table.isRehashing() ? 2 : 1;
        int mask = Math.max(heads.length, newHeads.length) - 1;
        int stored = 0;
        int emptyRun = 0;
        int bucket = random.nextInt() & mask;
        for (int steps = count * STEPS_A_SAMPLE; stored < count && steps > 0; steps--) {
            for (int which = 0; which < tables; which++) {
                if (which == 0 && bucket < rehashIndex) {
                    if (bucket < newHeads.length) {
                        continue;
                    }
                    bucket = rehashIndex;
                }
                int[] buckets = which == 0 ? heads : newHeads;
                if (bucket >= buckets.length) {
                    continue;
                }
                int key = buckets[bucket];
                if (key == NONE) {
                    emptyRun++;
                    if (emptyRun >= EMPTY_RUN_MAX && emptyRun > count) {
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
        for (int key = head; key != NONE && stored < count; key = table.next(key)) {
            samples[stored++] = key;
        }
        return stored;
    }

    /// Goes on to the chain's end and lets late keys replace earlier ones by chance (reservoir sampling).
    private int storeChain(int head, int[] samples, int already, int count) {
        int stored = already;
        for (int key = head; key != NONE; key = table.next(key)) {
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
        int count = Math.min(wanted, table.size());
        table.step();
        int[] heads = table.heads();
        int[] newHeads = table.newHeads();
        int stored = 0;
        while (stored < count) {
            int bucket = random.nextInt();
            stored = storeChain(heads[bucket & (heads.length - 1)], samples, stored, count);
            if (table.isRehashing()) {
                stored = storeChain(newHeads[bucket & (newHeads.length - 1)], samples, stored, count);
            }
        }
        return count;
    }

    /// A key at random: a filled bucket, then one of its chain. The table must not be empty.
    int anyKey() {
        table.step();
        int head = NONE;
        while (head == NONE) {
            head = table.isRehashing() ? bucketWhileRehashing() : anyOf(table.heads());
        }
        int length = 0;
        for (int key = head; key != NONE; key = table.next(key)) {
            length++;
        }
        int key = head;
        for (int skipped = random.nextInt(length); skipped > 0; skipped--) {
            key = table.next(key);
        }
        return key;
    }

    private int anyOf(int[] heads) {
        return heads[random.nextInt() & (heads.length - 1)];
    }

    private int bucketWhileRehashing() {
        int[] heads = table.heads();
        int[] newHeads = table.newHeads();
        int at = table.rehashIndex() + random.nextInt(heads.length + newHeads.length - table.rehashIndex());
        return at < heads.length ? heads[at] : newHeads[at - heads.length];
    }
}

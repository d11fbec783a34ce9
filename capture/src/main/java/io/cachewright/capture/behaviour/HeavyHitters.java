package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Key;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which keys have most of something, in bounded memory and with bounds of the error.
///
/*
 * Space-Saving with weights [1]: a fixed number of counters; a key without one takes over the smallest, and inherits its
 * count as its possible error. So no estimate is too small, none is too large by more than its error, no error is above
 * the total divided by the number of counters, and every key that has more than that share is among the counters.
 *
 * The smallest is found by a heap that is put in order only when it is asked for: counts only grow, so what a counter
 * had when it was placed never is more than what it has. Counters are found by open addressing.
 *
 * [1] Metwally, Agrawal, El Abbadi: Efficient computation of frequent and top-k elements in data streams, ICDT 2005.
 */
final class HeavyHitters {

    private static final int NONE = -1;

    private final int countersMax;
    private final @Nullable Key[] keys;
    private final long[] counts;
    private final long[] errors;
    private int used;
    private long total;

    /// Counters by place in the heap, and their counts when they were placed.
    private final int[] heap;

    private final long[] placed;

    /// Counters by the hash of their keys.
    private final int[] table;

    private final int mask;

    HeavyHitters(int countersMax) {
        this.countersMax = countersMax;
        this.keys = new Key[countersMax];
        this.counts = new long[countersMax];
        this.errors = new long[countersMax];
        this.heap = new int[countersMax];
        this.placed = new long[countersMax];
        this.table = new int[Integer.highestOneBit(countersMax) * 4];
        this.mask = table.length - 1;
        Arrays.fill(table, NONE);
    }

    void add(Key key, long weight) {
        if (weight <= 0) {
            return;
        }
        total += weight;
        int at = find(key);
        int counter = table[at];
        if (counter != NONE) {
            counts[counter] += weight;
        } else if (used < countersMax) {
            keys[used] = key;
            counts[used] = weight;
            table[at] = used;
            place(used, weight);
            used++;
        } else {
            int least = least();
            forget(Objects.requireNonNull(keys[least]));
            keys[least] = key;
            errors[least] = counts[least];
            counts[least] += weight;
            table[find(key)] = least;
        }
    }

    /// Of everything that was added.
    long total() {
        return total;
    }

    /// The `count` heaviest, the heaviest first; equal ones by name.
    List<HotKey> top(int count) {
        return IntStream.range(0, used)
                .mapToObj(counter ->
                        new HotKey(Objects.requireNonNull(keys[counter]), counts[counter], errors[counter], total))
                .sorted(Comparator.comparingLong((HotKey hot) -> -hot.estimate())
                        .thenComparing(hot -> hot.key().toString()))
                .limit(count)
                .toList();
    }

    /// Where the key's counter is in the table, or where it would be.
    private int find(Key key) {
        int at = (int) (key.hash() >>> 32) & mask;
        while (table[at] != NONE && !key.equals(keys[table[at]])) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void forget(Key key) {
        int hole = find(key);
        table[hole] = NONE;
        for (int at = (hole + 1) & mask; table[at] != NONE; at = (at + 1) & mask) {
            int home = (int) (Objects.requireNonNull(keys[table[at]]).hash() >>> 32) & mask;
            // What is found by going over the hole moves into it.
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                table[at] = NONE;
                hole = at;
            }
        }
    }

    private int least() {
        while (placed[0] != counts[heap[0]]) {
            down(heap[0], counts[heap[0]]);
        }
        return heap[0];
    }

    /// Places a new counter.
    private void place(int counter, long count) {
        int place = used;
        while (place > 0 && placed[(place - 1) / 2] > count) {
            heap[place] = heap[(place - 1) / 2];
            placed[place] = placed[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        heap[place] = counter;
        placed[place] = count;
    }

    /// Places the topmost counter anew.
    private void down(int counter, long count) {
        int place = 0;
        for (int child = 1; child < used; child = 2 * place + 1) {
            if (child + 1 < used && placed[child + 1] < placed[child]) {
                child++;
            }
            if (placed[child] >= count) {
                break;
            }
            heap[place] = heap[child];
            placed[place] = placed[child];
            place = child;
        }
        heap[place] = counter;
        placed[place] = count;
    }
}

package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which keys have most of something, in bounded memory and with bounds of the error.
///
/*
 * Space-Saving with weights [1]: a fixed number of counters; a key without one takes over the smallest, and inherits its
 * count as its possible error. So no estimate is too small, none is too large by more than its error, no error is above
 * the total divided by the number of counters, and every key that has more than that share is among the counters. The
 * counters are a heap by their count, so that the smallest is at hand.
 *
 * [1] Metwally, Agrawal, El Abbadi: Efficient computation of frequent and top-k elements in data streams, ICDT 2005.
 */
final class HeavyHitters {

    private final int countersMax;
    private final Map<Key, Counter> counters;
    private final List<Counter> heap = new ArrayList<>();
    private long total;

    private static final class Counter {
        private Key key;
        private long count;
        private long error;
        private int place;

        Counter(Key key, long count, int place) {
            this.key = key;
            this.count = count;
            this.place = place;
        }
    }

    HeavyHitters(int countersMax) {
        this.countersMax = countersMax;
        this.counters = new HashMap<>(2 * countersMax);
    }

    void add(Key key, long weight) {
        if (weight <= 0) {
            return;
        }
        total += weight;
        Counter counter = counters.get(key);
        if (counter == null) {
            if (heap.size() < countersMax) {
                Counter fresh = new Counter(key, weight, heap.size());
                heap.add(fresh);
                counters.put(key, fresh);
                up(fresh);
                return;
            }
            counter = heap.getFirst();
            counters.remove(counter.key);
            counter.key = key;
            counter.error = counter.count;
            counters.put(key, counter);
        }
        counter.count += weight;
        down(counter);
    }

    /// Of everything that was added.
    long total() {
        return total;
    }

    /// The `count` heaviest, the heaviest first; equal ones by name.
    List<HotKey> top(int count) {
        return heap.stream()
                .sorted(Comparator.comparingLong((Counter counter) -> -counter.count)
                        .thenComparing(counter -> counter.key.toString()))
                .limit(count)
                .map(counter -> new HotKey(counter.key, counter.count, counter.error, total))
                .toList();
    }

    private void up(Counter counter) {
        while (counter.place > 0) {
            Counter parent = heap.get((counter.place - 1) / 2);
            if (parent.count <= counter.count) {
                return;
            }
            swap(counter, parent);
        }
    }

    private void down(Counter counter) {
        while (true) {
            int left = 2 * counter.place + 1;
            if (left >= heap.size()) {
                return;
            }
            Counter least = heap.get(left);
            if (left + 1 < heap.size() && heap.get(left + 1).count < least.count) {
                least = heap.get(left + 1);
            }
            if (least.count >= counter.count) {
                return;
            }
            swap(counter, least);
        }
    }

    private void swap(Counter one, Counter other) {
        int place = one.place;
        one.place = other.place;
        other.place = place;
        heap.set(one.place, one);
        heap.set(other.place, other);
    }
}

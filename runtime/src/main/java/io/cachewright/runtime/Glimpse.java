package io.cachewright.runtime;

import java.util.ArrayList;
import java.util.List;

/// Entries that a batch of reads has found usable, to be judged together by one reading of the clock.
final class Glimpse<V> {

    private final List<Entry<V>> entries;
    private final long[] provedNanos;

    Glimpse(int entriesMax) {
        this.entries = new ArrayList<>(entriesMax);
        this.provedNanos = new long[entriesMax];
    }

    /// False when `entry` is not usable.
    boolean add(Entry<V> entry) {
        // The order of these reads is what makes a hit sound: see Entry.
        long proved = entry.proof.provedNanos();
        if (!entry.isUsable()) {
            return false;
        }
        provedNanos[entries.size()] = proved;
        entries.add(entry);
        return true;
    }

    int size() {
        return entries.size();
    }

    Entry<V> entry(int i) {
        return entries.get(i);
    }

    /// What its link had proved before the entry was found usable.
    long provedNanos(int i) {
        return provedNanos[i];
    }
}

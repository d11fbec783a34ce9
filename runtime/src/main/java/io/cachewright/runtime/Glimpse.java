package io.cachewright.runtime;

import java.util.ArrayList;
import java.util.List;

/// Entries that a batch of reads has found usable, to be judged together by one reading of the clock.
final class Glimpse<V> {

    private final List<Entry<V>> entries;
    private final long[] provedNanos;
    private long oldestNanos;

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
        long asOf = entry.currentAsOf(proved);
        oldestNanos = entries.isEmpty() || asOf - oldestNanos < 0 ? asOf : oldestNanos;
        provedNanos[entries.size()] = proved;
        entries.add(entry);
        return true;
    }

    /// The instant as of which all of them are current; any number where there are none.
    long oldestNanos() {
        return oldestNanos;
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

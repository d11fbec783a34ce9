package io.cachewright.runtime;

import org.jspecify.annotations.Nullable;

/// Where the entries that were read lately are, by the hash of their keys: one look where the store takes several.
///
/* A hit in the store goes through its table, its node and its record of uses. A glance goes to one of two slots that
 * share a cache line. A slot is a hint and nothing more: readers and writers race for it without any order, and what
 * it holds may have left the store long ago. That is sound because an entry says itself whether it may still be
 * served (see Entry), and because its fields that readers need never change.
 */
final class Glances<V> {

    private static final int SLOTS_MIN = 16;
    /// A quarter of a megabyte of references.
    private static final int SLOTS_MAX = 1 << 16;

    private final @Nullable Entry<V>[] slots;
    private final int mask;

    /// For a store of about `entries`.
    Glances(long entries) {
        int wanted = Math.clamp(entries, SLOTS_MIN, SLOTS_MAX);
        this.slots = newSlots(Integer.highestOneBit(2 * wanted - 1));
        this.mask = slots.length - 1;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> @Nullable Entry<V>[] newSlots(int count) {
        return new Entry[count];
    }

    /// An entry that was of `key`, and may be still; null when there is none in its slots.
    @Nullable
    Entry<V> of(String key) {
        int at = slotOf(key);
        Entry<V> first = slots[at];
        if (first != null && first.key.equals(key)) {
            return first;
        }
        Entry<V> second = slots[at ^ 1];
        return second != null && second.key.equals(key) ? second : null;
    }

    /// Points to `entry`, in place of what can be served no more, else of `luck`'s choice: one or the other slot, or
    /// most often neither, so that keys that share slots do not take them from each other at each read.
    void point(Entry<V> entry, int luck) {
        int at = slotOf(entry.key);
        for (int slot = at; ; slot = at ^ 1) {
            Entry<V> present = slots[slot];
            if (present == null || !present.isUsable() || present.key.equals(entry.key)) {
                slots[slot] = entry;
                return;
            }
            if (slot != at) {
                break;
            }
        }
        if ((luck & 14) == 0) {
            slots[at ^ (luck & 1)] = entry;
        }
    }

    /// Frees `entry`, which has left the store.
    void forget(Entry<V> entry) {
        int at = slotOf(entry.key);
        if (slots[at] == entry) {
            slots[at] = null;
        }
        if (slots[at ^ 1] == entry) {
            slots[at ^ 1] = null;
        }
    }

    private int slotOf(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & mask;
    }
}

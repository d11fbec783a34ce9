package io.cachewright.runtime;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Where the entries that were read lately are, by the hash of their keys: one look where the store takes
/// several.
///
/* A hit in the store goes through its table, its node and its record of uses. A glance goes to one of two slots. A slot
 * is a hint and nothing more: readers and writers race for it without any order, and what it holds may have left the
 * store long ago. That is sound because an entry says itself whether it may still be served (see Entry), and because
 * its fields that readers need never change.
 *
 * There are as many slots as the entries at hand need, and no more: few of them stay in the processor's nearest cache,
 * and one that is thrown out of there costs what the glance was to save.
 */
final class Glances<V> {

    private static final int SLOTS_MIN = 16;
    /// A quarter of a megabyte of references.
    private static final int SLOTS_MAX = 1 << 16;

    /// With fewer, too many entries find both of their slots taken.
    private static final int SLOTS_PER_ENTRY = 4;

    private final LongSupplier entries;
    /// Replaced by a larger one where there are too few; whoever still uses the old one misses some hints.
    private @Nullable Entry<V>[] slots = newSlots(SLOTS_MIN);

    /// `entries`: how many the store holds.
    Glances(LongSupplier entries) {
        this.entries = entries;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> @Nullable Entry<V>[] newSlots(int count) {
        return new Entry[count];
    }

    /// An entry that was of `key`, and may be still; null when there is none in its slots.
    @Nullable
    Entry<V> of(String key) {
        @Nullable Entry<V>[] present = slots;
        int hash = hash(key);
        Entry<V> first = present[hash & (present.length - 1)];
        if (first != null && first.key.equals(key)) {
            return first;
        }
        Entry<V> second = present[other(hash) & (present.length - 1)];
        return second != null && second.key.equals(key) ? second : null;
    }

    /// Points to `entry`, in place of what can be served no more; else of another one that has room in its own
    /// other slot, as cuckoos do (Pagh and Rodler, 2001); else of `luck`'s choice: one or the other, or most
    /// often none, so that keys that share slots do not take them from each other at each read.
    void point(Entry<V> entry, int luck) {
        @Nullable Entry<V>[] present = slots;
        if (place(entry, present)) {
            return;
        }
        if (present.length < SLOTS_MAX && present.length < SLOTS_PER_ENTRY * entries.getAsLong()) {
            grow(present);
        } else if ((luck & 14) == 0) {
            int hash = hash(entry.key);
            present[((luck & 1) == 0 ? hash : other(hash)) & (present.length - 1)] = entry;
        }
    }

    private static <V> boolean place(Entry<V> entry, @Nullable Entry<V>[] into) {
        int hash = hash(entry.key);
        int first = hash & (into.length - 1);
        int second = other(hash) & (into.length - 1);
        return placeAt(first, entry, into)
                || placeAt(second, entry, into)
                || placeFor(first, entry, into)
                || placeFor(second, entry, into);
    }

    private static <V> boolean placeAt(int slot, Entry<V> entry, @Nullable Entry<V>[] into) {
        Entry<V> there = into[slot];
        if (there != null && there.isUsable() && !there.key.equals(entry.key)) {
            return false;
        }
        into[slot] = entry;
        return true;
    }

    /// In place of the one in `slot`, where that can move.
    private static <V> boolean placeFor(int slot, Entry<V> entry, @Nullable Entry<V>[] into) {
        Entry<V> there = into[slot];
        if (there != null) {
            int hash = hash(there.key);
            int first = hash & (into.length - 1);
            if (!placeAt(first == slot ? other(hash) & (into.length - 1) : first, there, into)) {
                return false;
            }
        }
        into[slot] = entry;
        return true;
    }

    private synchronized void grow(@Nullable Entry<V>[] full) {
        if (slots.length > full.length) {
            return;
        }
        @Nullable Entry<V>[] larger = newSlots(2 * full.length);
        for (Entry<V> entry : full) {
            if (entry != null) {
                boolean _ = place(entry, larger);
            }
        }
        slots = larger;
    }

    /// Frees `entry`, which has left the store.
    void forget(Entry<V> entry) {
        @Nullable Entry<V>[] present = slots;
        int hash = hash(entry.key);
        forget(entry, hash & (present.length - 1), present);
        forget(entry, other(hash) & (present.length - 1), present);
    }

    private static <V> void forget(Entry<V> entry, int slot, @Nullable Entry<V>[] from) {
        if (entry.equals(from[slot])) {
            from[slot] = null;
        }
    }

    private static int hash(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    /// The hash that leads to the other slot: its upper half, which the lower one does not tell.
    private static int other(int hash) {
        return hash >>> 16;
    }
}

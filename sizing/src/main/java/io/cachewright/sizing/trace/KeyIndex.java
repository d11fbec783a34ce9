package io.cachewright.sizing.trace;

import java.util.Arrays;

/// Numbers 64-bit key ids from 0 in the order they are first seen: an open-addressing table, half full at most.
final class KeyIndex {

    private long[] ids = new long[16];
    private int[] slots = emptySlots(64);
    private int count;

    /// The number of `id`, a new one if it was never seen.
    int intern(long id) {
        int mask = slots.length - 1;
        int slot = (int) Hashing.mix(id) & mask;
        while (slots[slot] >= 0) {
            if (ids[slots[slot]] == id) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, Growth.next(count));
        }
        ids[count] = id;
        slots[slot] = count;
        count++;
        if (count > slots.length / 2) {
            rehash();
        }
        return count - 1;
    }

    int count() {
        return count;
    }

    long id(int key) {
        return ids[key];
    }

    private void rehash() {
        slots = emptySlots(Math.multiplyExact(slots.length, 2));
        int mask = slots.length - 1;
        for (int key = 0; key < count; key++) {
            int slot = (int) Hashing.mix(ids[key]) & mask;
            while (slots[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = key;
        }
    }

    private static int[] emptySlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, -1);
        return slots;
    }
}

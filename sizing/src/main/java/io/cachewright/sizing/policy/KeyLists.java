package io.cachewright.sizing.policy;

import java.util.Arrays;

/// Queues of keys with the bytes in each: a key is in one of them at most, the newest at the head.
final class KeyLists {

    static final int NONE = -1;

    /* What is known of a key lies side by side, so that it takes one cache line to fetch. */
    private static final int FIELD_BITS = 2;
    private static final int NEWER = 0;
    private static final int OLDER = 1;
    private static final int LIST = 2;
    private static final int BYTES = 3;

    private final int[] fields;
    private final int[] head;
    private final int[] tail;
    private final long[] used;

    /// Lists are numbered from 1; 0 says that a key is in none.
    KeyLists(int keyCount, int lists) {
        fields = new int[Math.multiplyExact(keyCount, 1 << FIELD_BITS)];
        head = new int[lists + 1];
        tail = new int[lists + 1];
        used = new long[lists + 1];
        Arrays.fill(head, NONE);
        Arrays.fill(tail, NONE);
    }

    int listOf(int key) {
        return fields[(key << FIELD_BITS) + LIST];
    }

    int bytes(int key) {
        return fields[(key << FIELD_BITS) + BYTES];
    }

    /// The bytes of all keys in a list.
    long used(int list) {
        return used[list];
    }

    int tail(int list) {
        return tail[list];
    }

    boolean isEmpty(int list) {
        return tail[list] == NONE;
    }

    int newer(int key) {
        return fields[(key << FIELD_BITS) + NEWER];
    }

    /// Sets the bytes of a key, in a list or not.
    void resize(int key, int bytes) {
        int at = key << FIELD_BITS;
        used[fields[at + LIST]] += bytes - fields[at + BYTES];
        fields[at + BYTES] = bytes;
    }

    /// Moves a key to the head of a list, from wherever it is.
    void toHead(int list, int key) {
        if (head[list] == key) {
            return;
        }
        remove(key);
        int first = head[list];
        int at = key << FIELD_BITS;
        fields[at + OLDER] = first;
        fields[at + NEWER] = NONE;
        fields[at + LIST] = list;
        if (first == NONE) {
            tail[list] = key;
        } else {
            fields[(first << FIELD_BITS) + NEWER] = key;
        }
        head[list] = key;
        used[list] += fields[at + BYTES];
    }

    /// Takes a key out of its list, if it is in one.
    void remove(int key) {
        int at = key << FIELD_BITS;
        int list = fields[at + LIST];
        if (list == 0) {
            return;
        }
        int before = fields[at + NEWER];
        int after = fields[at + OLDER];
        if (before == NONE) {
            head[list] = after;
        } else {
            fields[(before << FIELD_BITS) + OLDER] = after;
        }
        if (after == NONE) {
            tail[list] = before;
        } else {
            fields[(after << FIELD_BITS) + NEWER] = before;
        }
        fields[at + LIST] = 0;
        used[list] -= fields[at + BYTES];
    }
}

package io.cachewright.sizing.policy;

import java.util.Arrays;

/// Queues of keys with the bytes in each: a key is in one of them at most, the newest at the head.
final class KeyLists {

    static final int NONE = -1;

    private final int[] newer;
    private final int[] older;
    private final byte[] listOf;
    private final int[] bytesOf;
    private final int[] head;
    private final int[] tail;
    private final long[] used;

    /// Lists are numbered from 1; 0 says that a key is in none.
    KeyLists(int keyCount, int lists) {
        newer = new int[keyCount];
        older = new int[keyCount];
        listOf = new byte[keyCount];
        bytesOf = new int[keyCount];
        head = new int[lists + 1];
        tail = new int[lists + 1];
        used = new long[lists + 1];
        Arrays.fill(head, NONE);
        Arrays.fill(tail, NONE);
    }

    int listOf(int key) {
        return listOf[key];
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
        return newer[key];
    }

    /// Sets the bytes of a key, in a list or not.
    void resize(int key, int bytes) {
        used[listOf[key]] += bytes - bytesOf[key];
        bytesOf[key] = bytes;
    }

    /// Moves a key to the head of a list, from wherever it is.
    void toHead(int list, int key) {
        if (head[list] == key) {
            return;
        }
        remove(key);
        int first = head[list];
        older[key] = first;
        newer[key] = NONE;
        if (first == NONE) {
            tail[list] = key;
        } else {
            newer[first] = key;
        }
        head[list] = key;
        listOf[key] = (byte) list;
        used[list] += bytesOf[key];
    }

    /// Takes a key out of its list, if it is in one.
    void remove(int key) {
        int list = listOf[key];
        if (list == 0) {
            return;
        }
        int before = newer[key];
        int after = older[key];
        if (before == NONE) {
            head[list] = after;
        } else {
            older[before] = after;
        }
        if (after == NONE) {
            tail[list] = before;
        } else {
            newer[after] = before;
        }
        listOf[key] = 0;
        used[list] -= bytesOf[key];
    }
}

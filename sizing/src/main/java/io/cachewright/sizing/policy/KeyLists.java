package io.cachewright.sizing.policy;

/// Doubly linked lists over key numbers: each key is in one list at most. The newest is at the head.
final class KeyLists {

    static final int NONE = -1;

    private final int[] newer;
    private final int[] older;
    private final byte[] listOf;
    private final int[] head;
    private final int[] tail;

    /// Lists are numbered from 1; 0 says that a key is in none.
    KeyLists(int keyCount, int lists) {
        newer = new int[keyCount];
        older = new int[keyCount];
        listOf = new byte[keyCount];
        head = new int[lists + 1];
        tail = new int[lists + 1];
        java.util.Arrays.fill(head, NONE);
        java.util.Arrays.fill(tail, NONE);
    }

    int listOf(int key) {
        return listOf[key];
    }

    int tail(int list) {
        return tail[list];
    }

    int newer(int key) {
        return newer[key];
    }

    boolean isHead(int list, int key) {
        return head[list] == key;
    }

    void addHead(int list, int key) {
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
    }

    void remove(int key) {
        int list = listOf[key];
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
    }

    void moveToHead(int list, int key) {
        if (head[list] != key) {
            remove(key);
            addHead(list, key);
        }
    }
}

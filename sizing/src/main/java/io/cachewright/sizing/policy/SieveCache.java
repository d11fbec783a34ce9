package io.cachewright.sizing.policy;

/// A queue with a hand that moves from old to new, spares keys asked for since it last came by, and evicts the
/// first that was not.
///
/// Source: Y. Zhang et al., SIEVE is Simpler than LRU, NSDI 2024, algorithm 1.
final class SieveCache implements SimulatedCache {

    private static final int QUEUE = 1;

    private final KeyLists lists;
    private final int[] bytesOf;
    private final boolean[] visited;
    private final long capacity;
    private long used;
    private int hand = KeyLists.NONE;

    SieveCache(int keyCount, long capacity) {
        this.lists = new KeyLists(keyCount, QUEUE);
        this.bytesOf = new int[keyCount];
        this.visited = new boolean[keyCount];
        this.capacity = capacity;
    }

    @Override
    public boolean access(int key, int bytes) {
        if (lists.listOf(key) == QUEUE) {
            visited[key] = true;
            used += bytes - bytesOf[key];
            bytesOf[key] = bytes;
            while (used > capacity) {
                evict();
            }
            return true;
        }
        if (bytes > capacity) {
            return false;
        }
        while (used + bytes > capacity) {
            evict();
        }
        lists.addHead(QUEUE, key);
        visited[key] = false;
        bytesOf[key] = bytes;
        used += bytes;
        return false;
    }

    private void evict() {
        int key = hand == KeyLists.NONE ? lists.tail(QUEUE) : hand;
        while (visited[key]) {
            visited[key] = false;
            key = lists.newer(key);
            if (key == KeyLists.NONE) {
                key = lists.tail(QUEUE);
            }
        }
        hand = key;
        remove(key);
    }

    @Override
    public void remove(int key) {
        if (lists.listOf(key) == QUEUE) {
            if (hand == key) {
                hand = lists.newer(key);
            }
            lists.remove(key);
            used -= bytesOf[key];
        }
    }
}

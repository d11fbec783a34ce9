package io.cachewright.sizing.policy;

/// A queue with a hand that moves from old to new, spares keys asked for since it last came by, and evicts the first
/// that was not.
///
/// Source: Y. Zhang et al., SIEVE is Simpler than LRU, NSDI 2024, algorithm 1.
final class SieveCache implements SimulatedCache {

    private static final int QUEUE = 1;

    private final KeyLists lists;
    private final boolean[] visited;
    private final long capacity;
    private int hand = KeyLists.NONE;

    SieveCache(int keyCount, long capacity) {
        this.lists = new KeyLists(keyCount, QUEUE);
        this.visited = new boolean[keyCount];
        this.capacity = capacity;
    }

    @Override
    public boolean access(int key, int bytes) {
        if (lists.listOf(key) == QUEUE) {
            visited[key] = true;
            lists.resize(key, bytes);
            makeRoom(0);
            return true;
        }
        if (bytes <= capacity) {
            makeRoom(bytes);
            visited[key] = false;
            lists.resize(key, bytes);
            lists.toHead(QUEUE, key);
        }
        return false;
    }

    private void makeRoom(int bytes) {
        while (lists.used(QUEUE) + bytes > capacity) {
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
    }

    @Override
    public void remove(int key) {
        if (hand == key) {
            hand = lists.newer(key);
        }
        lists.remove(key);
    }
}

package io.cachewright.sizing.policy;

/// The least recently used goes first.
final class LruCache implements SimulatedCache {

    private static final int QUEUE = 1;

    private final KeyLists lists;
    private final long capacity;

    LruCache(int keyCount, long capacity) {
        this.lists = new KeyLists(keyCount, QUEUE);
        this.capacity = capacity;
    }

    @Override
    public boolean access(int key, int bytes) {
        boolean hit = lists.listOf(key) == QUEUE;
        lists.toHead(QUEUE, key);
        lists.resize(key, bytes);
        while (lists.used(QUEUE) > capacity) {
            lists.remove(lists.tail(QUEUE));
        }
        return hit;
    }

    @Override
    public void remove(int key) {
        lists.remove(key);
    }
}

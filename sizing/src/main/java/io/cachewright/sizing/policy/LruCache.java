package io.cachewright.sizing.policy;

/// The least recently used goes first.
final class LruCache implements SimulatedCache {

    private static final int QUEUE = 1;

    private final KeyLists lists;
    private final int[] bytesOf;
    private final long capacity;
    private long used;

    LruCache(int keyCount, long capacity) {
        this.lists = new KeyLists(keyCount, QUEUE);
        this.bytesOf = new int[keyCount];
        this.capacity = capacity;
    }

    @Override
    public boolean access(int key, int bytes) {
        boolean hit = lists.listOf(key) == QUEUE;
        if (hit) {
            lists.moveToHead(QUEUE, key);
            used += bytes - bytesOf[key];
        } else {
            lists.addHead(QUEUE, key);
            used += bytes;
        }
        bytesOf[key] = bytes;
        while (used > capacity) {
            remove(lists.tail(QUEUE));
        }
        return hit;
    }

    @Override
    public void remove(int key) {
        if (lists.listOf(key) == QUEUE) {
            lists.remove(key);
            used -= bytesOf[key];
        }
    }
}

package io.cachewright.sizing.policy;

/// Three queues: new keys go through a small one, those asked for again move to the main one, and the names of
/// those that were not are remembered for a while.
///
/// Source: J. Yang et al., FIFO queues are all you need for cache eviction, SOSP 2023, algorithm 1, with sizes in
/// bytes: a tenth for the small queue, the rest for the main one, and names for as many bytes as the main queue
/// holds. Keys that move to the main queue start there as never asked for, as in its authors' simulator.
final class S3FifoCache implements SimulatedCache {

    private static final int SMALL = 1;
    private static final int MAIN = 2;
    private static final int GHOSTS = 3;
    private static final int FREQUENCY_MAX = 3;
    private static final int SMALL_SHARE = 10;

    private final KeyLists lists;
    private final byte[] frequency;
    private final long capacity;
    private final long smallBytes;

    S3FifoCache(int keyCount, long capacity) {
        this.lists = new KeyLists(keyCount, GHOSTS);
        this.frequency = new byte[keyCount];
        this.capacity = capacity;
        this.smallBytes = Math.max(1, capacity / SMALL_SHARE);
    }

    @Override
    public boolean access(int key, int bytes) {
        if (isCached(key)) {
            frequency[key] = (byte) Math.min(FREQUENCY_MAX, frequency[key] + 1);
            lists.resize(key, bytes);
            makeRoom(0);
            return true;
        }
        if (bytes <= capacity) {
            makeRoom(bytes);
            boolean wasGhost = lists.listOf(key) == GHOSTS;
            frequency[key] = 0;
            lists.resize(key, bytes);
            lists.toHead(wasGhost ? MAIN : SMALL, key);
        }
        return false;
    }

    private boolean isCached(int key) {
        return lists.listOf(key) == SMALL || lists.listOf(key) == MAIN;
    }

    private void makeRoom(int bytes) {
        while (lists.used(SMALL) + lists.used(MAIN) + bytes > capacity) {
            if (lists.used(SMALL) >= smallBytes || lists.isEmpty(MAIN)) {
                evictFromSmall();
            } else {
                evictFromMain();
            }
        }
    }

    private void evictFromSmall() {
        while (!lists.isEmpty(SMALL)) {
            int key = lists.tail(SMALL);
            if (frequency[key] <= 1) {
                lists.toHead(GHOSTS, key);
                while (lists.used(GHOSTS) > capacity - smallBytes) {
                    lists.remove(lists.tail(GHOSTS));
                }
                return;
            }
            frequency[key] = 0;
            lists.toHead(MAIN, key);
            if (lists.used(MAIN) > capacity - smallBytes) {
                evictFromMain();
            }
        }
    }

    private void evictFromMain() {
        while (!lists.isEmpty(MAIN)) {
            int key = lists.tail(MAIN);
            if (frequency[key] == 0) {
                lists.remove(key);
                return;
            }
            frequency[key]--;
            lists.toHead(MAIN, key);
        }
    }

    @Override
    public void remove(int key) {
        if (isCached(key)) {
            lists.remove(key);
        }
    }
}

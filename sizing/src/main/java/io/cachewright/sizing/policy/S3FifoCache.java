package io.cachewright.sizing.policy;

/// Three queues: new keys go through a small one, those asked for again move to the main one, and the names of
/// those that were not are remembered for a while.
///
/// Source: J. Yang et al., FIFO queues are all you need for cache eviction, SOSP 2023, algorithm 1, with sizes in
/// bytes: a tenth for the small queue, the rest for the main one, and names for as many bytes as the main queue
/// holds.
final class S3FifoCache implements SimulatedCache {

    private static final int SMALL = 1;
    private static final int MAIN = 2;
    private static final int GHOSTS = 3;
    private static final int FREQUENCY_MAX = 3;
    private static final int SMALL_SHARE = 10;

    private final KeyLists lists;
    private final int[] bytesOf;
    private final byte[] frequency;
    private final long[] used = new long[GHOSTS + 1];
    private final long capacity;
    private final long smallBytes;

    S3FifoCache(int keyCount, long capacity) {
        this.lists = new KeyLists(keyCount, GHOSTS);
        this.bytesOf = new int[keyCount];
        this.frequency = new byte[keyCount];
        this.capacity = capacity;
        this.smallBytes = Math.max(1, capacity / SMALL_SHARE);
    }

    @Override
    public boolean access(int key, int bytes) {
        int list = lists.listOf(key);
        if (list == SMALL || list == MAIN) {
            frequency[key] = (byte) Math.min(FREQUENCY_MAX, frequency[key] + 1);
            used[list] += bytes - bytesOf[key];
            bytesOf[key] = bytes;
            makeRoom(0);
            return true;
        }
        if (bytes <= capacity) {
            makeRoom(bytes);
            boolean wasGhost = lists.listOf(key) == GHOSTS;
            leave(key);
            frequency[key] = 0;
            bytesOf[key] = bytes;
            join(wasGhost ? MAIN : SMALL, key);
        }
        return false;
    }

    private void makeRoom(int bytes) {
        while (used[SMALL] + used[MAIN] + bytes > capacity) {
            if (used[SMALL] >= smallBytes || lists.tail(MAIN) == KeyLists.NONE) {
                evictFromSmall();
            } else {
                evictFromMain();
            }
        }
    }

    private void evictFromSmall() {
        while (lists.tail(SMALL) != KeyLists.NONE) {
            int key = lists.tail(SMALL);
            leave(key);
            if (frequency[key] <= 1) {
                join(GHOSTS, key);
                while (used[GHOSTS] > capacity - smallBytes) {
                    leave(lists.tail(GHOSTS));
                }
                return;
            }
            join(MAIN, key);
            if (used[MAIN] > capacity - smallBytes) {
                evictFromMain();
            }
        }
    }

    private void evictFromMain() {
        while (lists.tail(MAIN) != KeyLists.NONE) {
            int key = lists.tail(MAIN);
            if (frequency[key] == 0) {
                leave(key);
                return;
            }
            frequency[key]--;
            lists.moveToHead(MAIN, key);
        }
    }

    @Override
    public void remove(int key) {
        int list = lists.listOf(key);
        if (list == SMALL || list == MAIN) {
            leave(key);
        }
    }

    private void join(int list, int key) {
        lists.addHead(list, key);
        used[list] += bytesOf[key];
    }

    private void leave(int key) {
        int list = lists.listOf(key);
        if (list != 0) {
            lists.remove(key);
            used[list] -= bytesOf[key];
        }
    }
}

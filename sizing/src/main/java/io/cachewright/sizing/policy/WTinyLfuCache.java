package io.cachewright.sizing.policy;

/// A small LRU window in front of a segmented LRU; who leaves the window stays only if it was asked for more
/// often than the main part's next victim.
///
/// Source: G. Einziger et al., TinyLFU: A Highly Efficient Cache Admission Policy, ACM ToS 2017; the window of 1
/// % and the protected share of 80 % are those of its authors and of Caffeine before it adapts.
final class WTinyLfuCache implements SimulatedCache {

    private static final int WINDOW = 1;
    private static final int PROBATION = 2;
    private static final int PROTECTED = 3;

    private final KeyLists lists;
    private final FrequencySketch sketch;
    private final long capacity;
    private final long windowBytes;
    private final long protectedBytes;

    WTinyLfuCache(int keyCount, long capacity, int expectedEntries) {
        this.lists = new KeyLists(keyCount, PROTECTED);
        this.sketch = new FrequencySketch(expectedEntries);
        this.capacity = capacity;
        this.windowBytes = Math.max(1, capacity / 100);
        this.protectedBytes = (capacity - windowBytes) * 8 / 10;
    }

    @Override
    public boolean access(int key, int bytes) {
        sketch.increment(key);
        int list = lists.listOf(key);
        if (list == 0 && bytes > capacity) {
            return false;
        }
        lists.resize(key, bytes);
        lists.toHead(list == PROBATION || list == PROTECTED ? PROTECTED : WINDOW, key);
        while (lists.used(PROTECTED) > protectedBytes) {
            lists.toHead(PROBATION, lists.tail(PROTECTED));
        }
        while (lists.used(WINDOW) > windowBytes) {
            int candidate = lists.tail(WINDOW);
            lists.toHead(PROBATION, candidate);
            admit(candidate);
        }
        while (isMainOverfull()) {
            lists.remove(victim(KeyLists.NONE));
        }
        return list != 0;
    }

    private boolean isMainOverfull() {
        return lists.used(PROBATION) + lists.used(PROTECTED) > capacity - windowBytes;
    }

    /// Lets the candidate and the main part's victims compete until all fit.
    private void admit(int candidate) {
        while (isMainOverfull()) {
            int victim = victim(candidate);
            if (victim == KeyLists.NONE || sketch.frequency(candidate) <= sketch.frequency(victim)) {
                lists.remove(candidate);
                return;
            }
            lists.remove(victim);
        }
    }

    private int victim(int candidate) {
        int oldest = lists.tail(PROBATION);
        return oldest == KeyLists.NONE || oldest == candidate ? lists.tail(PROTECTED) : oldest;
    }

    @Override
    public void remove(int key) {
        lists.remove(key);
    }
}

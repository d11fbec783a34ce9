package io.cachewright.sizing.policy;

/// An LRU window in front of a segmented LRU; who leaves the window stays only if it was asked for more often than
/// the main part's next victim. The window starts at 1 % and finds its size by the hits it brings.
///
/// Source: G. Einziger et al., TinyLFU: A Highly Efficient Cache Admission Policy, ACM ToS 2017, with the protected
/// share of 80 % of its authors; the window by [WindowClimber].
final class WTinyLfuCache implements SimulatedCache {

    private static final int WINDOW = 1;
    private static final int PROBATION = 2;
    private static final int PROTECTED = 3;
    private static final double MAIN_SHARE = 0.99;
    private static final double PROTECTED_SHARE = 0.8;

    private final KeyLists lists;
    private final FrequencySketch sketch;
    private final WindowClimber climber;
    private final long capacity;
    private long windowBytes;
    private long protectedBytes;
    private boolean wasHalfFull;

    WTinyLfuCache(int keyCount, long capacity, FrequencySketch sketch, WindowClimber climber) {
        this.lists = new KeyLists(keyCount, PROTECTED);
        this.sketch = sketch;
        this.climber = climber;
        this.capacity = capacity;
        this.windowBytes = capacity - (long) (MAIN_SHARE * capacity);
        this.protectedBytes = (long) (PROTECTED_SHARE * (capacity - windowBytes));
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
        demote();
        while (lists.used(WINDOW) > windowBytes) {
            int candidate = lists.tail(WINDOW);
            lists.toHead(PROBATION, candidate);
            admit(candidate);
        }
        while (isOverfull()) {
            lists.remove(victim(KeyLists.NONE));
        }
        climb(list);
        return list != 0;
    }

    private long used() {
        return lists.used(WINDOW) + lists.used(PROBATION) + lists.used(PROTECTED);
    }

    private boolean isOverfull() {
        return used() > capacity;
    }

    private void demote() {
        while (lists.used(PROTECTED) > protectedBytes) {
            lists.toHead(PROBATION, lists.tail(PROTECTED));
        }
    }

    /// Lets the candidate and the main part's victims compete until all fit.
    private void admit(int candidate) {
        while (isOverfull()) {
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
        if (oldest != KeyLists.NONE && oldest != candidate) {
            return oldest;
        }
        int guarded = lists.tail(PROTECTED);
        return guarded != KeyLists.NONE || candidate != KeyLists.NONE ? guarded : lists.tail(WINDOW);
    }

    /// A cache that is filling up tells nothing about its window.
    private void climb(int hitList) {
        wasHalfFull = wasHalfFull || used() >= capacity / 2;
        if (wasHalfFull) {
            if (hitList != 0) {
                climber.hit(hitList == WINDOW);
            }
            long move = climber.moveOf(windowBytes);
            if (move > 0) {
                growWindow(Math.min(move, protectedBytes));
            } else if (move < 0) {
                shrinkWindow(Math.min(-move, windowBytes - 1));
            }
        }
    }

    /// At the expense of the protected part; the window takes over the oldest of the main part.
    private void growWindow(long by) {
        windowBytes += by;
        protectedBytes -= by;
        demote();
        long left = by;
        while (!lists.isEmpty(PROBATION) && lists.bytes(lists.tail(PROBATION)) <= left) {
            int key = lists.tail(PROBATION);
            left -= lists.bytes(key);
            lists.toHead(WINDOW, key);
        }
    }

    private void shrinkWindow(long by) {
        windowBytes -= by;
        protectedBytes += by;
        while (lists.used(WINDOW) > windowBytes) {
            lists.toHead(PROBATION, lists.tail(WINDOW));
        }
    }

    @Override
    public void remove(int key) {
        lists.remove(key);
    }
}

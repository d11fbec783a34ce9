package io.cachewright.sizing.policy;

import java.util.Arrays;

/// The least recently used goes first.
///
/*
 * Uses are written one after the other; that of a key which is not its latest counts for nothing. So a use touches its own
 * key and the end of what is written, where a linked list touches its neighbours too, which lie anywhere. What counts
 * is pushed together when the room for it is full.
 */
final class LruCache implements SimulatedCache {

    private static final int NONE = -1;

    /// Of each key, side by side: where its latest use stands, NONE when it is not cached; and its bytes.
    private final int[] keys;

    private final int[] uses;
    private final long capacity;
    private int oldest;
    private int end;
    private long used;

    LruCache(int keyCount, long capacity) {
        this.keys = new int[Math.multiplyExact(2, keyCount)];
        this.uses = new int[keys.length + 1];
        this.capacity = capacity;
        Arrays.fill(keys, NONE);
    }

    @Override
    public boolean access(int key, int bytes) {
        int at = key << 1;
        int latest = keys[at];
        boolean hit = latest != NONE;
        used += bytes - (hit ? keys[at + 1] : 0);
        keys[at + 1] = bytes;
        if (latest != end - 1 || !hit) {
            if (end == uses.length) {
                pushTogether();
            }
            keys[at] = end;
            uses[end++] = key;
        }
        while (used > capacity) {
            evict();
        }
        return hit;
    }

    private void evict() {
        int key = uses[oldest];
        if (keys[key << 1] == oldest) {
            remove(key);
        }
        oldest++;
    }

    private void pushTogether() {
        int kept = 0;
        for (int use = oldest; use < end; use++) {
            int key = uses[use];
            if (keys[key << 1] == use) {
                keys[key << 1] = kept;
                uses[kept++] = key;
            }
        }
        oldest = 0;
        end = kept;
    }

    @Override
    public void remove(int key) {
        int at = key << 1;
        if (keys[at] != NONE) {
            keys[at] = NONE;
            used -= keys[at + 1];
        }
    }
}

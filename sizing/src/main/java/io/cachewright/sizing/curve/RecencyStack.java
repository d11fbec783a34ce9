package io.cachewright.sizing.curve;

import java.util.Arrays;

/// The LRU stack of a trace, weighed in bytes: says how much memory an LRU cache would have needed to still hold
/// a key.
///
/* Each stored value occupies a position, the latest the highest; a key's stack distance is the bytes at its position and above.
 * A cache of C bytes that evicts the least recently used until it fits holds a key exactly if its distance is at most C [1].
 *
 * Values that are removed or become smaller leave a hole: room that every cache has which was large enough to hold the value, and
 * no smaller one. A hole keeps its position and counts as occupied, until what is stored next fills the topmost
 * holes first: caches that had the room need not evict, and the others push the keys in between further down. So one
 * stack is exact for all sizes at once, with any sizes and removals.
 *
 * Positions are handed out upwards; when they run out, the occupied ones are moved together.
 * [1] R. L. Mattson et al., Evaluation techniques for storage hierarchies, IBM Systems Journal 9(2), 1970. */
final class RecencyStack {

    /// The distance of a key that is not in the stack: no cache holds it.
    static final long NEVER = Long.MAX_VALUE;

    private static final int ABSENT = -1;
    private static final int POSITIONS_MIN = 1 << 12;
    private static final int KEYS_MAX = 1 << 28;

    private final int[] positionOfKey;
    private final int[] keyAt;
    private final ByteSums bytes;
    private final Holes holes = new Holes();
    private int next;

    RecencyStack(int keyCount) {
        if (keyCount > KEYS_MAX) {
            throw new IllegalArgumentException(keyCount + " keys are too many for one exact curve; sample them");
        }
        positionOfKey = new int[keyCount];
        Arrays.fill(positionOfKey, ABSENT);
        // Each key and, between each two, a hole may be there when positions are moved together.
        int capacity = POSITIONS_MIN + keyCount * 3;
        keyAt = new int[capacity];
        bytes = new ByteSums(capacity);
    }

    /// Bytes that a cache needs to hold `key` now, or [#NEVER].
    long distance(int key) {
        int position = positionOfKey[key];
        return position == ABSENT ? NEVER : bytes.from(position);
    }

    /// Moves a key to the top, with its value's bytes as they are now.
    void store(int key, int size) {
        int position = positionOfKey[key];
        boolean isSameSize = position != ABSENT && bytes.get(position) == size;
        if (isSameSize && position == next - 1) {
            return;
        }
        if (isSameSize && holes.isEmpty()) {
            // The usual case: the hole that the key leaves takes just what is stored.
            bytes.add(position, -size);
            positionOfKey[key] = ABSENT;
        } else {
            remove(key);
            fillHoles(size);
        }
        if (next == keyAt.length) {
            compact();
        }
        keyAt[next] = key;
        positionOfKey[key] = next;
        bytes.add(next, size);
        next++;
    }

    /// Takes a key out; the room it leaves stays with the caches that held it.
    void remove(int key) {
        int position = positionOfKey[key];
        if (position != ABSENT) {
            positionOfKey[key] = ABSENT;
            if (bytes.get(position) > 0) {
                keyAt[position] = ABSENT;
                holes.add(position);
            }
        }
    }

    /// Takes a key out as if it had never been there.
    void forget(int key) {
        int position = positionOfKey[key];
        if (position != ABSENT) {
            positionOfKey[key] = ABSENT;
            bytes.add(position, -bytes.get(position));
        }
    }

    private void fillHoles(int size) {
        int left = size;
        while (left > 0 && !holes.isEmpty()) {
            int top = holes.top();
            int filled = Math.min(left, bytes.get(top));
            bytes.add(top, -filled);
            left -= filled;
            if (bytes.get(top) == 0) {
                holes.removeTop();
            }
        }
    }

    /// Moves what is occupied down, in order; neighbouring holes become one.
    private void compact() {
        int to = 0;
        holes.clear();
        for (int from = 0; from < next; from++) {
            int size = bytes.get(from);
            int key = keyAt[from];
            if (key == ABSENT && size > 0) {
                long merged = size + (to > 0 && keyAt[to - 1] == ABSENT ? (long) bytes.get(to - 1) : Integer.MAX_VALUE);
                if (merged <= Integer.MAX_VALUE) {
                    bytes.put(to - 1, (int) merged);
                } else {
                    keyAt[to] = ABSENT;
                    bytes.put(to, size);
                    holes.add(to);
                    to++;
                }
            } else if (key != ABSENT && positionOfKey[key] == from) {
                keyAt[to] = key;
                bytes.put(to, size);
                positionOfKey[key] = to;
                to++;
            }
        }
        next = to;
        bytes.sumUp(next);
    }
}

package io.cachewright.sizing.server;

/// The best candidates for eviction seen so far, at most 16, those to go first last. It lives on between
/// evictions, and may hold keys that are gone. Source: `evictionPoolPopulate` in `evict.c`.
final class EvictionPool {

    private static final int SIZE = 16;

    private final long[] scores = new long[SIZE];
    private final int[] keys = new int[SIZE];
    private int count;

    /// Offers a sampled key; the higher its score, the sooner it goes.
    void offer(int key, long score) {
        int at = 0;
        while (at < count && scores[at] < score) {
            at++;
        }
        if (count < SIZE) {
            System.arraycopy(scores, at, scores, at + 1, count - at);
            System.arraycopy(keys, at, keys, at + 1, count - at);
            count++;
        } else if (at == 0) {
            return;
        } else {
            at--;
            System.arraycopy(scores, 1, scores, 0, at);
            System.arraycopy(keys, 1, keys, 0, at);
        }
        scores[at] = score;
        keys[at] = key;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// Takes the key with the highest score out.
    int takeBest() {
        count--;
        return keys[count];
    }
}

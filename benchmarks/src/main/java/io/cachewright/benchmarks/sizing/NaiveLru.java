package io.cachewright.benchmarks.sizing;

import io.cachewright.sizing.trace.Trace;
import java.util.LinkedHashMap;

/// What one would write first: an access-ordered map, one run a size.
final class NaiveLru {

    private NaiveLru() {}

    static long hits(Trace trace, int entries) {
        LinkedHashMap<Integer, Boolean> cache = new LinkedHashMap<>(entries * 2, 0.75f, true);
        long hits = 0;
        for (int access = 0; access < trace.length(); access++) {
            if (cache.put(trace.key(access), true) != null) {
                hits++;
            } else if (cache.size() > entries) {
                cache.pollFirstEntry();
            }
        }
        return hits;
    }
}

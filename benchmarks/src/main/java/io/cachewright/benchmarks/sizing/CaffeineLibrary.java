package io.cachewright.benchmarks.sizing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachewright.sizing.trace.Trace;

/// The other peer: the cache that people use, playing a trace.
final class CaffeineLibrary {

    private CaffeineLibrary() {}

    static double hitRatio(Trace trace, int entries) {
        Cache<Integer, Boolean> cache = Caffeine.newBuilder()
                .maximumSize(entries)
                .executor(Runnable::run)
                .build();
        long hits = 0;
        for (int access = 0; access < trace.length(); access++) {
            Integer key = trace.key(access);
            if (cache.getIfPresent(key) == null) {
                cache.put(key, true);
            } else {
                hits++;
            }
        }
        return (double) hits / trace.length();
    }
}

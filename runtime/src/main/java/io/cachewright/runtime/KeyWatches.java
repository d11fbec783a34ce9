package io.cachewright.runtime;

import io.cachewright.runtime.loading.Fills.Watch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Who waits until somebody writes a key.
final class KeyWatches {

    private final ConcurrentMap<String, Set<Semaphore>> watched = new ConcurrentHashMap<>();

    /// `key` was written by somebody.
    void changed(String key) {
        Set<Semaphore> waiters = watched.get(key);
        if (waiters != null) {
            waiters.forEach(Semaphore::release);
        }
    }

    /// Wakes whoever waits at it when any of `keys` is written, from now on.
    Watch watch(List<String> keys) {
        Semaphore changes = new Semaphore(0);
        keys.forEach(key ->
                watched.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(changes));
        return new Watch() {
            @Override
            public void await(long nanos) throws InterruptedException {
                if (changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                    changes.drainPermits();
                }
            }

            @Override
            public void close() {
                keys.forEach(key -> watched.computeIfPresent(key, (_, waiters) -> {
                    waiters.remove(changes);
                    return waiters.isEmpty() ? null : waiters;
                }));
            }
        };
    }
}

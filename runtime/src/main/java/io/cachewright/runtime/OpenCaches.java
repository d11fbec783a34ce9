package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.runtime.coherence.Proof;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The caches of one client, one for each class at most; what a link tells of a key goes to the one that the key
/// belongs to.
final class OpenCaches implements Drops, AutoCloseable {

    private final Map<String, NearCache<?>> byClass = new ConcurrentHashMap<>();
    private final Map<String, FieldCache<?>> fieldsByClass = new ConcurrentHashMap<>();
    private final List<LoadingCache<?>> loading = new CopyOnWriteArrayList<>();
    private final InvalidationLatency latency;
    private final Consumer<String> changed;
    private final AtomicBoolean isFreeing = new AtomicBoolean();

    /// `changed` hears of each key that a server says has changed.
    OpenCaches(InvalidationLatency latency, Consumer<String> changed) {
        this.latency = latency;
        this.changed = changed;
    }

    /// @throws IllegalStateException when its class has one
    void add(NearCache<?> cache) {
        if (byClass.putIfAbsent(cache.policy().name(), cache) != null) {
            throw alreadyBuilt(cache.policy());
        }
    }

    /// @throws IllegalStateException when its class has one
    void add(FieldCache<?> cache) {
        if (fieldsByClass.putIfAbsent(cache.policy().name(), cache) != null) {
            throw alreadyBuilt(cache.policy());
        }
    }

    /// One whose near-cache is there already.
    void add(LoadingCache<?> cache) {
        loading.add(cache);
    }

    /// @throws IllegalStateException when the class has a cache
    void requireNew(CacheClass policy) {
        if (byClass.containsKey(policy.name())) {
            throw alreadyBuilt(policy);
        }
    }

    private static IllegalStateException alreadyBuilt(CacheClass policy) {
        return new IllegalStateException(
                "the cache of class " + policy.name() + " was already built: keep it and share it");
    }

    /// Without those that this library keeps for itself.
    List<NearCache<?>> near() {
        return byClass.values().stream()
                .<NearCache<?>>map(each -> each)
                .filter(each -> !each.policy().prefix().startsWith(CachePolicy.RESERVED))
                .toList();
    }

    List<LoadingCache<?>> loading() {
        return List.copyOf(loading);
    }

    List<FieldCache<?>> fields() {
        return List.copyOf(fieldsByClass.values());
    }

    /// The client's timer comes by.
    void tick(long nowNanos) {
        byClass.values().forEach(cache -> cache.tick(nowNanos));
    }

    /// Reads that have waited for longer than they may at `nowNanos` fail.
    void endOverdueReads(long nowNanos) {
        byClass.values().forEach(cache -> cache.endOverdueReads(nowNanos));
    }

    /// Ends what loads by itself.
    @Override
    public void close() {
        byClass.values().forEach(NearCache::close);
        loading.forEach(LoadingCache::close);
    }

    @Override
    public void drop(String key) {
        // Generations are kept once for each class that looks at them.
        for (NearCache<?> cache : byClass.values()) {
            if (key.startsWith(cache.policy().prefix())) {
                cache.drop(key);
            }
        }
        of(key).ifPresent(cache -> cache.drop(key));
    }

    private Optional<FieldCache<?>> of(String key) {
        for (FieldCache<?> cache : fieldsByClass.values()) {
            if (cache.owns(key)) {
                return Optional.of(cache);
            }
        }
        return Optional.empty();
    }

    @Override
    public void dropFields(String key, Set<String> fields) {
        Optional<FieldCache<?>> cache = of(key);
        if (cache.isPresent()) {
            cache.get().drop(key, fields);
        } else {
            drop(key);
        }
    }

    @Override
    public void doubt(String key, long provedNanos) {
        of(key).ifPresent(cache -> cache.doubt(key, provedNanos));
    }

    @Override
    public void dropIf(Predicate<String> key) {
        byClass.values().forEach(cache -> cache.dropIf(key));
        fieldsByClass.values().forEach(cache -> cache.dropIf(key));
    }

    @Override
    public void carry(Proof proof, long before, long now, CatchUp caughtUp) {
        byClass.values().forEach(cache -> cache.carry(proof, before, now, caughtUp));
    }

    @Override
    public void pushed(String key) {
        changed.accept(key);
        latency.pushed(key);
    }

    @Override
    public void dropAll() {
        latency.gap();
        if (isFreeing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("cachewright-free").start(() -> {
                isFreeing.set(false);
                byClass.values().forEach(NearCache::freeDropped);
                fieldsByClass.values().forEach(FieldCache::freeDropped);
            });
        }
    }
}

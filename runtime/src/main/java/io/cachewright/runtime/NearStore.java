package io.cachewright.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.runtime.coherence.Proof;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The values of one class that are kept near. Whatever leaves it is marked as gone first: see [Entry].
final class NearStore<V> {

    private final Cache<String, Entry<V>> entries;

    NearStore(NearBound bound) {
        Caffeine<Object, Object> plain = Caffeine.newBuilder();
        entries = switch (bound) {
            case NearBound.Entries(long max) ->
                plain.maximumSize(max)
                        .evictionListener(
                                (@Nullable String _, @Nullable Entry<V> entry, RemovalCause _) -> markGone(entry))
                        .build();
            case NearBound.Bytes(var max) ->
                plain.maximumWeight(max.bytes())
                        .weigher((String key, Entry<V> entry) -> key.length() + entry.weight)
                        .evictionListener(
                                (@Nullable String _, @Nullable Entry<V> entry, RemovalCause _) -> markGone(entry))
                        .build();
        };
    }

    @Nullable
    Entry<V> get(String key) {
        return entries.getIfPresent(key);
    }

    /// The same without a trace in what the store remembers of its use.
    @Nullable
    Entry<V> peek(String key) {
        return entries.policy().getIfPresentQuietly(key);
    }

    /// As they are while it walks.
    Iterator<String> keys() {
        return entries.asMap().keySet().iterator();
    }

    void put(String key, Entry<V> entry) {
        entries.asMap().compute(key, (_, old) -> {
            markGone(old);
            return entry;
        });
    }

    void drop(String key) {
        entries.asMap().computeIfPresent(key, (_, old) -> {
            markGone(old);
            return null;
        });
    }

    void dropIf(Predicate<String> key) {
        entries.asMap().keySet().stream().filter(key).toList().forEach(this::drop);
    }

    /// Takes over to `now` what came over the link of `proof` in the epoch `before` and is untouched.
    void carry(Proof proof, long before, long now, CatchUp caughtUp) {
        for (String key : entries.asMap().keySet()) {
            entries.asMap().computeIfPresent(key, (_, entry) -> {
                if (!entry.isOf(proof, before) || !caughtUp.isUntouched(key, entry.arrival())) {
                    return entry;
                }
                entry.gone();
                return entry.in(now);
            });
        }
    }

    /// Frees the entries of earlier epochs, which nobody can read any more.
    void freeDropped() {
        entries.asMap().values().removeIf(entry -> !entry.isUsable());
    }

    long size() {
        return entries.estimatedSize();
    }

    private static void markGone(@Nullable Entry<?> entry) {
        if (entry != null) {
            entry.gone();
        }
    }
}

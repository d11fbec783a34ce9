package io.cachewright.capture.antipattern;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is remembered of the keys or clients that were seen last: the one seen longest ago goes when there are too
/// many.
final class Recent<K, V> {

    static final int KEPT_MAX = 8_192;

    private final Map<K, V> entries = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT_MAX;
        }
    };

    @Nullable
    V get(K key) {
        return entries.get(key);
    }

    V getOrNew(K key, Supplier<V> fresh) {
        V known = entries.get(key);
        if (known != null) {
            return known;
        }
        V created = fresh.get();
        entries.put(key, created);
        return created;
    }

    void put(K key, V value) {
        entries.put(key, value);
    }

    @Nullable
    V remove(K key) {
        return entries.remove(key);
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        entries.forEach(action);
    }
}

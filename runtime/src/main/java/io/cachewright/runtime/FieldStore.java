package io.cachewright.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.cachewright.domain.policy.NearBound;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fields of hashes that are kept near, by key. Whatever leaves it is marked as gone first: see [Entry].
final class FieldStore<V> {

    /// The kept fields of one key, as they are until one of them changes: never changed in place.
    ///
    /// @param inDoubt of which the server may have told a change by the key alone, together with one that it
    /// named
    private record Kept<V>(Map<String, Entry<V>> fields, Set<String> inDoubt) {

        int weight() {
            return fields.values().stream().mapToInt(entry -> entry.weight).sum();
        }

        void gone() {
            fields.values().forEach(Entry::gone);
        }
    }

    private final Cache<String, Kept<V>> hashes;
    private final int fieldsMax;

    FieldStore(NearBound bound, int fieldsMax) {
        this.fieldsMax = fieldsMax;
        Caffeine<String, Kept<V>> builder = Caffeine.newBuilder()
                .evictionListener((@Nullable String _, @Nullable Kept<V> kept, RemovalCause _) -> markGone(kept));
        this.hashes = switch (bound) {
            case NearBound.Entries(long max) ->
                builder.maximumWeight(max)
                        .weigher((String _, Kept<V> kept) -> kept.fields.size())
                        .build();
            case NearBound.Bytes(var max) ->
                builder.maximumWeight(max.bytes())
                        .weigher((String key, Kept<V> kept) -> key.length() + kept.weight())
                        .build();
        };
    }

    private static void markGone(@Nullable Kept<?> kept) {
        if (kept != null) {
            kept.gone();
        }
    }

    @Nullable
    Entry<V> get(String key, String field) {
        Kept<V> kept = hashes.getIfPresent(key);
        return kept == null ? null : kept.fields.get(field);
    }

    /// As [#get], without a trace in what the store remembers of its use.
    @Nullable
    Entry<V> peek(String key, String field) {
        Kept<V> kept = hashes.policy().getIfPresentQuietly(key);
        return kept == null ? null : kept.fields.get(field);
    }

    /// Each field that is kept, as they are while it walks.
    Iterator<FieldSamples.Place> places() {
        return hashes.asMap().entrySet().stream()
                .flatMap(each -> each.getValue().fields.keySet().stream()
                        .map(field -> new FieldSamples.Place(each.getKey(), field)))
                .iterator();
    }

    /// Whether `field` waits to be read again before it can be proved any younger.
    boolean isInDoubt(String key, String field) {
        Kept<V> kept = hashes.getIfPresent(key);
        return kept != null && kept.inDoubt.contains(field);
    }

    List<String> inDoubt(String key) {
        Kept<V> kept = hashes.getIfPresent(key);
        return kept == null ? List.of() : List.copyOf(kept.inDoubt);
    }

    void put(String key, Map<String, Entry<V>> entries) {
        hashes.asMap().compute(key, (_, old) -> {
            Map<String, Entry<V>> fields = new LinkedHashMap<>(old == null ? Map.of() : old.fields);
            entries.forEach((field, entry) -> {
                // To the end: the first ones go when there are too many.
                Entry<V> before = fields.remove(field);
                if (before != null) {
                    before.gone();
                }
                fields.put(field, entry);
            });
            Iterator<Entry<V>> oldest = fields.values().iterator();
            for (int surplus = fields.size() - fieldsMax; surplus > 0; surplus--) {
                oldest.next().gone();
                oldest.remove();
            }
            Set<String> inDoubt = new HashSet<>(old == null ? Set.of() : old.inDoubt);
            inDoubt.removeAll(entries.keySet());
            inDoubt.retainAll(fields.keySet());
            return new Kept<>(fields, inDoubt);
        });
    }

    void drop(String key) {
        hashes.asMap().computeIfPresent(key, (_, old) -> {
            old.gone();
            return null;
        });
    }

    void drop(String key, Collection<String> changed) {
        hashes.asMap().computeIfPresent(key, (_, old) -> {
            Map<String, Entry<V>> fields = new LinkedHashMap<>(old.fields);
            Set<String> inDoubt = new HashSet<>(old.inDoubt);
            for (String field : changed) {
                Entry<V> entry = fields.remove(field);
                if (entry != null) {
                    entry.gone();
                }
                inDoubt.remove(field);
            }
            return fields.isEmpty() ? null : new Kept<>(fields, inDoubt);
        });
    }

    /// Drops what is still in doubt of `fields`: a reader that the server has just told of newer values must not
    /// be served the older ones after them.
    void dropInDoubt(String key, Collection<String> fields) {
        Kept<V> kept = hashes.getIfPresent(key);
        if (kept != null && !kept.inDoubt.isEmpty()) {
            drop(key, fields.stream().filter(kept.inDoubt::contains).toList());
        }
    }

    /// What is kept of `key` is proved up to `provedNanos` and no further, until it is read again.
    void doubt(String key, long provedNanos) {
        hashes.asMap().computeIfPresent(key, (_, old) -> {
            Map<String, Entry<V>> fields = new LinkedHashMap<>();
            old.fields.forEach((field, entry) -> {
                if (entry.isUsable()) {
                    fields.put(field, entry.provedOnlyTo(provedNanos));
                }
            });
            old.gone();
            return fields.isEmpty() ? null : new Kept<>(fields, Set.copyOf(fields.keySet()));
        });
    }

    void dropIf(Predicate<String> key) {
        hashes.asMap().keySet().stream().filter(key).toList().forEach(this::drop);
    }

    /// Frees the entries of earlier epochs, which nobody can read any more.
    void freeDropped() {
        for (String key : hashes.asMap().keySet()) {
            hashes.asMap().computeIfPresent(key, (_, old) -> {
                Map<String, Entry<V>> fields = new LinkedHashMap<>(old.fields);
                fields.values().removeIf(entry -> !entry.isUsable());
                return fields.isEmpty() ? null : new Kept<>(fields, old.inDoubt);
            });
        }
    }

    /// Fields kept, of all keys.
    long size() {
        return hashes.asMap().values().stream()
                .mapToLong(kept -> kept.fields.size())
                .sum();
    }
}

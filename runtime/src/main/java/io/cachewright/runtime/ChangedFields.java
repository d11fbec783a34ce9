package io.cachewright.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which fields of which keys the markers among some changed keys name.
final class ChangedFields {

    private static final ChangedFields NONE = new ChangedFields(Map.of());

    private final Map<String, Set<String>> byKey;

    private ChangedFields(Map<String, Set<String>> byKey) {
        this.byKey = byKey;
    }

    static ChangedFields in(List<String> keys) {
        if (keys.size() < 2) {
            // A marker by itself names nothing that changed.
            return NONE;
        }
        Map<String, Set<String>> byKey = null;
        for (String key : keys) {
            Optional<FieldMarker> marker = FieldMarker.parse(key);
            if (marker.isPresent()) {
                byKey = byKey == null ? new HashMap<>() : byKey;
                byKey.computeIfAbsent(marker.get().key(), _ -> new HashSet<>())
                        .addAll(marker.get().fields());
            }
        }
        return byKey == null ? NONE : new ChangedFields(byKey);
    }

    /// Empty when none of `key` are named: then all of it may have changed.
    Set<String> of(String key) {
        return byKey.getOrDefault(key, Set.of());
    }
}

package io.cachewright.snapshot;

import io.cachewright.snapshot.memory.MemoryModel;
import io.cachewright.snapshot.rdb.RdbKey;
import io.cachewright.snapshot.rdb.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// What is known of the keys of one shape of name, or of one family.
final class FamilyTally extends Tally {

    /// So many keys are looked into for the names of fields.
    private static final int FIELDS_LOOKED_AT_KEYS = 3;

    private static final int FIELDS_MAX = 64;
    private static final int FIELD_BYTES_MAX = 40;

    private final EnumMap<ValueType, long[]> types = new EnumMap<>(ValueType.class);
    private final EnumMap<TimeToLive, long[]> timesToLive = new EnumMap<>(TimeToLive.class);
    private final Set<String> fields = new HashSet<>();
    private long biggest;
    private double idleSeconds;
    private long idleKeys;
    private double frequencies;
    private long frequencyKeys;

    void add(RdbKey key, MemoryModel model, long fileBytes, TimeToLive timeToLive) {
        add(model, fileBytes);
        count(types, key.type(), 1);
        count(timesToLive, timeToLive, 1);
        biggest = Math.max(biggest, model.allocated());
        if (key.idleSeconds() >= 0) {
            idleSeconds += key.idleSeconds();
            idleKeys++;
        }
        if (key.frequency() >= 0) {
            frequencies += key.frequency();
            frequencyKeys++;
        }
    }

    void add(FamilyTally other) {
        add((Tally) other);
        other.types.forEach((type, keys) -> count(types, type, keys[0]));
        other.timesToLive.forEach((step, keys) -> count(timesToLive, step, keys[0]));
        fields.addAll(other.fields);
        biggest = Math.max(biggest, other.biggest);
        idleSeconds += other.idleSeconds;
        idleKeys += other.idleKeys;
        frequencies += other.frequencies;
        frequencyKeys += other.frequencyKeys;
    }

    private static <E extends Enum<E>> void count(EnumMap<E, long[]> counts, E of, long keys) {
        long[] count = counts.get(of);
        if (count == null) {
            count = new long[1];
            counts.put(of, count);
        }
        count[0] += keys;
    }

    boolean wantsFields() {
        return keys() < FIELDS_LOOKED_AT_KEYS && fields.size() < FIELDS_MAX;
    }

    void addField(byte[] name, int from, int length) {
        if (length > 0 && length <= FIELD_BYTES_MAX && fields.size() < FIELDS_MAX) {
            fields.add(new String(name, from, length, StandardCharsets.ISO_8859_1));
        }
    }

    Set<String> fields() {
        return fields;
    }

    long biggest() {
        return biggest;
    }

    Map<ValueType, Long> types() {
        return copy(types, ValueType.class);
    }

    Map<TimeToLive, Long> timesToLive() {
        return copy(timesToLive, TimeToLive.class);
    }

    private static <E extends Enum<E>> Map<E, Long> copy(EnumMap<E, long[]> counts, Class<E> type) {
        EnumMap<E, Long> copy = new EnumMap<>(type);
        counts.forEach((key, count) -> copy.put(key, count[0]));
        return copy;
    }

    /// The label of the type that most keys have.
    String mainType() {
        return types.entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> Long.compare(one[0], other[0])))
                .map(entry -> entry.getKey().label())
                .orElse("");
    }

    OptionalDouble meanIdleSeconds() {
        return idleKeys == 0 ? OptionalDouble.empty() : OptionalDouble.of(idleSeconds / idleKeys);
    }

    OptionalDouble meanFrequency() {
        return frequencyKeys == 0 ? OptionalDouble.empty() : OptionalDouble.of(frequencies / frequencyKeys);
    }
}

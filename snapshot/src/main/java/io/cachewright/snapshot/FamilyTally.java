package io.cachewright.snapshot;

import io.cachewright.snapshot.memory.MemoryModel;
import io.cachewright.snapshot.rdb.RdbKey;
import io.cachewright.snapshot.rdb.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// What is known of the keys of one shape of name, or of one family.
@SuppressWarnings("EnumOrdinal") // Arrays, as every key is counted in them.
final class FamilyTally extends Tally {

    /// So many keys are looked into for the names of fields.
    private static final int FIELDS_LOOKED_AT_KEYS = 3;

    private static final int FIELDS_MAX = 64;
    private static final int FIELD_BYTES_MAX = 40;

    private static final ValueType[] TYPES = ValueType.values();
    private static final TimeToLive[] STEPS = TimeToLive.values();

    /// Keys by type, and by time to live.
    private final long[] types = new long[TYPES.length];

    private final long[] timesToLive = new long[STEPS.length];
    private final Set<String> fields = new HashSet<>();
    private long biggest;
    private double idleSeconds;
    private long idleKeys;
    private double frequencies;
    private long frequencyKeys;

    void add(RdbKey key, MemoryModel model, long fileBytes, TimeToLive timeToLive) {
        add(model, fileBytes);
        types[key.type().ordinal()]++;
        timesToLive[timeToLive.ordinal()]++;
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
        Arrays.setAll(types, i -> types[i] + other.types[i]);
        Arrays.setAll(timesToLive, i -> timesToLive[i] + other.timesToLive[i]);
        fields.addAll(other.fields);
        biggest = Math.max(biggest, other.biggest);
        idleSeconds += other.idleSeconds;
        idleKeys += other.idleKeys;
        frequencies += other.frequencies;
        frequencyKeys += other.frequencyKeys;
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
        return counted(TYPES, types);
    }

    Map<TimeToLive, Long> timesToLive() {
        return counted(STEPS, timesToLive);
    }

    private static <E extends Enum<E>> Map<E, Long> counted(E[] all, long[] counts) {
        Map<E, Long> counted = new LinkedHashMap<>();
        for (E one : all) {
            if (counts[one.ordinal()] > 0) {
                counted.put(one, counts[one.ordinal()]);
            }
        }
        return counted;
    }

    /// The label of the type that most keys have.
    String mainType() {
        int most = 0;
        for (int i = 1; i < types.length; i++) {
            most = types[i] >= types[most] && types[i] > 0 ? i : most;
        }
        return types[most] == 0 ? "" : TYPES[most].label();
    }

    OptionalDouble meanIdleSeconds() {
        return idleKeys == 0 ? OptionalDouble.empty() : OptionalDouble.of(idleSeconds / idleKeys);
    }

    OptionalDouble meanFrequency() {
        return frequencyKeys == 0 ? OptionalDouble.empty() : OptionalDouble.of(frequencies / frequencyKeys);
    }
}

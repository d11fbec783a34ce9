package io.cachewright.sizing.trace;

import io.cachewright.domain.keys.KeyNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accesses in the order of their time, held in columns: 4 bytes an access, and 4 to 20 more where size,
/// operation, time or time to live vary.
///
/// Keys are numbered from 0 in the order of their first access. A key has a 64-bit id, by which samples are
/// drawn, and a name; where only ids were given, the name is the id in 16 hexadecimal digits.
public final class Trace {

    /// The most accesses that one trace holds; a longer one is read as a sample ([KeySample]).
    public static final int LENGTH_MAX = 1 << 30;

    private static final int NUMERIC_NAME_BYTES = 16;

    private final String description;
    private final int length;
    private final int[] keys;
    private final int[] accessesByKey;
    private final Column operations;
    private final Column valueBytes;
    private final Column timesMicros;
    private final Column ttlsMillis;
    private final KeyIndex index;
    private final @Nullable List<byte[]> names;

    Trace(
            String description,
            int length,
            int[] keys,
            Column operations,
            Column valueBytes,
            Column timesMicros,
            Column ttlsMillis,
            KeyIndex index,
            @Nullable List<byte[]> names) {
        this.description = description;
        this.length = length;
        this.keys = keys;
        this.operations = operations;
        this.valueBytes = valueBytes;
        this.timesMicros = timesMicros;
        this.ttlsMillis = ttlsMillis;
        this.index = index;
        this.names = names;
        this.accessesByKey = new int[index.count()];
        for (int access = 0; access < length; access++) {
            accessesByKey[keys[access]]++;
        }
    }

    public String description() {
        return description;
    }

    /// How many accesses.
    public int length() {
        return length;
    }

    /// How many different keys.
    public int keyCount() {
        return index.count();
    }

    public int key(int access) {
        return keys[access];
    }

    public Operation operation(int access) {
        return Operation.of((int) operations.get(access));
    }

    /// Whether no access writes or deletes.
    public boolean readsOnly() {
        return operations.isAlways(Operation.READ.code());
    }

    /// Microseconds since an epoch of the trace's own; never less than the access before.
    public long timeMicros(int access) {
        return timesMicros.get(access);
    }

    /// Bytes of the value that was read or written.
    public int valueBytes(int access) {
        return (int) valueBytes.get(access);
    }

    /// The time to live that the value gets when it is stored; 0 for none.
    public long ttlMillis(int access) {
        return ttlsMillis.get(access);
    }

    /// From the first access to the last, in microseconds.
    public long spanMicros() {
        return length == 0 ? 0 : timeMicros(length - 1) - timeMicros(0);
    }

    public long keyId(int key) {
        return index.id(key);
    }

    public String keyName(int key) {
        return names == null
                ? HexFormat.of().toHexDigits(index.id(key))
                : new String(names.get(key), StandardCharsets.UTF_8);
    }

    /// The key's name as people may read it: what is not printable ASCII is escaped.
    public String printableName(int key) {
        byte[] name = keyNameBytes(key);
        return KeyNames.printable(name, 0, name.length);
    }

    /// The bytes of the key's name. Callers must not change the array.
    public byte[] keyNameBytes(int key) {
        return names == null ? keyName(key).getBytes(StandardCharsets.US_ASCII) : names.get(key);
    }

    public int keyNameLength(int key) {
        return names == null ? NUMERIC_NAME_BYTES : names.get(key).length;
    }

    /// The key of each access, for inner loops. Callers must not change the array; it may be longer than
    /// the trace.
    public int[] keys() {
        return keys;
    }

    /// How many accesses look a key up.
    public long reads() {
        if (readsOnly()) {
            return length;
        }
        long reads = 0;
        for (int access = 0; access < length; access++) {
            reads += operation(access) == Operation.READ ? 1 : 0;
        }
        return reads;
    }

    /// How often each key was accessed. Callers must not change the array.
    public int[] accessesByKey() {
        return accessesByKey;
    }

    /// The accesses of the keys in `sample` only, at their own times.
    public Trace sampled(KeySample sample) {
        boolean[] kept = new boolean[keyCount()];
        for (int key = 0; key < kept.length; key++) {
            kept[key] = sample.holds(index.id(key));
        }
        return filtered(description + ", " + sample, kept);
    }

    /// The accesses of the keys for which `kept` is true.
    public Trace filtered(String newDescription, boolean[] kept) {
        TraceBuilder builder = new TraceBuilder(newDescription);
        for (int access = 0; access < length; access++) {
            if (kept[keys[access]]) {
                builder.add(this, access);
            }
        }
        return builder.build();
    }

    /// The first `count` accesses.
    public Trace first(int count) {
        TraceBuilder builder = new TraceBuilder(description + ", its first " + count);
        for (int access = 0; access < Math.min(count, length); access++) {
            builder.add(this, access);
        }
        return builder.build();
    }

    boolean isNamed() {
        return names != null;
    }

    @Override
    public String toString() {
        return description + ": " + length + " accesses of " + keyCount() + " keys";
    }

    static int[] trimmed(int[] keys, int length) {
        return keys.length == length ? keys : Arrays.copyOf(keys, length);
    }
}

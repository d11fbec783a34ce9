package io.cachewright.sizing.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects accesses into a [Trace]. Keys are given all by id or all by name.
///
/// An access whose time lies before the one ahead of it is taken at that one's time, and counted
/// ([#timesMovedForward]): clocks of several sources differ a little.
public final class TraceBuilder {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final String description;
    private final KeyIndex index = new KeyIndex();
    private final Column operations = new Column();
    private final Column valueBytes = new Column();
    private final Column timesMicros = new Column();
    private final Column ttlsMillis = new Column();
    private @Nullable List<byte[]> names;
    private int[] keys = new int[16];
    private int length;
    private long lastMicros = Long.MIN_VALUE;
    private int timesMovedForward;

    public TraceBuilder(String description) {
        this.description = description;
    }

    /// Adds an access of a key known by number.
    ///
    /// @param ttlMillis the time to live a stored value gets; 0 for none
    public TraceBuilder add(long timeMicros, long keyId, Operation operation, int bytes, long ttlMillis) {
        if (names != null) {
            throw new IllegalStateException("keys of this trace were given by name before");
        }
        append(timeMicros, index.intern(keyId), operation, bytes, ttlMillis);
        return this;
    }

    /// Adds an access of a key known by name. The builder keeps the array.
    public TraceBuilder add(long timeMicros, byte[] keyName, Operation operation, int bytes, long ttlMillis) {
        if (names == null) {
            if (length > 0) {
                throw new IllegalStateException("keys of this trace were given by id before");
            }
            names = new ArrayList<>();
        }
        int key = index.intern(Hashing.of(keyName));
        if (key == names.size()) {
            names.add(keyName);
        }
        append(timeMicros, key, operation, bytes, ttlMillis);
        return this;
    }

    /// Adds all accesses of another trace.
    public TraceBuilder addAll(Trace other) {
        for (int access = 0; access < other.length(); access++) {
            add(other, access);
        }
        return this;
    }

    /// Adds one access of another trace.
    public TraceBuilder add(Trace other, int access) {
        return add(
                other,
                access,
                other.timeMicros(access),
                other.operation(access),
                other.valueBytes(access),
                other.ttlMillis(access));
    }

    /// Adds an access of another trace's key, all else given anew.
    public TraceBuilder add(Trace other, int access, long timeMicros, Operation operation, int bytes, long ttlMillis) {
        int key = other.key(access);
        return other.isNamed()
                ? add(timeMicros, other.keyNameBytes(key), operation, bytes, ttlMillis)
                : add(timeMicros, other.keyId(key), operation, bytes, ttlMillis);
    }

    /// Adds an access of a twin of another trace's key: of the same name and value, but a key of its own.
    ///
    /// @param twin tells twins of one key apart
    public TraceBuilder addTwin(Trace other, int access, long timeMicros, int twin) {
        int original = other.key(access);
        int key = index.intern(Hashing.mix(other.keyId(original) + twin * GOLDEN_RATIO));
        if (other.isNamed()) {
            if (names == null) {
                names = new ArrayList<>();
            }
            if (key == names.size()) {
                names.add(other.keyNameBytes(original));
            }
        }
        append(timeMicros, key, other.operation(access), other.valueBytes(access), other.ttlMillis(access));
        return this;
    }

    public int length() {
        return length;
    }

    public int timesMovedForward() {
        return timesMovedForward;
    }

    public Trace build() {
        return new Trace(
                description,
                length,
                Trace.trimmed(keys, length),
                operations,
                valueBytes,
                timesMicros,
                ttlsMillis,
                index,
                names);
    }

    private void append(long timeMicros, int key, Operation operation, int bytes, long ttlMillis) {
        if (bytes < 0 || ttlMillis < 0) {
            throw new IllegalArgumentException(
                    "sizes and times to live are not negative, were " + bytes + " B and " + ttlMillis + " ms");
        }
        if (length == Trace.LENGTH_MAX) {
            throw new IllegalStateException(
                    description + " has more than " + Trace.LENGTH_MAX + " accesses; read a sample of its keys");
        }
        if (length == keys.length) {
            keys = Arrays.copyOf(keys, Growth.next(length));
        }
        if (timeMicros < lastMicros) {
            timesMovedForward++;
        } else {
            lastMicros = timeMicros;
        }
        keys[length] = key;
        operations.add(operation.code());
        valueBytes.add(bytes);
        timesMicros.add(lastMicros);
        ttlsMillis.add(ttlMillis);
        length++;
    }
}

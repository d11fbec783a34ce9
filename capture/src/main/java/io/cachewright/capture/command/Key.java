package io.cachewright.capture.command;

import io.cachewright.domain.keys.KeyNames;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The name of a key, which is any bytes.
public final class Key {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GATHER = 0x9E3779B97F4A7C15L;

    private final byte[] bytes;
    private final long hash;

    private Key(byte[] bytes, long hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    public static Key of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new Key(bytes, hash(bytes, 0, bytes.length));
    }

    /// What was kept of argument `i`. A [KeyPool] makes the same of it for less.
    public static Key of(Arguments arguments, int i) {
        return of(arguments, i, arguments.hash(i));
    }

    static Key of(Arguments arguments, int i, long hash) {
        return new Key(arguments.bytes(i), hash);
    }

    /// Words are gathered by multiplication; the finisher is that of MurmurHash3 (public domain), whose every
    /// output bit depends on every input bit.
    static long hash(byte[] bytes, int from, int to) {
        long hash = (to - from) * GATHER;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) WORD.get(bytes, at)) * GATHER;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ (bytes[at] & 0xff)) * GATHER;
        }
        hash ^= hash >>> 33;
        hash *= 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 33;
        hash *= 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }

    /// 64 well-mixed bits of the name.
    public long hash() {
        return hash;
    }

    /// A copy.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Byte `i` of the name.
    public byte at(int i) {
        return bytes[i];
    }

    public int length() {
        return bytes.length;
    }

    /// Whether argument `i`, as far as it was kept, is this name.
    boolean isArgument(Arguments arguments, int i) {
        return arguments.is(i, bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Key that && hash == that.hash && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return (int) hash;
    }

    /// Printable, whatever its bytes are: a name goes to terminals and pages, and two names never look alike.
    @Override
    public String toString() {
        return KeyNames.printable(bytes, 0, bytes.length);
    }
}

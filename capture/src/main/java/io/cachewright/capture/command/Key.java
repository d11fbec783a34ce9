package io.cachewright.capture.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name of a key, which is any bytes.
public final class Key {

    private final byte[] bytes;
    private final int hash;

    private Key(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    public static Key of(String name) {
        return new Key(name.getBytes(StandardCharsets.UTF_8));
    }

    /// What was kept of argument `i`.
    public static Key of(Arguments arguments, int i) {
        return new Key(arguments.bytes(i));
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// As UTF-8; bytes that are none become U+FFFD.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

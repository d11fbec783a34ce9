package io.cachewright.runtime;

import java.nio.charset.StandardCharsets;

/// How values are written to and read from the server. Must be safe for use by many threads at once.
public interface Codec<V> {

    /// For values that carry no version.
    long NO_VERSION = Long.MIN_VALUE;

    byte[] encode(V value);

    /// Reads a value; any exception means that the bytes are none, which counts as a miss.
    V decode(byte[] bytes);

    /// The version within `value`, increasing with each write; [#NO_VERSION] when it has none.
    default long versionOf(V value) {
        return NO_VERSION;
    }

    /// Text in UTF-8.
    static Codec<String> utf8() {
        return new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String decode(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }
}

package io.cachewright.spring;

import io.cachewright.runtime.Codec;
import org.springframework.cache.support.NullValue;

/// Values of any kind, and one that says "null": a single zero byte, which neither text nor JSON begins with.
final class NullableCodec implements Codec<Object> {

    private static final byte NULL = 0;

    private final Codec<Object> values;

    NullableCodec(Codec<Object> values) {
        this.values = values;
    }

    @Override
    public byte[] encode(Object value) {
        if (value instanceof NullValue) {
            return new byte[] {NULL};
        }
        byte[] encoded = values.encode(value);
        if (isNull(encoded)) {
            throw new IllegalArgumentException("a value that is encoded as one zero byte would be taken for null");
        }
        return encoded;
    }

    @Override
    public Object decode(byte[] bytes) {
        return isNull(bytes) ? NullValue.INSTANCE : values.decode(bytes);
    }

    @Override
    public long versionOf(Object value) {
        return value instanceof NullValue ? NO_VERSION : values.versionOf(value);
    }

    private static boolean isNull(byte[] bytes) {
        return bytes.length == 1 && bytes[0] == NULL;
    }
}

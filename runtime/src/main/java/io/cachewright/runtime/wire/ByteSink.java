package io.cachewright.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes primitives into bytes that grow: whole numbers as LEB128 varints, signed ones in zigzag, fixed
/// ones big-endian.
public final class ByteSink {

    private static final int SIZE_FIRST = 64;

    private byte[] bytes = new byte[SIZE_FIRST];
    private int size;

    public void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void putInt32(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            putByte(value >>> shift);
        }
    }

    public void putInt64(long value) {
        putInt32((int) (value >>> 32));
        putInt32((int) value);
    }

    /// At most ten bytes; negative numbers take all of them.
    public void putUnsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            putByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    /// Small numbers of either sign take few bytes.
    public void putSigned(long value) {
        putUnsigned((value << 1) ^ (value >> 63));
    }

    /// Without their length.
    public void putBytes(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /// With their length before them.
    public void putSized(byte[] value) {
        putUnsigned(value.length);
        putBytes(value);
    }

    /// UTF-8, with its length in bytes before it.
    public void putText(String value) {
        putSized(value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}

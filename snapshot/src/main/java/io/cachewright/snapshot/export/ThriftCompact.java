package io.cachewright.snapshot.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The part of Thrift's compact protocol that Parquet's headers need.
final class ThriftCompact {

    static final int I32 = 5;
    static final int I64 = 6;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int STRUCT = 12;

    private static final int SHORT_LIST_MAX = 14;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int lastField;

    ThriftCompact i32(int field, int value) {
        header(field, I32);
        return zigzag(value);
    }

    ThriftCompact i64(int field, long value) {
        header(field, I64);
        return zigzag(value);
    }

    ThriftCompact text(int field, String value) {
        header(field, BINARY);
        return text(value);
    }

    /// An element of a list of texts.
    ThriftCompact text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ThriftCompact struct(int field, ThriftCompact content) {
        header(field, STRUCT);
        return struct(content);
    }

    /// An element of a list of structures.
    ThriftCompact struct(ThriftCompact content) {
        out.writeBytes(content.out.toByteArray());
        out.write(0);
        return this;
    }

    /// A list begins; its elements follow.
    ThriftCompact list(int field, int elementType, int size) {
        header(field, LIST);
        if (size <= SHORT_LIST_MAX) {
            out.write((size << 4) | elementType);
        } else {
            out.write(0xF0 | elementType);
            varint(size);
        }
        return this;
    }

    /// An element of a list of integers.
    ThriftCompact zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
        return this;
    }

    private void header(int field, int type) {
        out.write(((field - lastField) << 4) | type);
        lastField = field;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /// The bytes of this as a structure of its own.
    byte[] bytes() {
        byte[] content = out.toByteArray();
        return Arrays.copyOf(content, content.length + 1);
    }
}

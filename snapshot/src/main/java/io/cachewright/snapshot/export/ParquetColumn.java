package io.cachewright.snapshot.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.GZIPOutputStream;

/// The values of one column in the group of rows that is being gathered, plainly encoded.
final class ParquetColumn {

    /// Physical types, by their numbers in the format.
    enum Kind {
        INT32(1, -1),
        INT64(2, -1),
        TIMESTAMP(2, 9),
        TEXT(6, 0);

        final int type;

        /// What the values mean, −1 when just what they are.
        final int converted;

        Kind(int type, int converted) {
            this.type = type;
            this.converted = converted;
        }
    }

    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int GZIP = 2;

    final String name;
    final Kind kind;
    final boolean optional;

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final BitSet present = new BitSet();
    private int rows;

    ParquetColumn(String name, Kind kind, boolean optional) {
        this.name = name;
        this.kind = kind;
        this.optional = optional;
    }

    void add(long value) {
        int size = kind == Kind.INT32 ? Integer.BYTES : Long.BYTES;
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        values.write(bytes, 0, size);
        present.set(rows++);
    }

    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        values.writeBytes(littleEndian(bytes.length));
        values.writeBytes(bytes);
        present.set(rows++);
    }

    void addNothing() {
        rows++;
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    ThriftCompact schema() {
        ThriftCompact element =
                new ThriftCompact().i32(1, kind.type).i32(3, optional ? 1 : 0).text(4, name);
        return kind.converted < 0 ? element : element.i32(6, kind.converted);
    }

    /// Writes the values as one page at `offset` and forgets them; gives what the footer says of it.
    ThriftCompact flush(ByteArrayOutputStream out, long offset) {
        byte[] content = content();
        byte[] compressed = gzip(content);
        byte[] header = new ThriftCompact()
                .i32(1, 0)
                .i32(2, content.length)
                .i32(3, compressed.length)
                .struct(
                        5,
                        new ThriftCompact()
                                .i32(1, rows)
                                .i32(2, PLAIN)
                                .i32(3, RLE)
                                .i32(4, RLE))
                .bytes();
        out.writeBytes(header);
        out.writeBytes(compressed);
        ThriftCompact metadata = new ThriftCompact()
                .i32(1, kind.type)
                .list(2, ThriftCompact.I32, 2)
                .zigzag(PLAIN)
                .zigzag(RLE)
                .list(3, ThriftCompact.BINARY, 1)
                .text(name)
                .i32(4, GZIP)
                .i64(5, rows)
                .i64(6, header.length + (long) content.length)
                .i64(7, header.length + (long) compressed.length)
                .i64(9, offset);
        values.reset();
        present.clear();
        rows = 0;
        return new ThriftCompact().i64(2, offset).struct(3, metadata);
    }

    private byte[] content() {
        if (!optional) {
            return values.toByteArray();
        }
        // Whether a row has a value: one run of bits, eight to a byte.
        int groups = (rows + 7) / 8;
        ByteArrayOutputStream levels = new ByteArrayOutputStream();
        int header = (groups << 1) | 1;
        while (header > 0x7f) {
            levels.write((header & 0x7f) | 0x80);
            header >>>= 7;
        }
        levels.write(header);
        levels.writeBytes(Arrays.copyOf(present.toByteArray(), groups));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(littleEndian(levels.size()));
        content.writeBytes(levels.toByteArray());
        content.writeBytes(values.toByteArray());
        return content.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package io.cachewright.snapshot.rdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes RDB files by hand, for formats whose servers are not at hand.
final class RdbBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    RdbBytes(String header) {
        text(header);
    }

    RdbBytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RdbBytes bytes(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /// A string below 64 bytes.
    RdbBytes string(String text) {
        return bytes(text.length()).text(text);
    }

    RdbBytes longString(byte[] content) {
        bytes(0x80, content.length >>> 24, content.length >>> 16, content.length >>> 8, content.length);
        out.writeBytes(content);
        return this;
    }

    RdbBytes littleEndian(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    /// Ends the file with a checksum.
    byte[] end() {
        bytes(Opcode.EOF);
        byte[] content = out.toByteArray();
        return littleEndian(Crc64.update(0, content, 0, content.length)).out.toByteArray();
    }

    /// Ends the file as before version 5.
    byte[] endWithoutChecksum() {
        return bytes(Opcode.EOF).out.toByteArray();
    }

    static Path write(Path directory, byte[] content) {
        try {
            return Files.write(directory.resolve("file.rdb"), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.cachewright.runtime.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteSink] wrote, and never beyond the end: whatever does not fit is [MalformedBytes]. No
/// length is believed before it is compared with what is left, so that bytes from anywhere cost no more than
/// their own size.
public final class ByteSource {

    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteSource(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /// The bytes from `start` up to but without `end`.
    public ByteSource(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    public byte takeByte() {
        require(1);
        return bytes[at++];
    }

    public int takeInt32() {
        require(Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | (bytes[at++] & 0xFF);
        }
        return value;
    }

    public long takeInt64() {
        return ((long) takeInt32() << 32) | (takeInt32() & 0xFFFF_FFFFL);
    }

    public long takeUnsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = takeByte();
            if (shift == Long.SIZE - 1 && (next & 0x7E) != 0) {
                throw new MalformedBytes("a varint exceeds 64 bits");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedBytes("a varint exceeds ten bytes");
    }

    public long takeSigned() {
        long value = takeUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /// A length or count of things that take at least one byte each.
    public int takeLength() {
        long length = takeUnsigned();
        if (length < 0 || length > remaining()) {
            throw new MalformedBytes("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    public byte[] takeBytes(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public byte[] takeSized() {
        return takeBytes(takeLength());
    }

    public String takeText() {
        int length = takeLength();
        at += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at - length, length))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedBytes("a text is not UTF-8");
        }
    }

    public void requireEnd() {
        if (at != end) {
            throw new MalformedBytes(remaining() + " bytes too many");
        }
    }

    private void require(int wanted) {
        if (wanted < 0 || remaining() < wanted) {
            throw new MalformedBytes("ends " + (wanted - remaining()) + " bytes early");
        }
    }
}

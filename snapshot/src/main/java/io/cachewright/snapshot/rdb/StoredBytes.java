package io.cachewright.snapshot.rdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// A cursor that goes anywhere in an RDB file, for the few keys whose content is looked at. Lengths and strings are
/// written as [RdbStrings] says.
final class StoredBytes implements AutoCloseable {

    private static final int WINDOW_BYTES = 1 << 14;

    /// LZF makes at most 264 bytes of 3.
    private static final int COMPRESSION_MAX = 88;

    private final String file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowAt;
    private long stringLength;

    StoredBytes(Path path) throws IOException {
        this.file = path.toString();
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
    }

    MalformedSnapshot malformed(String problem) {
        return new MalformedSnapshot(file, offset(), problem);
    }

    long offset() {
        return windowAt + window.position();
    }

    void goTo(long offset) {
        if (offset < 0 || offset > size) {
            throw malformed("a value is said to stand at byte " + offset + ", behind the end");
        }
        long inWindow = offset - windowAt;
        if (inWindow >= 0 && inWindow <= window.limit()) {
            window.position((int) inWindow);
        } else {
            windowAt = offset;
            window.position(0).limit(0);
        }
    }

    void skip(long bytes) {
        require(bytes);
        goTo(offset() + bytes);
    }

    private void require(long bytes) {
        if (bytes < 0 || bytes > size - offset()) {
            throw malformed("the file ends where more bytes are needed");
        }
    }

    int unsignedByte() {
        if (!window.hasRemaining()) {
            require(1);
            windowAt = offset();
            window.clear();
            read(window, windowAt);
            window.flip();
        }
        return window.get() & 0xff;
    }

    /// The next bytes; what is allocated is what the file has.
    byte[] bytes(int length) {
        require(length);
        byte[] bytes = new byte[length];
        int atHand = Math.min(length, window.remaining());
        window.get(bytes, 0, atHand);
        if (atHand < length) {
            long at = offset();
            read(ByteBuffer.wrap(bytes, atHand, length - atHand), at);
            goTo(at + length - atHand);
        }
        return bytes;
    }

    private void read(ByteBuffer into, long at) {
        try {
            long from = at;
            while (into.hasRemaining() && from < size) {
                int read = channel.read(into, from);
                if (read < 0) {
                    throw malformed("the file became shorter while it was read");
                }
                from += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long number(int bytes, boolean bigEndian) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            long next = unsignedByte();
            value = bigEndian ? value << 8 | next : value | next << (8 * i);
        }
        return value;
    }

    double doubleLittleEndian() {
        return Double.longBitsToDouble(number(Double.BYTES, false));
    }

    /// A score as older versions wrote it: its length and its digits, or a length that stands for one that has none.
    String writtenScore() {
        int length = unsignedByte();
        return switch (length) {
            case RdbValues.SCORE_SPECIAL_MIN -> "NaN";
            case RdbValues.SCORE_SPECIAL_MIN + 1 -> "inf";
            case RdbValues.SCORE_SPECIAL_MIN + 2 -> "-inf";
            default -> new String(bytes(length), StandardCharsets.US_ASCII);
        };
    }

    /// A length or a count, 0 or more.
    long length() {
        int first = unsignedByte();
        long length = switch (first >>> 6) {
            case 3 -> throw malformed("a length is expected, not a special encoding");
            default -> lengthAfter(first);
        };
        if (length < 0) {
            throw malformed("a length is not below 2^63");
        }
        return length;
    }

    /// A length of 64 bits that stands for a number, which may be anything.
    long anyNumber() {
        return lengthAfter(unsignedByte());
    }

    private long lengthAfter(int first) {
        return switch (first) {
            case RdbStrings.LENGTH_32 -> number(Integer.BYTES, true);
            case RdbStrings.LENGTH_64 -> number(Long.BYTES, true);
            default ->
                switch (first >>> 6) {
                    case 0 -> first;
                    case 1 -> (first & 0x3fL) << 8 | unsignedByte();
                    default -> throw malformed("a length begins with " + first);
                };
        };
    }

    /// How long the string is that was read last; it may be longer than what was kept of it.
    long stringLength() {
        return stringLength;
    }

    void skipString() {
        byte[] _ = string(0);
    }

    /// The first bytes of a string, `most` of them at most; the cursor stands behind the string then.
    byte[] string(int most) {
        int first = unsignedByte();
        return switch (first) {
            case RdbStrings.INT_8 -> digits(signed(1), most);
            case RdbStrings.INT_16 -> digits(signed(2), most);
            case RdbStrings.INT_32 -> digits(signed(4), most);
            case RdbStrings.LZF -> compressed(most);
            default -> {
                stringLength = lengthAfter(first);
                require(stringLength);
                long end = offset() + stringLength;
                byte[] head = bytes((int) Math.min(stringLength, most));
                goTo(end);
                yield head;
            }
        };
    }

    private long signed(int width) {
        int unused = Long.SIZE - Byte.SIZE * width;
        return number(width, false) << unused >> unused;
    }

    private byte[] digits(long number, int most) {
        byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        stringLength = digits.length;
        return digits.length <= most ? digits : Arrays.copyOf(digits, most);
    }

    private byte[] compressed(int most) {
        long packed = length();
        stringLength = length();
        require(packed);
        long end = offset() + packed;
        int wanted = (int) Math.min(stringLength, most);
        if (packed > Integer.MAX_VALUE - 8 || wanted > COMPRESSION_MAX * packed) {
            throw malformed(packed + " compressed bytes cannot be " + stringLength + " bytes");
        }
        byte[] head = new byte[wanted];
        long from = offset();
        // Literals cost a byte more for each 32 of them, so that this much is enough for a short head.
        int enough = (int) Math.min(packed, 2L * wanted + 8);
        boolean isRead = decompress(enough, head);
        if (!isRead && enough < packed) {
            goTo(from);
            isRead = decompress((int) packed, head);
        }
        if (!isRead) {
            throw malformed("a compressed string is damaged");
        }
        goTo(end);
        return head;
    }

    private boolean decompress(int packed, byte[] head) {
        byte[] in = bytes(packed);
        return Lzf.decompress(in, 0, in.length, head, head.length) == head.length;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

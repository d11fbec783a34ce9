package io.cachewright.snapshot.rdb;

import java.nio.charset.StandardCharsets;

/// Reads lengths and strings. What was last read is described by the fields until the next call.
///
/*
 * 00|XXXXXX                  a length of 6 bits
 * 01|XXXXXX XXXXXXXX         a length of 14 bits
 * 10|000000 [4 bytes BE]     a length of 32 bits
 * 10|000001 [8 bytes BE]     a length of 64 bits
 * 11|000000 … 11|000010      a string that is a number of 1, 2 or 4 bytes LE
 * 11|000011 packed full DATA a string that is compressed by LZF
 */
final class RdbStrings {

    static final int LENGTH_32 = 0x80;
    static final int LENGTH_64 = 0x81;
    static final int INT_8 = 0xC0;
    static final int INT_16 = 0xC1;
    static final int INT_32 = 0xC2;
    static final int LZF = 0xC3;

    /// A name or value of an auxiliary field, or a library, is kept up to here.
    private static final int TEXT_BYTES_MAX = 1 << 24;

    /// No server keeps a longer string by default, and none can serve it.
    private static final long PIECE_BYTES_MAX = 1L << 30;

    /// Digits of a long.
    private static final int DIGITS_MAX = 20;

    private static final int[] POWERS_OF_TEN = {
        10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    final RdbInput input;

    /// Of the string itself.
    long length;

    /// Whether it was written as a number.
    boolean number;

    int value;

    /// Bytes in the file where it is compressed, else 0.
    private int compressed;

    private byte[] scratch = new byte[1 << 12];
    private final byte[] digits = new byte[DIGITS_MAX];

    /// Where the last piece stands.
    byte[] piece = new byte[0];

    int pieceFrom;

    RdbStrings(RdbInput input) {
        this.input = input;
    }

    long length() {
        int first = input.unsignedByte();
        return switch (first >>> 6) {
            case 0 -> first;
            case 1 -> fourteenBits(first);
            case 2 -> longLength(first);
            default -> throw input.malformed(input.offset() - 1, "a length is expected, not a special encoding");
        };
    }

    private int fourteenBits(int first) {
        return ((first & 0x3f) << 8) | input.unsignedByte();
    }

    private long longLength(int first) {
        if (first == LENGTH_32) {
            return input.intBigEndian() & 0xffff_ffffL;
        }
        if (first == LENGTH_64) {
            return input.longBigEndian();
        }
        throw input.malformed(input.offset() - 1, "a length cannot begin with the byte " + first);
    }

    /// A number of things that take at least `bytesEach` bytes in the file each.
    long count(String what, int bytesEach) {
        long at = input.offset();
        long count = length();
        if (count < 0 || count > (input.size() - input.offset()) / bytesEach) {
            throw input.malformed(
                    at,
                    Long.toUnsignedString(count) + " " + what
                            + " are claimed, more than the rest of the file can hold");
        }
        return count;
    }

    /// Reads all but the content: a number fully, else up to where the content starts.
    private void head() {
        int first = input.unsignedByte();
        number = false;
        compressed = 0;
        switch (first >>> 6) {
            case 0 -> length = first;
            case 1 -> length = fourteenBits(first);
            case 2 -> length = longLength(first);
            default -> special(first);
        }
        if (length < 0 || (!number && (compressed == 0 ? length : compressed) > input.size() - input.offset())) {
            throw input.malformed("a string of " + Long.toUnsignedString(length) + " bytes is claimed, "
                    + (input.size() - input.offset()) + " bytes are left in the file");
        }
    }

    private void special(int first) {
        switch (first) {
            case INT_8 -> number((byte) input.unsignedByte());
            case INT_16 -> number((short) (input.unsignedByte() | (input.unsignedByte() << 8)));
            case INT_32 -> number(input.intLittleEndian());
            case LZF -> {
                long packed = length();
                length = length();
                if (packed <= 0 || packed > PIECE_BYTES_MAX || length <= 0 || length > PIECE_BYTES_MAX) {
                    throw input.malformed("a compressed string of " + Long.toUnsignedString(packed) + " for "
                            + Long.toUnsignedString(length) + " bytes is claimed");
                }
                compressed = (int) packed;
            }
            default -> throw input.malformed(input.offset() - 1, "no string begins with the byte " + first);
        }
    }

    private void number(int read) {
        number = true;
        value = read;
        length = digitCount(read);
    }

    /// Counted by comparing, as a division takes longer than all of it.
    private static int digitCount(int number) {
        int size = Math.abs(Math.max(number, -Integer.MAX_VALUE));
        int digits = number < 0 ? 2 : 1;
        for (int power : POWERS_OF_TEN) {
            if (size < power) {
                break;
            }
            digits++;
        }
        return digits;
    }

    void skip() {
        head();
        if (!number) {
            input.skip(compressed == 0 ? length : compressed);
        }
    }

    /// Skips a string and tells whether a server would keep it as a number when it is a value of its own.
    boolean skipAndTellInteger() {
        head();
        if (number) {
            return true;
        }
        if (compressed == 0 && length > 0 && length <= DIGITS_MAX) {
            int size = (int) length;
            input.require(size);
            boolean integer = isLong(input.buffer, input.position, size);
            input.position += size;
            return integer;
        }
        input.skip(compressed == 0 ? length : compressed);
        return false;
    }

    /// Whether these are the digits of a long, as it would be printed.
    private static boolean isLong(byte[] bytes, int from, int size) {
        int i = from;
        int end = from + size;
        boolean negative = bytes[i] == '-';
        if (negative) {
            i++;
        }
        int digits = end - i;
        if (digits == 0 || digits > 19 || (bytes[i] == '0' && (digits > 1 || negative))) {
            return false;
        }
        long rest = 0;
        for (; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            rest = rest * 10 + digit;
        }
        // Nineteen digits may exceed 2^63 - 1, which shows as a negative number; -2^63 itself is taken for a text.
        return rest >= 0;
    }

    /// Skips a string after keeping up to `most` of its first bytes in `start`; gives how many, 0 when compressed.
    int skipKeepingStart(byte[] start, int most) {
        head();
        if (number) {
            writeDigits();
            int kept = (int) Math.min(length, most);
            System.arraycopy(piece, pieceFrom, start, 0, kept);
            return kept;
        }
        if (compressed != 0) {
            input.skip(compressed);
            return 0;
        }
        int kept = (int) Math.min(length, most);
        input.require(kept);
        System.arraycopy(input.buffer, input.position, start, 0, kept);
        input.skip(length);
        return kept;
    }

    /// Reads a whole string into one piece.
    void read() {
        head();
        readContent();
    }

    private void readContent() {
        if (number) {
            writeDigits();
            return;
        }
        if (length > PIECE_BYTES_MAX) {
            throw input.malformed("a string of " + length + " bytes is longer than any server allows");
        }
        if (compressed == 0) {
            int size = (int) length;
            input.require(size);
            piece = input.buffer;
            pieceFrom = input.position;
            input.position += size;
        } else {
            decompress((int) length);
            input.position += compressed;
        }
    }

    /// All or the first `wanted` bytes, without going on.
    private void decompress(int wanted) {
        input.require(compressed);
        // What is allocated grows with what is in the file: LZF makes at most 264 bytes of 3.
        if (wanted > 88L * compressed) {
            throw input.malformed(compressed + " compressed bytes cannot be " + wanted + " bytes");
        }
        if (scratch.length < wanted) {
            scratch = new byte[Math.max(wanted, Math.min(2 * scratch.length, 1 << 26))];
        }
        int written = Lzf.decompress(input.buffer, input.position, input.position + compressed, scratch, wanted);
        if (written != wanted) {
            throw input.malformed("a compressed string is damaged");
        }
        piece = scratch;
        pieceFrom = 0;
    }

    private void writeDigits() {
        long rest = Math.abs((long) value);
        int at = DIGITS_MAX;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        piece = digits;
        pieceFrom = at;
    }

    /// Reads the start of a string and makes up to `most` of its first bytes a piece; [#finish] or [#finishWhole]
    /// must follow. Gives how many bytes there are.
    int peek(int most) {
        head();
        if (number) {
            writeDigits();
            return (int) Math.min(length, most);
        }
        int wanted = (int) Math.min(length, most);
        if (compressed == 0) {
            input.require(wanted);
            piece = input.buffer;
            pieceFrom = input.position;
        } else {
            peekCompressed(wanted);
        }
        return wanted;
    }

    private void peekCompressed(int wanted) {
        // Literals cost a byte more for each 32 of them, so that this much input is enough for a short start.
        int enough = Math.min(compressed, 2 * wanted + 8);
        input.require(enough);
        int written = Lzf.decompress(input.buffer, input.position, input.position + enough, scratch, wanted);
        if (written != wanted) {
            decompress(wanted);
        }
        piece = scratch;
        pieceFrom = 0;
    }

    /// Makes more of a string that was peeked at a piece.
    void peekOn(int wanted) {
        if (compressed != 0) {
            decompress(wanted);
        } else if (!number) {
            input.require(wanted);
            piece = input.buffer;
            pieceFrom = input.position;
        }
    }

    void finish() {
        if (!number) {
            input.skip(compressed == 0 ? length : compressed);
        }
    }

    void finishWhole() {
        readContent();
    }

    /// A short text; bytes that are not UTF-8 are replaced.
    String text() {
        head();
        if (length > TEXT_BYTES_MAX) {
            throw input.malformed("a text of " + length + " bytes is longer than expected here");
        }
        readContent();
        return new String(piece, pieceFrom, (int) length, StandardCharsets.UTF_8);
    }
}

package io.cachewright.snapshot.rdb;

/// Looks into values that are one blob: their counts, and their elements one by one.
///
/*
 * listpack  total(4) count(2) ENTRY* 0xFF           ENTRY = encoding data backlen
 * ziplist   total(4) tail(4) count(2) ENTRY* 0xFF   ENTRY = prevlen encoding data
 * intset    width(4) count(4) number*
 * zipmap    count(1) (keylen key vallen free value)* 0xFF
 *
 * Counts of 65535 (254 and 255 in a zipmap) mean: count yourself. All integers are little endian.
 */
final class PackedValues {

    /// The longest header.
    static final int HEADER_BYTES = 10;

    private static final int COUNT_UNKNOWN = 0xffff;
    private static final int ZIPMAP_COUNT_UNKNOWN = 254;
    private static final int LISTPACK_HEADER = 6;
    private static final int LISTPACK_ENTRY_HEADER_MAX = 5;
    private static final int INTSET_HEADER = 8;
    private static final int END = 0xff;

    private static final ElementSink NOBODY = (_, _, _, _) -> {};

    /// Whom elements are told.
    interface ElementSink {
        void element(long index, byte[] bytes, int from, int length);
    }

    private final byte[] digits = new byte[20];

    /// The count that the header gives, −1 when it gives none; throws [IndexOutOfBoundsException] or
    /// [IllegalArgumentException] where the blob contradicts itself.
    static long count(PackedForm form, byte[] blob, int from, int available, long length) {
        return switch (form) {
            case LISTPACK, LISTPACK_WITH_EXPIRY -> {
                long total = total(blob, from, available, LISTPACK_HEADER + 1, length);
                int count = unsignedShort(blob, from + 4);
                check(count == COUNT_UNKNOWN || total >= LISTPACK_HEADER + 1 + 2L * count);
                yield count == COUNT_UNKNOWN ? -1 : count;
            }
            case ZIPLIST -> {
                long total = total(blob, from, available, HEADER_BYTES + 1, length);
                int count = unsignedShort(blob, from + 8);
                check(count == COUNT_UNKNOWN || total >= HEADER_BYTES + 1 + 2L * count);
                yield count == COUNT_UNKNOWN ? -1 : count;
            }
            case INTSET -> {
                check(available >= INTSET_HEADER);
                int width = RdbInput.intLittleEndian(blob, from);
                long count = RdbInput.intLittleEndian(blob, from + 4) & 0xffff_ffffL;
                check((width == 2 || width == 4 || width == 8) && INTSET_HEADER + width * count == length);
                yield count;
            }
            case ZIPMAP -> {
                check(available >= 1);
                int pairs = blob[from] & 0xff;
                yield pairs >= ZIPMAP_COUNT_UNKNOWN ? -1 : 2L * pairs;
            }
        };
    }

    private static long total(byte[] blob, int from, int available, int least, long length) {
        check(available >= Math.min(least, HEADER_BYTES));
        long total = RdbInput.intLittleEndian(blob, from) & 0xffff_ffffL;
        check(total == length && total >= least);
        return total;
    }

    private static int unsignedShort(byte[] blob, int at) {
        return (blob[at] & 0xff) | ((blob[at + 1] & 0xff) << 8);
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException();
        }
    }

    long countByWalking(PackedForm form, byte[] blob, int from, int length) {
        return walk(form, blob, from, length, Integer.MAX_VALUE, NOBODY);
    }

    /// Tells every element of at least `least` bytes, and the one before each of these; gives how many there are.
    long walk(PackedForm form, byte[] blob, int from, int length, int least, ElementSink elements) {
        int end = from + length;
        // Numbers are told apart by their digits, which only a low bound makes worth writing.
        int textLeast = least <= digits.length ? 0 : least;
        return switch (form) {
            case LISTPACK, LISTPACK_WITH_EXPIRY -> listpack(blob, from + LISTPACK_HEADER, end, textLeast, elements);
            case ZIPLIST -> ziplist(blob, from + HEADER_BYTES, end, textLeast, elements);
            case INTSET -> intset(blob, from, end, textLeast, elements);
            case ZIPMAP -> zipmap(blob, from + 1, end, elements);
        };
    }

    /// How much of the start of a listpack tells [#mayHold].
    static long startToTell(long length, int least) {
        return Math.min(length, Math.max(0, length - least) + LISTPACK_ENTRY_HEADER_MAX);
    }

    /// Whether an element of `least` bytes or more can be in a listpack of this length: where it begins, so many
    /// are left. Only the start is looked at, as the rest may be compressed.
    static boolean mayHold(int least, byte[] b, int from, long length) {
        long last = from + length - least;
        int i = from + LISTPACK_HEADER;
        while (i <= last) {
            int e = b[i] & 0xff;
            if (e == END) {
                return false;
            }
            int header = listpackHeader(e);
            int data = listpackData(b, i, e);
            check(data >= 0);
            if (data >= least) {
                return true;
            }
            i += header + data + backlength(header + data);
        }
        return false;
    }

    private long listpack(byte[] b, int from, int end, int least, ElementSink elements) {
        int i = from;
        int before = from;
        long index = 0;
        while (true) {
            check(i < end);
            int e = b[i] & 0xff;
            if (e == END) {
                check(i == end - 1);
                return index;
            }
            int header = listpackHeader(e);
            int data = listpackData(b, i, e);
            check(data >= 0 && data <= end - i - header);
            if (least == 0) {
                tellListpack(b, i, e, data, index, elements);
            } else if (data >= least) {
                if (index > 0) {
                    int last = b[before] & 0xff;
                    tellListpack(b, before, last, listpackData(b, before, last), index - 1, elements);
                }
                tellListpack(b, i, e, data, index, elements);
            }
            before = i;
            i += header + data + backlength(header + data);
            index++;
        }
    }

    private static int listpackHeader(int e) {
        return e < 0xE0 || e > 0xF0 ? 1 : e == 0xF0 ? 5 : 2;
    }

    /// Bytes after the header of an entry: of a text itself, or of the rest of a number.
    private static int listpackData(byte[] b, int i, int e) {
        if (e < 0x80) {
            return 0;
        }
        if (e < 0xC0) {
            return e & 0x3f;
        }
        if (e < 0xE0) {
            return 1;
        }
        if (e < 0xF0) {
            return ((e & 0x0f) << 8) | (b[i + 1] & 0xff);
        }
        return switch (e) {
            case 0xF0 -> RdbInput.intLittleEndian(b, i + 1);
            case 0xF1 -> 2;
            case 0xF2 -> 3;
            case 0xF3 -> 4;
            case 0xF4 -> 8;
            default -> throw new IllegalArgumentException();
        };
    }

    private void tellListpack(byte[] b, int i, int e, int data, long index, ElementSink elements) {
        if (e < 0x80) {
            number(index, e, elements);
        } else if (e < 0xC0 || (e >= 0xE0 && e <= 0xF0)) {
            elements.element(index, b, i + listpackHeader(e), data);
        } else if (e < 0xE0) {
            int raw = ((e & 0x1f) << 8) | (b[i + 1] & 0xff);
            number(index, raw >= 1 << 12 ? raw - (1 << 13) : raw, elements);
        } else {
            number(index, integer(b, i + 1, data), elements);
        }
    }

    /// Bytes of the length that follows an entry of a listpack, so that it can be read backwards.
    static int backlength(int entry) {
        return entry < 1 << 7 ? 1 : entry < 1 << 14 ? 2 : entry < 1 << 21 ? 3 : entry < 1 << 28 ? 4 : 5;
    }

    private long ziplist(byte[] b, int from, int end, int least, ElementSink elements) {
        int i = from;
        int before = from;
        long index = 0;
        while (true) {
            check(i < end);
            if ((b[i] & 0xff) == END) {
                check(i == end - 1);
                return index;
            }
            i += (b[i] & 0xff) < 254 ? 1 : 5;
            int e = b[i] & 0xff;
            int header = ziplistHeader(e);
            int data = ziplistData(b, i, e);
            check(data >= 0 && data <= end - i - header);
            if (least == 0) {
                tellZiplist(b, i, e, data, index, elements);
            } else if (data >= least) {
                if (index > 0) {
                    int last = b[before] & 0xff;
                    tellZiplist(b, before, last, ziplistData(b, before, last), index - 1, elements);
                }
                tellZiplist(b, i, e, data, index, elements);
            }
            before = i;
            i += header + data;
            index++;
        }
    }

    private static int ziplistHeader(int e) {
        return switch (e >>> 6) {
            case 1 -> 2;
            case 2 -> 5;
            default -> 1;
        };
    }

    private static int ziplistData(byte[] b, int i, int e) {
        return switch (e >>> 6) {
            case 0 -> e & 0x3f;
            case 1 -> ((e & 0x3f) << 8) | (b[i + 1] & 0xff);
            case 2 -> Integer.reverseBytes(RdbInput.intLittleEndian(b, i + 1));
            default ->
                switch (e) {
                    case 0xC0 -> 2;
                    case 0xD0 -> 4;
                    case 0xE0 -> 8;
                    case 0xF0 -> 3;
                    case 0xFE -> 1;
                    default -> {
                        check(e >= 0xF1 && e <= 0xFD);
                        yield 0;
                    }
                };
        };
    }

    private void tellZiplist(byte[] b, int i, int e, int data, long index, ElementSink elements) {
        if (e < 0xC0) {
            elements.element(index, b, i + ziplistHeader(e), data);
        } else {
            number(index, data == 0 ? (e & 0x0f) - 1 : integer(b, i + 1, data), elements);
        }
    }

    private long intset(byte[] b, int from, int end, int least, ElementSink elements) {
        int width = RdbInput.intLittleEndian(b, from);
        if (least > 0) {
            return ((long) end - from - INTSET_HEADER) / width;
        }
        long index = 0;
        for (int i = from + INTSET_HEADER; i < end; i += width) {
            number(index++, integer(b, i, width), elements);
        }
        return index;
    }

    private long zipmap(byte[] b, int from, int end, ElementSink elements) {
        int i = from;
        long index = 0;
        while (true) {
            check(i < end);
            int size = b[i] & 0xff;
            if (size == END) {
                check(index % 2 == 0);
                return index;
            }
            i += 1;
            if (size == ZIPMAP_COUNT_UNKNOWN) {
                size = RdbInput.intLittleEndian(b, i);
                check(size >= 0);
                i += 4;
            }
            boolean isValue = index % 2 == 1;
            int free = isValue ? b[i++] & 0xff : 0;
            check(size <= end - i);
            elements.element(index, b, i, size);
            i += size + free;
            index++;
        }
    }

    private static long integer(byte[] b, int at, int width) {
        long value = b[at + width - 1];
        for (int i = width - 2; i >= 0; i--) {
            value = (value << 8) | (b[at + i] & 0xff);
        }
        return value;
    }

    private void number(long index, long value, ElementSink elements) {
        int at = digits.length;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        elements.element(index, digits, at, digits.length - at);
    }
}

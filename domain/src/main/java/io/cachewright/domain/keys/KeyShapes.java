package io.cachewright.domain.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Numbers the shapes of key names: names that differ only in their numbers, dates, ids and instruments have one shape.
///
/// Meant for millions of keys: a name costs one pass over its bytes and no allocation, unless its shape is new. Shapes
/// are finer than families; [KeyGrouping] makes families of them by their examples, each counting for its keys:
///
/// ```java
/// KeyShapes shapes = new KeyShapes();
/// int shape = shapes.of(name, 0, name.length);          // 0 … shapes.size() − 1, stable
/// KeyGrouping.<Integer>by(shapes::example).counting(shape -> keys[shape]).group(numbers);
/// ```
///
/// Memory is bounded: when there are too many shapes, words that are rare so far are taken for ids, and beyond that all
/// names that are new in shape have one shape together. Not safe for use by several threads.
///
/*
 * A name is cut at the outer separators. Segments that are numbers, dates, UUIDs, long hexadecimals and tokens are told
 * by their bytes; every other one is looked up in SegmentKinds. The hash of separators and kinds is the shape.
 */
public final class KeyShapes {

    /// Beyond these, rare words count as ids.
    static final int FINE_MAX = 1 << 14;

    /// There are never more.
    public static final int SHAPES_MAX = FINE_MAX + (1 << 12);

    /// A word is rare when fewer than this share of the keys so far have it.
    private static final int RARE_BELOW_ONE_IN = 2_000;

    private static final int SLOTS_FIRST = 1 << 10;
    private static final int PIECES_MAX = 2 * KeyName.PARTS_MAX;

    private static final int HEX_LENGTH_MIN = 8;
    private static final int LOWER_HEX_LENGTH_MIN = 16;
    private static final int TOKEN_LENGTH_MIN = 16;
    private static final int UUID_LENGTH = 36;

    /// What a rare word becomes in the example of its shape; it reads like an id.
    private static final String RARE_WORD = "x000";

    /// What a byte adds to the counts of its segment, or what else it is. Three counts lie side by side in one
    /// number, as this is done for every byte; a name is too short for one to run into the next.
    private static final long SEPARATOR = -1;

    private static final long DIGIT = -2;
    private static final long OTHER = 0;
    private static final long LOWER_HEX = 1;
    private static final long UPPER_HEX = 1L << 16;
    private static final long LETTER = 1L << 32;
    private static final long[] KINDS = kindsOfBytes();

    /// Letters of a segment are gathered by multiplication with this, and mixed where the segment is looked up.
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private static final int COUNT_MASK = 0xffff;

    private static final long NUMBER_KIND = 11;
    private static final long DATE_KIND = 12;
    private static final long ID_KIND = 13;
    private static final long RARE_KIND = 14;

    private final SegmentKinds segments;
    private long[] hashes = new long[SLOTS_FIRST];
    private int[] numbers = new int[SLOTS_FIRST];
    private final List<String> examples = new ArrayList<>();
    private long keys;

    /// The pieces of the name at hand: a separator's byte, a kind, or −1 − the index of a segment.
    private final long[] pieces = new long[PIECES_MAX];

    private final int[] starts = new int[PIECES_MAX + 1];
    private int count;

    public KeyShapes() {
        this(new SegmentKinds());
    }

    private KeyShapes(SegmentKinds segments) {
        this.segments = segments;
    }

    /// One without shapes for another thread, which is spared inferring what this one has inferred.
    public KeyShapes fresh() {
        return new KeyShapes(segments.fresh());
    }

    /// The number of the shape of a name.
    public int of(byte[] name, int from, int length) {
        keys++;
        boolean marketData = cut(name, from, from + Math.min(length, KeyName.NAME_LENGTH_MAX));
        boolean whole = count < PIECES_MAX && length <= KeyName.NAME_LENGTH_MAX;
        long fine = hash(marketData, false, whole);
        int slot = slot(fine);
        if (hashes[slot] == fine) {
            return numbers[slot];
        }
        if (examples.size() < FINE_MAX) {
            return add(slot, fine, KeyNames.printable(name, from, length));
        }
        long coarse = hash(marketData, true, whole);
        slot = slot(coarse);
        if (hashes[slot] == coarse) {
            return numbers[slot];
        }
        if (examples.size() < SHAPES_MAX - 1) {
            return add(slot, coarse, coarseExample(name));
        }
        return rest();
    }

    /// How many shapes there are so far.
    public int size() {
        return examples.size();
    }

    /// A name of this shape, printable: the first one, or one whose rare words are written as ids.
    public String example(int shape) {
        return examples.get(shape);
    }

    /// Takes in what another one has seen; gives the numbers that its shapes have here, by their numbers there.
    public int[] add(KeyShapes other) {
        long[] hashOf = new long[other.size()];
        for (int slot = 0; slot < other.hashes.length; slot++) {
            if (other.hashes[slot] != 0) {
                hashOf[other.numbers[slot]] = other.hashes[slot];
            }
        }
        int[] numberHere = new int[hashOf.length];
        for (int shape = 0; shape < hashOf.length; shape++) {
            int slot = slot(hashOf[shape]);
            if (hashes[slot] == hashOf[shape] && hashOf[shape] != 0) {
                numberHere[shape] = numbers[slot];
            } else if (hashOf[shape] != 0 && examples.size() < SHAPES_MAX - 1) {
                numberHere[shape] = add(slot, hashOf[shape], other.example(shape));
            } else {
                numberHere[shape] = rest();
            }
        }
        keys += other.keys;
        segments.add(other.segments);
        return numberHere;
    }

    private int rest() {
        if (examples.size() == SHAPES_MAX - 1) {
            examples.add("");
        }
        return SHAPES_MAX - 1;
    }

    private int add(int slot, long hash, String example) {
        int number = examples.size();
        hashes[slot] = hash;
        numbers[slot] = number;
        examples.add(example);
        if (2 * examples.size() > hashes.length) {
            grow();
        }
        return number;
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> 33) & (hashes.length - 1);
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] before = hashes;
        int[] numbersBefore = numbers;
        hashes = new long[2 * before.length];
        numbers = new int[2 * before.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                int slot = slot(before[i]);
                hashes[slot] = before[i];
                numbers[slot] = numbersBefore[i];
            }
        }
    }

    private long hash(boolean marketData, boolean coarse, boolean whole) {
        long hash = whole ? 1 : 2;
        for (int i = 0; i < count; i++) {
            long piece = pieces[i];
            hash = SegmentShape.mix(hash, piece >= 0 ? piece : kinds((int) (-1 - piece), marketData, coarse));
        }
        return hash == 0 ? 1 : hash;
    }

    private long kinds(int segment, boolean marketData, boolean coarse) {
        return coarse && isRare(segment) ? RARE_KIND : segments.hash(segment, marketData);
    }

    private boolean isRare(int segment) {
        return segments.seen(segment) < keys / RARE_BELOW_ONE_IN;
    }

    private String coarseExample(byte[] name) {
        StringBuilder example = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long piece = pieces[i];
            boolean rare = piece == RARE_KIND || (piece < 0 && isRare((int) (-1 - piece)));
            example.append(rare ? RARE_WORD : KeyNames.printable(name, starts[i], starts[i + 1] - starts[i]));
        }
        return example.toString();
    }

    /// Cuts a name into pieces; gives whether it speaks of market data.
    private boolean cut(byte[] name, int from, int to) {
        count = 0;
        boolean marketData = false;
        boolean inTag = false;
        boolean tagSeen = false;
        int i = from;
        while (i < to && count < PIECES_MAX) {
            int start = i;
            if (KINDS[name[i] & 0xff] == SEPARATOR) {
                byte separator = name[i];
                if (separator == '{' && !tagSeen) {
                    inTag = true;
                    tagSeen = true;
                } else if (separator == '}') {
                    inTag = false;
                }
                piece(i, 0x100 | separator);
                i++;
                continue;
            }
            i = afterDigits(name, i, to);
            if (i > start && (i == to || KINDS[name[i] & 0xff] == SEPARATOR)) {
                piece(start, Dates.isDate(name, start, i - start) ? DATE_KIND : NUMBER_KIND);
                continue;
            }
            int digits = i - start;
            long hash = digits == 0 ? 0 : digits(0, name, start, i);
            long counts = 0;
            int pieceStart = start;
            while (i < to) {
                long kind = KINDS[name[i] & 0xff];
                if (kind <= 0) {
                    if (kind == SEPARATOR) {
                        break;
                    }
                    if (kind == DIGIT) {
                        int run = i;
                        i = afterDigits(name, i, to);
                        digits += i - run;
                        hash = digits(hash, name, run, i);
                        continue;
                    }
                    hash = isin(hash, name, pieceStart, i);
                    pieceStart = i + 1;
                }
                counts += kind;
                hash = (hash ^ name[i++]) * FACTOR;
            }
            hash = isin(hash, name, pieceStart, i);
            int length = i - start;
            if (isId(name, start, length, digits, counts)) {
                piece(start, ID_KIND);
            } else {
                int segment = segments.index(hash, name, start, i, inTag);
                piece(start, segment == SegmentKinds.UNKNOWN ? RARE_KIND : -1 - segment);
                marketData |= segment != SegmentKinds.UNKNOWN && segments.speaksOfMarketData(segment);
            }
        }
        starts[count] = i;
        return marketData;
    }

    private static int afterDigits(byte[] name, int from, int to) {
        int i = from;
        while (i < to && KINDS[name[i] & 0xff] == DIGIT) {
            i++;
        }
        return i;
    }

    private void piece(int start, long piece) {
        starts[count] = start;
        pieces[count++] = piece;
    }

    /// A run of digits counts by its length, and by whether it can be a year or a date; one or two digits count as
    /// they are (`l2`, `1m`, `Z6`).
    private static long digits(long hash, byte[] name, int from, int to) {
        int length = to - from;
        if (length <= 2) {
            long mixed = SegmentShape.mix(hash, name[from]);
            return length == 1 ? mixed : SegmentShape.mix(mixed, name[from + 1]);
        }
        return SegmentShape.mix(hash, 0x1000 + 16L * Math.min(length, 64) + Dates.likeness(name, from, length));
    }

    /// A check digit tells a security from an id, and changes with every digit before it.
    private static long isin(long hash, byte[] name, int from, int to) {
        return to - from == Isin.LENGTH && Isin.isValid(name, from) ? SegmentShape.mix(hash, 0x2000) : hash;
    }

    /// Whether a segment of letters and digits is an id for [KeyName], told by its bytes alone. What could also be an
    /// instrument is left to the longer look.
    private static boolean isId(byte[] name, int start, int length, int digits, long counts) {
        if (length < HEX_LENGTH_MIN) {
            return false;
        }
        int lowerHex = (int) counts & COUNT_MASK;
        int upperHex = (int) (counts >>> 16) & COUNT_MASK;
        int letters = (int) (counts >>> 32) & COUNT_MASK;
        boolean alphanumeric = digits + lowerHex + upperHex + letters == length;
        if (!alphanumeric) {
            return length == UUID_LENGTH && letters == 0 && isUuid(name, start);
        }
        boolean oneCase = letters == 0 && (lowerHex == 0 || upperHex == 0);
        if (oneCase && digits > 0 && !(length == Isin.LENGTH && upperHex > 0)) {
            return true;
        }
        if (letters == 0 && upperHex == 0 && length >= LOWER_HEX_LENGTH_MIN) {
            return true;
        }
        return length >= TOKEN_LENGTH_MIN && digits > 0 && !mayBeInstrument(name, start + length);
    }

    /// A long pair ends in a stable coin, an option in eight digits.
    private static boolean mayBeInstrument(byte[] name, int end) {
        int last = name[end - 1] | 0x20;
        if (last == 't' || last == 'c' || last == 'd') {
            return (name[end - 2] | 0x20) == 'd' || (name[end - 2] | 0x20) == 's';
        }
        for (int i = end - 8; i < end; i++) {
            if (KINDS[name[i] & 0xff] != DIGIT) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUuid(byte[] name, int start) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if ((name[start + i] == '-') != hyphen) {
                return false;
            }
        }
        return true;
    }

    private static long[] kindsOfBytes() {
        long[] kinds = new long[256];
        Arrays.fill(kinds, OTHER);
        // A slash may join an instrument (`BTC/USDT`), so that what stands on both sides is looked at together.
        KeyName.OUTER.chars().filter(c -> c != '/').forEach(c -> kinds[c] = SEPARATOR);
        for (int c = '0'; c <= '9'; c++) {
            kinds[c] = DIGIT;
        }
        for (int c = 'a'; c <= 'z'; c++) {
            kinds[c] = c <= 'f' ? LOWER_HEX : LETTER;
            kinds[c - 'a' + 'A'] = c <= 'f' ? UPPER_HEX : LETTER;
        }
        return kinds;
    }
}

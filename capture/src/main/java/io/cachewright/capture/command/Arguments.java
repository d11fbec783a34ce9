package io.cachewright.capture.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command as its client sent it: the name and the arguments, as bytes.
///
/// Of a very long argument only the beginning may be kept; [#length] is always the true length, and [#isWhole] tells
/// the two apart. Argument 0 is the name.
public final class Arguments {

    private final byte[] bytes;
    private final int[] ends;
    /// The true lengths; null where every argument was kept whole.
    private final int @Nullable [] lengths;

    private Arguments(byte[] bytes, int[] ends, int @Nullable [] lengths) {
        this.bytes = bytes;
        this.ends = ends;
        this.lengths = lengths;
    }

    public static Arguments of(String... arguments) {
        Builder builder = new Builder(Integer.MAX_VALUE, Integer.MAX_VALUE);
        for (String argument : arguments) {
            builder.add(argument.getBytes(StandardCharsets.UTF_8));
        }
        return builder.build();
    }

    public static Arguments ofBytes(List<byte[]> arguments) {
        Builder builder = new Builder(Integer.MAX_VALUE, Integer.MAX_VALUE);
        arguments.forEach(builder::add);
        return builder.build();
    }

    public int count() {
        return ends.length;
    }

    /// How long argument `i` is, kept or not.
    public int length(int i) {
        return lengths == null ? keptLength(i) : lengths[i];
    }

    /// How much of it was kept.
    public int keptLength(int i) {
        return ends[i] - start(i);
    }

    public boolean isWhole(int i) {
        return length(i) == keptLength(i);
    }

    /// Whether every argument was kept whole.
    public boolean isWhole() {
        return lengths == null;
    }

    /// A copy of what was kept of argument `i`.
    public byte[] bytes(int i) {
        return Arrays.copyOfRange(bytes, start(i), ends[i]);
    }

    /// What was kept of argument `i`, as UTF-8; bytes that are none become U+FFFD.
    public String text(int i) {
        return new String(bytes, start(i), keptLength(i), StandardCharsets.UTF_8);
    }

    /// Byte `at` of argument `i`, which must have been kept.
    public byte at(int i, int at) {
        return bytes[start(i) + at];
    }

    /// Whether argument `i` is that ASCII word, in upper or lower case; `word` is upper case.
    public boolean is(int i, String word) {
        int length = word.length();
        if (i >= ends.length || length(i) != length) {
            return false;
        }
        int start = start(i);
        for (int j = 0; j < length; j++) {
            if (upper(bytes[start + j]) != word.charAt(j)) {
                return false;
            }
        }
        return true;
    }

    /// Whether what was kept of argument `i` is these bytes.
    boolean is(int i, byte[] other) {
        return Arrays.equals(bytes, start(i), ends[i], other, 0, other.length);
    }

    /// [Key#hash] of argument `i`.
    long hash(int i) {
        return Key.hash(bytes, start(i), ends[i]);
    }

    /// How many bytes were kept of all arguments together.
    public int keptBytes() {
        return bytes.length;
    }

    /// The index of the first argument from `from` on that is that word (see [#is]), or -1.
    public int find(String word, int from) {
        for (int i = from; i < ends.length; i++) {
            if (is(i, word)) {
                return i;
            }
        }
        return -1;
    }

    /// Argument `i` as a decimal integer, or `fallback` where it is none.
    public long number(int i, long fallback) {
        if (i >= ends.length || keptLength(i) == 0 || length(i) > 20) {
            return fallback;
        }
        int at = start(i);
        int end = ends[i];
        boolean isNegative = bytes[at] == '-';
        if (isNegative && ++at == end) {
            return fallback;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return fallback;
            }
            value = 10 * value + digit;
        }
        return isNegative ? -value : value;
    }

    /// The bytes of the command on the wire as an array of strings, which is how clients send it.
    public long wireBytes() {
        long total = header(count());
        for (int i = 0; i < count(); i++) {
            total += header(length(i)) + length(i) + 2;
        }
        return total;
    }

    /// `*3\r\n` or `$12\r\n`.
    private static int header(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits + 3;
    }

    static byte upper(byte letter) {
        return letter >= 'a' && letter <= 'z' ? (byte) (letter - 32) : letter;
    }

    private int start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /// The arguments as lists of what was kept, for tests and replays.
    public List<byte[]> toList() {
        List<byte[]> list = new ArrayList<>(count());
        for (int i = 0; i < count(); i++) {
            list.add(bytes(i));
        }
        return list;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Arguments that
                && Arrays.equals(bytes, that.bytes)
                && Arrays.equals(ends, that.ends)
                && Arrays.equals(lengths, that.lengths);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Arrays.hashCode(ends);
    }

    /// The name and how many arguments follow: values may be secret, so they are never part of a message.
    @Override
    public String toString() {
        return (count() == 0 ? "(nothing)" : text(0)) + " with " + Math.max(0, count() - 1) + " arguments";
    }

    /// Gathers the arguments of one command after the other; what is beyond its limits is counted, not kept.
    public static final class Builder {

        /// One giant command must not hold its room for ever.
        private static final int KEPT_ROOM_MAX = 4 << 20;

        private final int argumentBytesMax;
        private final int commandBytesMax;
        private byte[] bytes = new byte[256];
        private int used;
        private int[] ends = new int[8];
        private int[] lengths = new int[8];
        private int count;
        private boolean isCut;

        /// Of the argument that is being built: where it starts, its true length, and whether bytes of it
        /// are missing.
        private int start;

        private int length;
        private boolean hasHole;

        /// @param argumentBytesMax kept of each argument
        /// @param commandBytesMax kept of all arguments of a command together
        public Builder(int argumentBytesMax, int commandBytesMax) {
            this.argumentBytesMax = argumentBytesMax;
            this.commandBytesMax = commandBytesMax;
        }

        public Builder add(byte[] argument) {
            append(argument, 0, argument.length);
            end();
            return this;
        }

        /// Adds bytes to the argument that is being built; [#end] closes it.
        public void append(byte[] source, int from, int more) {
            int kept = kept(more);
            room(kept);
            System.arraycopy(source, from, bytes, used, kept);
            used += kept;
            length += more;
        }

        public void append(byte one) {
            if (kept(1) == 1) {
                room(1);
                bytes[used++] = one;
            }
            length++;
        }

        /// Counts bytes of the argument that is being built without having them.
        public void skip(int more) {
            hasHole = true;
            length += more;
        }

        /// Closes the argument that is being built, which may be empty.
        public void end() {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
                lengths = Arrays.copyOf(lengths, 2 * count);
            }
            ends[count] = used;
            lengths[count++] = length;
            isCut |= hasHole;
            start = used;
            length = 0;
            hasHole = false;
        }

        public int count() {
            return count;
        }

        /// The command; the builder is then ready for the next one.
        public Arguments build() {
            Arguments built = new Arguments(
                    Arrays.copyOf(bytes, used),
                    Arrays.copyOf(ends, count),
                    isCut ? Arrays.copyOf(lengths, count) : null);
            clear();
            return built;
        }

        /// Forgets what was gathered.
        public void clear() {
            used = 0;
            count = 0;
            start = 0;
            length = 0;
            hasHole = false;
            isCut = false;
            if (bytes.length > KEPT_ROOM_MAX) {
                bytes = new byte[256];
            }
        }

        /// How many of the next `more` bytes are kept: what is kept of an argument is always its beginning.
        private int kept(int more) {
            int kept =
                    hasHole ? 0 : Math.min(more, Math.min(argumentBytesMax - (used - start), commandBytesMax - used));
            hasHole |= kept < more;
            return kept;
        }

        private void room(int more) {
            if (bytes.length - used < more) {
                bytes = Arrays.copyOf(bytes, Math.max(used + more, (int)
                        Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length)));
            }
        }
    }
}

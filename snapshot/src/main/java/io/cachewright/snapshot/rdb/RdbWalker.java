package io.cachewright.snapshot.rdb;

import io.cachewright.domain.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Goes through an RDB file once and tells a visitor what is in it.
///
/*
 * FILE  = "REDIS" version(4 digits) | "VALKEY" version(3 digits)
 *         (AUX | SELECTDB | RESIZEDB | SLOT_INFO | SLOT_IMPORT | FUNCTION2 | MODULE_AUX | KEY)*
 *         EOF checksum(8 bytes LE, from version 5 on)
 * KEY   = (EXPIRETIME | EXPIRETIME_MS | IDLE | FREQ | KEY_META)* type(1) name VALUE
 */
public final class RdbWalker {

    /// Told now and then how far the walk has come.
    @FunctionalInterface
    public interface Progress {
        void at(long bytes, long totalBytes);
    }

    private static final int MAGIC_BYTES = 9;
    private static final int CHECKSUM_SINCE = 5;
    private static final int KEY_META_SINCE = 13;
    private static final long PROGRESS_BYTES = 1 << 22;

    /// As many as any server can be configured to have.
    private static final long DATABASES_MAX = Integer.MAX_VALUE;

    private final RdbFormat format;
    private final RdbInput input;
    private final RdbStrings strings;
    private final RdbVisitor visitor;
    private final RdbValues values;
    private final RdbKey key = new RdbKey();

    /// Begins where the input stands, which is where a record begins.
    RdbWalker(RdbFormat format, RdbInput input, RdbVisitor visitor, int database) {
        this.format = format;
        this.input = input;
        this.strings = new RdbStrings(input);
        this.visitor = visitor;
        this.values = new RdbValues(strings, visitor, format.engine() == Engine.VALKEY);
        this.key.database = database;
    }

    /// Walks an RDB file, or the RDB part at the start of an append-only file; gives where it ends.
    ///
    /// @throws MalformedSnapshot when it is truncated, damaged or of an unknown format
    /// @throws UncheckedIOException when it cannot be read
    public static long walk(Path file, RdbVisitor visitor, Progress progress) {
        return RangedWalk.walk(file, 1, () -> visitor, _ -> {}, progress);
    }

    /// Walks a file as [#walk] does, in ranges on several threads. Each range has a visitor of its own, which is handed
    /// to `inOrder` once it was told all, in the order of the file and on the calling thread.
    ///
    /// To visitors, a range begins and ends anywhere between keys: [RdbVisitor#format] is told to the first only,
    /// [RdbVisitor#end] to the last, and keys before the first [RdbVisitor#database] are in [RdbKey#INHERITED].
    /// Visitors that are never handed out may have been told nonsense.
    ///
    /// @param ranges how many; [#rangesFor] says what pays
    /// @param visitors called from any thread
    /// @throws MalformedSnapshot when the file is truncated, damaged or of an unknown format
    /// @throws UncheckedIOException when it cannot be read
    public static <V extends RdbVisitor> long walkInRanges(
            Path file, int ranges, Supplier<V> visitors, Consumer<V> inOrder, Progress progress) {
        return RangedWalk.walk(file, ranges, visitors, inOrder, progress);
    }

    /// Into how many ranges to cut a file on this machine; 1 where threads would cost more than they bring.
    ///
    /// @throws UncheckedIOException when it cannot be read
    public static int rangesFor(Path file) {
        try {
            return RangedWalk.rangesFor(Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Tells what stands before the first key.
    ///
    /// @throws MalformedSnapshot when that is truncated, damaged or of an unknown format
    /// @throws UncheckedIOException when the file cannot be read
    public static void walkToFirstKey(Path file, RdbVisitor visitor) {
        try (FileChannel channel = FileChannel.open(file)) {
            RdbInput input = RdbInput.of(file, channel, 0);
            RdbFormat format = header(input);
            visitor.format(format);
            RdbWalker walker = new RdbWalker(format, input, visitor, 0);
            int opcode = input.unsignedByte();
            while (opcode >= Opcode.FIRST && !Opcode.isOfKey(opcode, format.engine()) && opcode != Opcode.EOF) {
                walker.section(opcode);
                opcode = input.unsignedByte();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Decides where a walk ends.
    interface Course {

        /// Asked where a record begins, at or after what it answered last; gives when to ask again, the
        /// same to end there.
        long askAgainAt(long at);
    }

    /// What was walked.
    ///
    /// @param to where it ended; at the end of the file, what the checksum covers
    /// @param checksum of it alone
    /// @param atEnd whether it reached the end of the file
    record Stretch(long from, long to, long checksum, boolean atEnd) {}

    Stretch walk(Course course) {
        long from = input.offset();
        long askAt = from;
        long keyFrom = -1;
        while (true) {
            long at = input.offset();
            if (at >= askAt && keyFrom < 0) {
                askAt = course.askAgainAt(at);
                if (askAt == at) {
                    return new Stretch(from, at, input.checksum(), false);
                }
            }
            int opcode = input.unsignedByte();
            if (opcode < Opcode.FIRST) {
                key(opcode, keyFrom < 0 ? at : keyFrom);
                keyFrom = -1;
            } else if (Opcode.isOfKey(opcode, format.engine())) {
                keyFrom = keyFrom < 0 ? at : keyFrom;
                attribute(opcode);
            } else if (opcode == Opcode.EOF) {
                return new Stretch(from, input.offset(), input.checksum(), true);
            } else {
                section(opcode);
            }
        }
    }

    /// Whether this many keys with names follow one another here.
    ///
    /// @throws MalformedSnapshot when what stands here cannot be read
    boolean passesKeys(int count) {
        key.forgetAttributes();
        int passed = 0;
        long from = input.offset();
        while (passed < count) {
            int opcode = input.unsignedByte();
            if (opcode < Opcode.FIRST) {
                key(opcode, from);
                if (key.nameLength == 0) {
                    return false;
                }
                passed++;
            } else if (Opcode.isOfKey(opcode, format.engine())) {
                attribute(opcode);
            } else if (opcode == Opcode.SELECTDB || opcode == Opcode.RESIZEDB || opcode == Opcode.SLOT_INFO) {
                section(opcode);
            } else {
                return false;
            }
        }
        return true;
    }

    static Course reporting(Progress progress, long size) {
        return at -> {
            progress.at(at, size);
            return at + PROGRESS_BYTES;
        };
    }

    static RdbFormat header(RdbInput input) {
        if (input.available(MAGIC_BYTES) < MAGIC_BYTES) {
            throw input.malformed("no RDB file: it is shorter than the header of one");
        }
        String magic = new String(input.copy(MAGIC_BYTES), StandardCharsets.ISO_8859_1);
        boolean valkey = magic.startsWith("VALKEY");
        String digits = magic.substring(valkey ? 6 : 5);
        if (!(valkey || magic.startsWith("REDIS")) || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw input.malformed(0, "no RDB file: it does not begin with REDIS or VALKEY and a version");
        }
        RdbFormat format = new RdbFormat(valkey ? Engine.VALKEY : Engine.REDIS, Integer.parseInt(digits));
        boolean known = valkey
                ? format.version() >= RdbFormat.VALKEY_VERSION_MIN && format.version() <= RdbFormat.VALKEY_VERSION_MAX
                : format.version() >= 1 && format.version() <= RdbFormat.REDIS_VERSION_MAX;
        if (!known) {
            throw input.malformed(
                    0,
                    format + " is not known here; known are versions 1 to " + RdbFormat.REDIS_VERSION_MAX
                            + " of Redis and " + RdbFormat.VALKEY_VERSION_MAX + " of Valkey");
        }
        return format;
    }

    private void key(int type, long from) {
        long typeAt = input.offset() - 1;
        key.fileFrom = typeAt;
        key.attributeBytes = typeAt - from;
        key.type = values.type(type, typeAt);
        strings.read();
        key.name = strings.piece;
        key.nameFrom = strings.pieceFrom;
        key.nameLength = (int) strings.length;
        visitor.key(key);
        values.value(type);
        visitor.keyEnd(input.offset() - from);
        key.forgetAttributes();
    }

    private void attribute(int opcode) {
        switch (opcode) {
            case Opcode.EXPIRETIME_MS -> key.expiresAt = input.longLittleEndian();
            case Opcode.EXPIRETIME -> key.expiresAt = 1000L * input.intLittleEndian();
            case Opcode.IDLE -> key.idleSeconds = strings.length();
            case Opcode.FREQ -> key.frequency = input.unsignedByte();
            case Opcode.KEY_META -> keyMetadata();
            default -> throw new AssertionError(opcode);
        }
    }

    /// What modules attach to keys (Redis 8.6): count (class(4) (opcode value)* 0)*.
    private void keyMetadata() {
        if (format.version() < KEY_META_SINCE) {
            throw unknown(Opcode.KEY_META);
        }
        long classes = strings.count("classes of metadata", Integer.BYTES + 1);
        for (long i = 0; i < classes; i++) {
            input.skip(Integer.BYTES);
            ModuleValues.skipFields(strings);
        }
    }

    private void section(int opcode) {
        switch (opcode) {
            case Opcode.SELECTDB -> {
                long number = strings.length();
                if (number < 0 || number > DATABASES_MAX) {
                    throw input.malformed("database " + Long.toUnsignedString(number) + " is none");
                }
                key.database = (int) number;
                visitor.database(key.database);
            }
            case Opcode.RESIZEDB -> visitor.expected(strings.length(), strings.length());
            case Opcode.AUX -> visitor.auxiliary(strings.text(), strings.text());
            case Opcode.SLOT_INFO -> visitor.slot((int) strings.length(), strings.length(), strings.length());
            case Opcode.SLOT_IMPORT -> {
                strings.skip();
                long ranges = strings.count("slot ranges", 2);
                for (long i = 0; i < ranges; i++) {
                    strings.length();
                    strings.length();
                }
            }
            case Opcode.FUNCTION2 -> visitor.function(strings.text());
            case Opcode.MODULE_AUX -> {
                String module = ModuleValues.name(strings.length());
                // When it is loaded, as an opcode and a number, then the data.
                strings.length();
                strings.length();
                ModuleValues.skipFields(strings);
                visitor.moduleData(module);
            }
            case Opcode.FUNCTION_PRE_GA ->
                throw input.malformed("functions of Redis 7.0 release candidates are not read");
            default -> throw unknown(opcode);
        }
    }

    private MalformedSnapshot unknown(int opcode) {
        return input.malformed(input.offset() - 1, "opcode " + opcode + " is not known in " + format);
    }

    /// Reads the checksum that follows the end and compares it with that of all before.
    static Checksum verify(RdbFormat format, RdbInput input, long computed) {
        if (format.version() < CHECKSUM_SINCE) {
            return Checksum.ABSENT;
        }
        long at = input.offset();
        long stored = input.longLittleEndian();
        if (stored != 0 && stored != computed) {
            throw input.malformed(
                    at,
                    "the checksum is wrong: the file says " + Long.toHexString(stored) + ", its content gives "
                            + Long.toHexString(computed));
        }
        return stored == 0 ? Checksum.DISABLED : Checksum.VERIFIED;
    }
}

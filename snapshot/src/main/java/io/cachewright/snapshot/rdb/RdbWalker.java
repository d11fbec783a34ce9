package io.cachewright.snapshot.rdb;

import io.cachewright.domain.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

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

    private final RdbInput input;
    private final RdbStrings strings;
    private final RdbVisitor visitor;
    private final RdbValues values;
    private final RdbKey key = new RdbKey();
    private RdbFormat format = new RdbFormat(Engine.REDIS, 0);

    private RdbWalker(RdbInput input, RdbVisitor visitor) {
        this.input = input;
        this.strings = new RdbStrings(input);
        this.visitor = visitor;
        this.values = new RdbValues(strings, visitor);
    }

    /// Walks an RDB file, or the RDB part at the start of an append-only file; gives where it ends.
    ///
    /// @throws MalformedSnapshot when it is truncated, damaged or of an unknown format
    /// @throws UncheckedIOException when it cannot be read
    public static long walk(Path file, RdbVisitor visitor, Progress progress) {
        try (RdbInput input = new RdbInput(file)) {
            return new RdbWalker(input, visitor).walk(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long walk(Progress progress) {
        header();
        long nextProgress = PROGRESS_BYTES;
        long keyFrom = -1;
        while (true) {
            long at = input.offset();
            if (at >= nextProgress) {
                progress.at(at, input.size());
                nextProgress = at + PROGRESS_BYTES;
            }
            int opcode = input.unsignedByte();
            if (opcode < Opcode.FIRST) {
                key(opcode, keyFrom < 0 ? at : keyFrom);
                keyFrom = -1;
            } else if (Opcode.isOfKey(opcode, format.engine())) {
                keyFrom = keyFrom < 0 ? at : keyFrom;
                attribute(opcode);
            } else if (opcode == Opcode.EOF) {
                return end(progress);
            } else {
                section(opcode);
            }
        }
    }

    private void header() {
        if (input.available(MAGIC_BYTES) < MAGIC_BYTES) {
            throw input.malformed("no RDB file: it is shorter than the header of one");
        }
        String magic = new String(input.copy(MAGIC_BYTES), StandardCharsets.ISO_8859_1);
        boolean valkey = magic.startsWith("VALKEY");
        String digits = magic.substring(valkey ? 6 : 5);
        if (!(valkey || magic.startsWith("REDIS")) || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw input.malformed(0, "no RDB file: it does not begin with REDIS or VALKEY and a version");
        }
        format = new RdbFormat(valkey ? Engine.VALKEY : Engine.REDIS, Integer.parseInt(digits));
        boolean known = valkey
                ? format.version() >= RdbFormat.VALKEY_VERSION_MIN && format.version() <= RdbFormat.VALKEY_VERSION_MAX
                : format.version() >= 1 && format.version() <= RdbFormat.REDIS_VERSION_MAX;
        if (!known) {
            throw input.malformed(
                    0,
                    format + " is not known here; known are versions 1 to " + RdbFormat.REDIS_VERSION_MAX
                            + " of Redis and " + RdbFormat.VALKEY_VERSION_MAX + " of Valkey");
        }
        visitor.format(format);
        values.valkeyTypes(valkey);
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
            values.skipModuleFields();
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
                String module = RdbValues.moduleName(strings.length());
                // When it is loaded, as an opcode and a number, then the data.
                strings.length();
                strings.length();
                values.skipModuleFields();
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

    private long end(Progress progress) {
        long computed = input.checksum();
        Checksum checksum = Checksum.ABSENT;
        if (format.version() >= CHECKSUM_SINCE) {
            long at = input.offset();
            long stored = input.longLittleEndian();
            if (stored != 0 && stored != computed) {
                throw input.malformed(
                        at,
                        "the checksum is wrong: the file says " + Long.toHexString(stored) + ", its content gives "
                                + Long.toHexString(computed));
            }
            checksum = stored == 0 ? Checksum.DISABLED : Checksum.VERIFIED;
        }
        progress.at(input.size(), input.size());
        visitor.end(checksum);
        return input.offset();
    }
}

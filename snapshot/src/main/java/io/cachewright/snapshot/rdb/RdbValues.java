package io.cachewright.snapshot.rdb;

import java.util.Locale;

/// Reads the values, type by type.
///
/// The numbers of the types are those of `rdb.h`. Type 22 is a hash with expiring fields in both engines, laid out
/// differently.
final class RdbValues {

    static final int STRING = 0;
    static final int LIST = 1;
    static final int SET = 2;
    static final int ZSET = 3;
    static final int HASH = 4;
    static final int ZSET_2 = 5;
    private static final int MODULE_2 = 7;
    static final int HASH_ZIPMAP = 9;
    static final int LIST_ZIPLIST = 10;
    static final int SET_INTSET = 11;
    static final int ZSET_ZIPLIST = 12;
    static final int HASH_ZIPLIST = 13;
    static final int LIST_QUICKLIST = 14;
    static final int STREAM_LISTPACKS = 15;
    static final int HASH_LISTPACK = 16;
    static final int ZSET_LISTPACK = 17;
    static final int LIST_QUICKLIST_2 = 18;
    static final int STREAM_LISTPACKS_2 = 19;
    static final int SET_LISTPACK = 20;
    static final int STREAM_LISTPACKS_3 = 21;
    /// In files of Valkey the same number is its own hash with expiring fields.
    static final int HASH_METADATA_PRE_GA = 22;
    static final int HASH_LISTPACK_EX_PRE_GA = 23;
    static final int HASH_METADATA = 24;
    static final int HASH_LISTPACK_EX = 25;
    static final int STREAM_LISTPACKS_4 = 26;

    static final int QUICKLIST_PLAIN = 1;
    private static final int QUICKLIST_PACKED = 2;

    /// Lengths that mark a score that is no number: not a number, +inf, -inf.
    static final int SCORE_SPECIAL_MIN = 253;

    private static final long EXPIRES_NEVER = -1;

    /// So much of a field's name is told.
    private static final int FIELD_NAME_BYTES = 64;

    private static final int MODULE_NAME_LENGTH = 9;
    private static final String MODULE_NAME_ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final RdbStrings strings;
    private final RdbInput input;
    private final RdbVisitor visitor;
    private final PackedValues packed = new PackedValues();
    private final RadixTreeSize tree = new RadixTreeSize();
    private final byte[] fieldName = new byte[FIELD_NAME_BYTES];
    private final PackedValues.ElementSink tellElement;
    private final boolean valkey;

    RdbValues(RdbStrings strings, RdbVisitor visitor, boolean valkey) {
        this.strings = strings;
        this.input = strings.input;
        this.visitor = visitor;
        this.tellElement = visitor::packedElement;
        this.valkey = valkey;
    }

    /// Whether a byte can begin a key, in any format.
    static boolean mayBeType(int opcode) {
        return opcode <= STREAM_LISTPACKS_4;
    }

    ValueType type(int type, long at) {
        return switch (type) {
            case STRING -> ValueType.STRING;
            case LIST, LIST_ZIPLIST, LIST_QUICKLIST, LIST_QUICKLIST_2 -> ValueType.LIST;
            case SET, SET_INTSET, SET_LISTPACK -> ValueType.SET;
            case ZSET, ZSET_2, ZSET_ZIPLIST, ZSET_LISTPACK -> ValueType.SORTED_SET;
            case HASH, HASH_ZIPMAP, HASH_ZIPLIST, HASH_LISTPACK, HASH_METADATA_PRE_GA -> ValueType.HASH;
            case STREAM_LISTPACKS, STREAM_LISTPACKS_2, STREAM_LISTPACKS_3 -> ValueType.STREAM;
            case MODULE_2 -> ValueType.MODULE;
            case HASH_LISTPACK_EX_PRE_GA, HASH_METADATA, HASH_LISTPACK_EX -> {
                requireRedis(type, at);
                yield ValueType.HASH;
            }
            case STREAM_LISTPACKS_4 -> {
                requireRedis(type, at);
                yield ValueType.STREAM;
            }
            default -> throw input.malformed(at, "value type " + type + " is not known");
        };
    }

    private void requireRedis(int type, long at) {
        if (valkey) {
            throw input.malformed(at, "value type " + type + " is not known in files of Valkey");
        }
    }

    void value(int type) {
        switch (type) {
            case STRING -> {
                boolean integer = strings.skipAndTellInteger();
                visitor.string(strings.length, integer);
            }
            case LIST -> plainList();
            case SET -> set();
            case ZSET -> sortedSet(false);
            case ZSET_2 -> sortedSet(true);
            case HASH -> hash();
            case MODULE_2 -> {
                String module = moduleName(strings.length());
                skipModuleFields();
                visitor.module(module);
            }
            case HASH_ZIPMAP -> packed(PackedForm.ZIPMAP);
            case LIST_ZIPLIST -> {
                visitor.list(1);
                packed(PackedForm.ZIPLIST);
            }
            case SET_INTSET -> packed(PackedForm.INTSET);
            case ZSET_ZIPLIST, HASH_ZIPLIST -> packed(PackedForm.ZIPLIST);
            case HASH_LISTPACK, ZSET_LISTPACK, SET_LISTPACK -> packed(PackedForm.LISTPACK);
            case LIST_QUICKLIST -> quicklist(false);
            case LIST_QUICKLIST_2 -> quicklist(true);
            case STREAM_LISTPACKS, STREAM_LISTPACKS_2, STREAM_LISTPACKS_3, STREAM_LISTPACKS_4 -> stream(type);
            case HASH_METADATA_PRE_GA -> {
                if (valkey) {
                    hashOfValkey();
                } else {
                    hashWithExpiry(false);
                }
            }
            case HASH_METADATA -> hashWithExpiry(true);
            case HASH_LISTPACK_EX_PRE_GA -> packed(PackedForm.LISTPACK_WITH_EXPIRY);
            case HASH_LISTPACK_EX -> {
                input.skip(Long.BYTES);
                packed(PackedForm.LISTPACK_WITH_EXPIRY);
            }
            default -> throw new AssertionError(type);
        }
    }

    private void packed(PackedForm form) {
        long at = input.offset();
        int available = strings.peek(PackedValues.HEADER_BYTES);
        try {
            long count = PackedValues.count(form, strings.piece, strings.pieceFrom, available, strings.length);
            if (count < 0) {
                strings.finishWhole();
                int length = (int) strings.length;
                count = packed.countByWalking(form, strings.piece, strings.pieceFrom, length);
                if (visitor.packed(form, strings.length, count)) {
                    tell(form, length);
                }
            } else if (visitor.packed(form, strings.length, count)) {
                strings.finishWhole();
                tell(form, (int) strings.length);
            } else {
                strings.finish();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw input.malformed(at, "a " + form.name().toLowerCase(Locale.ROOT) + " contradicts itself");
        }
    }

    private void tell(PackedForm form, int length) {
        packed.walk(form, strings.piece, strings.pieceFrom, length, visitor.packedElementBytesMin(), tellElement);
    }

    private void plainList() {
        long count = strings.count("elements", 1);
        visitor.list(count);
        for (long i = 0; i < count; i++) {
            strings.skip();
            visitor.element(strings.length, strings.number);
        }
    }

    private void quicklist(boolean second) {
        long nodes = strings.count("nodes", 2);
        visitor.list(nodes);
        for (long i = 0; i < nodes; i++) {
            int container = QUICKLIST_PACKED;
            if (second) {
                container = (int) strings.length();
                if (container != QUICKLIST_PLAIN && container != QUICKLIST_PACKED) {
                    throw input.malformed("a list node is neither plain nor packed");
                }
            }
            if (container == QUICKLIST_PLAIN) {
                strings.skip();
                visitor.element(strings.length, false);
            } else {
                packed(second ? PackedForm.LISTPACK : PackedForm.ZIPLIST);
            }
        }
    }

    private void set() {
        long count = strings.count("members", 1);
        visitor.table(count);
        for (long i = 0; i < count; i++) {
            strings.skip();
            visitor.element(strings.length, strings.number);
        }
    }

    private void sortedSet(boolean binaryScores) {
        long count = strings.count("members", 2);
        visitor.table(count);
        for (long i = 0; i < count; i++) {
            strings.skip();
            long length = strings.length;
            boolean number = strings.number;
            if (binaryScores) {
                input.skip(Double.BYTES);
            } else {
                int size = input.unsignedByte();
                input.skip(size < SCORE_SPECIAL_MIN ? size : 0);
            }
            visitor.element(length, number);
        }
    }

    private void hash() {
        long count = strings.count("fields", 2);
        visitor.table(count);
        for (long i = 0; i < count; i++) {
            field();
            strings.skip();
            visitor.element(strings.length, strings.number);
        }
    }

    private void field() {
        int kept = strings.skipKeepingStart(fieldName, FIELD_NAME_BYTES);
        visitor.field(strings.length, strings.number, fieldName, kept);
    }

    /// Redis 7.4: the expiry of each field before it; relative to the earliest, plus one, since the general release.
    private void hashWithExpiry(boolean relative) {
        long earliest = relative ? input.longLittleEndian() : 0;
        long count = strings.count("fields", 3);
        visitor.table(count);
        for (long i = 0; i < count; i++) {
            long expiry = strings.length();
            if (expiry != 0) {
                visitor.fieldExpiry(relative ? earliest + expiry - 1 : expiry);
            }
            field();
            strings.skip();
            visitor.element(strings.length, strings.number);
        }
    }

    /// Valkey 9: the expiry of each field after its value; −1 where there is none.
    private void hashOfValkey() {
        long count = strings.count("fields", 2 + Long.BYTES);
        visitor.table(count);
        for (long i = 0; i < count; i++) {
            int kept = strings.skipKeepingStart(fieldName, FIELD_NAME_BYTES);
            long fieldBytes = strings.length;
            boolean fieldNumber = strings.number;
            strings.skip();
            long expiry = input.longLittleEndian();
            if (expiry != EXPIRES_NEVER) {
                visitor.fieldExpiry(expiry);
            }
            visitor.field(fieldBytes, fieldNumber, fieldName, kept);
            visitor.element(strings.length, strings.number);
        }
    }

    private void stream(int type) {
        boolean second = type != STREAM_LISTPACKS;
        boolean third = second && type != STREAM_LISTPACKS_2;
        long nodes = strings.count("nodes", RadixTreeSize.ID_BYTES);
        tree.reset();
        for (long i = 0; i < nodes; i++) {
            strings.read();
            if (strings.length != RadixTreeSize.ID_BYTES) {
                throw input.malformed("the key of a stream node is no id");
            }
            tree.add(strings.piece, strings.pieceFrom);
            streamNode();
        }
        long entries = strings.length();
        if (entries < 0 || (entries > 0 && nodes == 0)) {
            throw input.malformed("a stream of " + Long.toUnsignedString(entries) + " entries has no nodes");
        }
        skipLengths(2);
        if (second) {
            // First id, greatest deleted id, entries ever added.
            skipLengths(5);
        }
        visitor.streamEnd(entries, tree.finish());
        long groups = strings.count("consumer groups", 5);
        for (long i = 0; i < groups; i++) {
            group(second, third);
        }
        if (type == STREAM_LISTPACKS_4) {
            idempotentProducers();
        }
    }

    private void streamNode() {
        long at = input.offset();
        int available = strings.peek(PackedValues.HEADER_BYTES);
        try {
            PackedValues.count(PackedForm.LISTPACK, strings.piece, strings.pieceFrom, available, strings.length);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw input.malformed(at, "a listpack contradicts itself");
        }
        strings.finish();
        visitor.streamNode(strings.length);
    }

    private void group(boolean second, boolean third) {
        strings.skip();
        long nameBytes = strings.length;
        skipLengths(second ? 3 : 2);
        long pending = strings.count("pending entries", RadixTreeSize.ID_BYTES + Long.BYTES + 1);
        tree.reset();
        for (long i = 0; i < pending; i++) {
            id();
            input.skip(Long.BYTES);
            strings.length();
        }
        visitor.group(nameBytes, tree.finish());
        long consumers = strings.count("consumers", 1 + Long.BYTES);
        for (long i = 0; i < consumers; i++) {
            strings.skip();
            long consumerBytes = strings.length;
            input.skip(third ? 2L * Long.BYTES : Long.BYTES);
            long owned = strings.count("pending entries", RadixTreeSize.ID_BYTES);
            tree.reset();
            for (long j = 0; j < owned; j++) {
                id();
            }
            visitor.consumer(consumerBytes, tree.finish());
        }
    }

    private void id() {
        input.require(RadixTreeSize.ID_BYTES);
        tree.add(input.buffer, input.position);
        input.position += RadixTreeSize.ID_BYTES;
    }

    /// Redis 8.6: duration, entries at most, (producer (id of the producer's, entry id)*)*, added, refused.
    private void idempotentProducers() {
        skipLengths(2);
        long producers = strings.count("producers", 2);
        for (long i = 0; i < producers; i++) {
            strings.skip();
            long ids = strings.count("ids", 3);
            for (long j = 0; j < ids; j++) {
                strings.skip();
                skipLengths(2);
            }
        }
        skipLengths(2);
    }

    private void skipLengths(int count) {
        for (int i = 0; i < count; i++) {
            strings.length();
        }
    }

    /// (opcode value)* 0, as every module writes.
    void skipModuleFields() {
        while (true) {
            int opcode = (int) strings.length();
            switch (opcode) {
                case 0 -> {
                    return;
                }
                case 1, 2 -> strings.length();
                case 3 -> input.skip(Float.BYTES);
                case 4 -> input.skip(Double.BYTES);
                case 5 -> strings.skip();
                default -> throw input.malformed("opcode " + opcode + " is none of a module's value");
            }
        }
    }

    /// Nine characters of six bits each; the last ten bits are the version of its encoding.
    static String moduleName(long id) {
        StringBuilder name = new StringBuilder(MODULE_NAME_LENGTH);
        for (int i = 0; i < MODULE_NAME_LENGTH; i++) {
            name.append(MODULE_NAME_ALPHABET.charAt((int) (id >>> (58 - 6 * i)) & 0x3f));
        }
        return name.toString();
    }
}

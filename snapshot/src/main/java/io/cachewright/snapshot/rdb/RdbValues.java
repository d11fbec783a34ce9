package io.cachewright.snapshot.rdb;

import java.util.Locale;

/// Reads the values, type by type.
final class RdbValues {

    static final int QUICKLIST_PLAIN = 1;
    private static final int QUICKLIST_PACKED = 2;

    /// Lengths that mark a score that is no number: not a number, +inf, -inf.
    static final int SCORE_SPECIAL_MIN = 253;

    private static final long EXPIRES_NEVER = -1;

    /// So much of a field's name is told.
    private static final int FIELD_NAME_BYTES = 64;

    private final RdbStrings strings;
    private final RdbInput input;
    private final RdbVisitor visitor;
    private final PackedValues packed = new PackedValues();
    private final StreamValues streams;
    private final byte[] fieldName = new byte[FIELD_NAME_BYTES];
    private final PackedValues.ElementSink tellElement;
    private final boolean valkey;

    RdbValues(RdbStrings strings, RdbVisitor visitor, boolean valkey) {
        this.strings = strings;
        this.input = strings.input;
        this.visitor = visitor;
        this.streams = new StreamValues(strings, visitor);
        this.tellElement = visitor::packedElement;
        this.valkey = valkey;
    }

    ValueType type(int number, long at) {
        ValueType type = TypeNumber.of(number, valkey);
        if (type == null) {
            throw input.malformed(at, "value type " + number + " is not known" + (valkey ? " in files of Valkey" : ""));
        }
        return type;
    }

    void value(int type) {
        switch (type) {
            case TypeNumber.STRING -> {
                boolean integer = strings.skipAndTellInteger();
                visitor.string(strings.length, integer);
            }
            case TypeNumber.LIST -> plainList();
            case TypeNumber.SET -> set();
            case TypeNumber.ZSET -> sortedSet(false);
            case TypeNumber.ZSET_2 -> sortedSet(true);
            case TypeNumber.HASH -> hash();
            case TypeNumber.MODULE_2 -> {
                String module = ModuleValues.name(strings.length());
                ModuleValues.skipFields(strings);
                visitor.module(module);
            }
            case TypeNumber.HASH_ZIPMAP -> packed(PackedForm.ZIPMAP);
            case TypeNumber.LIST_ZIPLIST -> {
                visitor.list(1);
                packed(PackedForm.ZIPLIST);
            }
            case TypeNumber.SET_INTSET -> packed(PackedForm.INTSET);
            case TypeNumber.ZSET_ZIPLIST, TypeNumber.HASH_ZIPLIST -> packed(PackedForm.ZIPLIST);
            case TypeNumber.HASH_LISTPACK, TypeNumber.ZSET_LISTPACK, TypeNumber.SET_LISTPACK ->
                packed(PackedForm.LISTPACK);
            case TypeNumber.LIST_QUICKLIST -> quicklist(false);
            case TypeNumber.LIST_QUICKLIST_2 -> quicklist(true);
            case TypeNumber.STREAM_LISTPACKS,
                    TypeNumber.STREAM_LISTPACKS_2,
                    TypeNumber.STREAM_LISTPACKS_3,
                    TypeNumber.STREAM_LISTPACKS_4 -> streams.stream(type);
            case TypeNumber.HASH_METADATA_PRE_GA -> {
                if (valkey) {
                    hashOfValkey();
                } else {
                    hashWithExpiry(false);
                }
            }
            case TypeNumber.HASH_METADATA -> hashWithExpiry(true);
            case TypeNumber.HASH_LISTPACK_EX_PRE_GA -> packed(PackedForm.LISTPACK_WITH_EXPIRY);
            case TypeNumber.HASH_LISTPACK_EX -> {
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
            } else if (visitor.packed(form, strings.length, count) && isWorthUnpacking(form)) {
                strings.finishWhole();
                tell(form, (int) strings.length);
            } else {
                strings.finish();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw input.malformed(at, "a " + form.name().toLowerCase(Locale.ROOT) + " contradicts itself");
        }
    }

    private boolean isWorthUnpacking(PackedForm form) {
        int least = visitor.packedElementBytesMin();
        if (form != PackedForm.LISTPACK || least == 0 || strings.length > Integer.MAX_VALUE) {
            return true;
        }
        strings.peekOn((int) PackedValues.startToTell(strings.length, least));
        return PackedValues.mayHold(least, strings.piece, strings.pieceFrom, strings.length);
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
}

package io.cachewright.snapshot.rdb;

import org.jspecify.annotations.Nullable;

/// The numbers of `rdb.h` that say how a value is written.
///
/// Type 22 is a hash with expiring fields in both engines, laid out differently.
final class TypeNumber {

    static final int STRING = 0;
    static final int LIST = 1;
    static final int SET = 2;
    static final int ZSET = 3;
    static final int HASH = 4;
    static final int ZSET_2 = 5;
    static final int MODULE_2 = 7;
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

    private TypeNumber() {}

    /// Whether a byte can begin a key, in any format.
    static boolean mayBe(int opcode) {
        return opcode <= STREAM_LISTPACKS_4;
    }

    /// Null for what the engine does not write.
    static @Nullable ValueType of(int number, boolean valkey) {
        return switch (number) {
            case STRING -> ValueType.STRING;
            case LIST, LIST_ZIPLIST, LIST_QUICKLIST, LIST_QUICKLIST_2 -> ValueType.LIST;
            case SET, SET_INTSET, SET_LISTPACK -> ValueType.SET;
            case ZSET, ZSET_2, ZSET_ZIPLIST, ZSET_LISTPACK -> ValueType.SORTED_SET;
            case HASH, HASH_ZIPMAP, HASH_ZIPLIST, HASH_LISTPACK, HASH_METADATA_PRE_GA -> ValueType.HASH;
            case STREAM_LISTPACKS, STREAM_LISTPACKS_2, STREAM_LISTPACKS_3 -> ValueType.STREAM;
            case MODULE_2 -> ValueType.MODULE;
            case HASH_LISTPACK_EX_PRE_GA, HASH_METADATA, HASH_LISTPACK_EX -> valkey ? null : ValueType.HASH;
            case STREAM_LISTPACKS_4 -> valkey ? null : ValueType.STREAM;
            default -> null;
        };
    }
}

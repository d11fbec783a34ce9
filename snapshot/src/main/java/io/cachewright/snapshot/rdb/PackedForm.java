package io.cachewright.snapshot.rdb;

/// How a packed value is laid out.
public enum PackedForm {
    ZIPMAP,
    ZIPLIST,
    LISTPACK,
    /// A listpack of field, value and expiry, for hashes whose fields expire.
    LISTPACK_WITH_EXPIRY,
    INTSET
}

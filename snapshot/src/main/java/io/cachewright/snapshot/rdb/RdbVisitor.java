package io.cachewright.snapshot.rdb;

/// What to make of an RDB file. Called by [RdbWalker] in the order of the file, from one thread.
///
/// ```text
/// format auxiliary* (function | moduleData | database | expected | slot | KEY)* end
/// KEY   = key VALUE keyEnd
/// VALUE = string | packed packedElement* | table TABLE* | list LIST* | stream STREAM | module
/// TABLE = element | fieldExpiry? field element        a set or sorted set, or a hash
/// LIST  = packed packedElement* | element             a node, or an element that is a node by itself
/// STREAM = streamNode* streamEnd (group consumer*)*
/// ```
///
/// Whatever is not overridden is not made anything of. Lengths of strings are those of the strings themselves, not of
/// their compressed form.
public interface RdbVisitor {

    default void format(RdbFormat format) {}

    default void auxiliary(String name, String value) {}

    /// A function library.
    default void function(String code) {}

    /// Data that a module keeps besides its keys.
    default void moduleData(String module) {}

    default void database(int number) {}

    /// How many keys the writer announced for the current database, and how many of them expire.
    default void expected(long keys, long expiring) {}

    /// The same for a slot of a cluster.
    default void slot(int slot, long keys, long expiring) {}

    /// A key begins. `key` is reused for the next one, and its name stands in a buffer that is, too.
    default void key(RdbKey key) {}

    /// @param integer whether the server keeps it as a number
    default void string(long bytes, boolean integer) {}

    /// One blob that holds all elements, or the next node of a list; gives whether its elements are to be told, too.
    ///
    /// @param bytes of the blob
    /// @param elements fields and values count one each
    default boolean packed(PackedForm form, long bytes, long elements) {
        return false;
    }

    /// Elements of packed values below this need not be told, but for those that stand before one that is; asked after
    /// [#packed] has said that they are to be told.
    default int packedElementBytesMin() {
        return 0;
    }

    /// An element of the packed value, valid during the call; numbers are given as their digits.
    default void packedElement(long index, byte[] bytes, int from, int length) {}

    /// A value of separate elements begins: a set, a sorted set or a hash by type.
    default void table(long elements) {}

    /// A list of nodes begins.
    default void list(long nodes) {}

    /// An element of a set, sorted set, list, or the value of a hash field.
    ///
    /// @param integer whether it is a number
    default void element(long bytes, boolean integer) {}

    /// A field of a hash; its value follows. The first bytes of its name stand in `name` while it is being told,
    /// `nameLength` being 0 where they are compressed.
    default void field(long bytes, boolean integer, byte[] name, int nameLength) {}

    /// The next field expires at this time, in ms since 1970.
    default void fieldExpiry(long at) {}

    /// A node of a stream.
    default void streamNode(long listpackBytes) {}

    /// @param tree of the ids of the nodes
    default void streamEnd(long entries, RadixTree tree) {}

    /// @param pending the tree of the entries that were delivered and not acknowledged
    default void group(long nameBytes, RadixTree pending) {}

    /// @param pending the tree of those that were delivered to it
    default void consumer(long nameBytes, RadixTree pending) {}

    /// The value of a module, which was skipped.
    default void module(String module) {}

    /// @param fileBytes what the key took in the file, with its name and its expiry
    default void keyEnd(long fileBytes) {}

    default void end(Checksum checksum) {}
}

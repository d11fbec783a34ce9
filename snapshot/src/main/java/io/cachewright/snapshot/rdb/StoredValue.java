package io.cachewright.snapshot.rdb;

import java.util.List;

/// What a key of an RDB file holds, as far as it was read. Numbers are given as their digits, as a server answers them.
/// Callers must not change the arrays.
// Values are looked into and passed on; nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface StoredValue {

    /// A string of `length` bytes, of which the first are given.
    record Text(byte[] head, long length) implements StoredValue {}

    record Listed(List<byte[]> elements) implements StoredValue {}

    record Members(List<byte[]> members) implements StoredValue {}

    /// @param membersAndScores in turn
    record Scored(List<byte[]> membersAndScores) implements StoredValue {}

    /// @param fieldsAndValues in turn
    record Fields(List<byte[]> fieldsAndValues) implements StoredValue {}

    /// @param newest fields and values of the newest entry in turn; empty when there is none
    /// @param pending entries delivered and not acknowledged, over all groups
    /// @param lag entries not yet delivered to the slowest group; −1 when the file does not tell
    record Stream(List<byte[]> newest, long entries, int groups, long pending, long lag) implements StoredValue {}

    /// @param reason one clause for people
    record Unread(String reason) implements StoredValue {}
}

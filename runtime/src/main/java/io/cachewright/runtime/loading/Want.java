package io.cachewright.runtime.loading;

/// A key that is wanted from its source, and what was found in the server instead.
///
/// @param seenNanos when that was looked up: a load that ended after it need not be repeated
/// @param freshAboveMillis a value in the server with more than this to live left is newer than what was found
/// @param seenTail the last bytes of a value that is there but void or cannot be read, so that it is not taken
///     for a new one; empty when there is none
/// @param mayFill whether the server may be filled: not where another release's value lives that is sound for it
// Nobody compares wants.
@SuppressWarnings("ArrayRecordComponent")
public record Want(String key, long seenNanos, long freshAboveMillis, byte[] seenTail, boolean mayFill) {

    /// How many bytes at the end of a value tell it from another one: its checksum is among them.
    public static final int TAIL_BYTES = 8;

    /// For a key under which there is a value that ends in `tail` and cannot be read.
    public static Want insteadOf(String key, long seenNanos, long freshAboveMillis, byte[] tail, boolean mayFill) {
        return new Want(key, seenNanos, freshAboveMillis, tail, mayFill);
    }

    /// For a key that has nothing in the server, or only what has expired.
    public static Want of(String key, long seenNanos, long freshAboveMillis) {
        return new Want(key, seenNanos, freshAboveMillis, new byte[0], true);
    }

    /// For a key whose server cannot be had: nobody waits for it to be filled too.
    public static Want withoutServer(String key, long seenNanos) {
        return new Want(key, seenNanos, 0, new byte[0], false);
    }

    /// The same, looked up at `nanos`.
    public Want seenAt(long nanos) {
        return new Want(key, nanos, freshAboveMillis, seenTail, mayFill);
    }
}

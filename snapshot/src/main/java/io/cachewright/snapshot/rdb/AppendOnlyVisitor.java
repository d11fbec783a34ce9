package io.cachewright.snapshot.rdb;

/// What to make of the commands of an append-only file.
public interface AppendOnlyVisitor {

    /// A command begins; its arguments follow, the name being the first.
    void command(int arguments);

    /// An argument, or the first [AppendOnlyWalker#ARGUMENT_BYTES_TOLD] bytes of a longer one; valid during the call.
    void argument(int index, byte[] bytes, int from, int length);

    void commandEnd();

    /// The commands that follow were written at this time (`aof-timestamp-enabled`).
    default void timestamp(long secondsSince1970) {}
}

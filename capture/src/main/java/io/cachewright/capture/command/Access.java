package io.cachewright.capture.command;

import java.util.OptionalLong;

/// One access to one key: what caches are simulated with.
///
/// @param timeNanos since 1970
/// @param database or [CapturedCommand#DATABASE_UNKNOWN]
/// @param valueBytes bytes of the value that a write brings or a read returned; of a change, the bytes it adds;
/// empty where the capture does not tell
public record Access(
        long timeNanos,
        int database,
        Key key,
        KeyAccess access,
        OptionalLong valueBytes,
        Expiry expiry,
        Outcome outcome) {

    /// What the command does to the key's time to live.
    public sealed interface Expiry {

        /// It stays as it is.
        record Unchanged() implements Expiry {}

        /// The key does not expire (any more).
        record Never() implements Expiry {}

        /// The key expires so many milliseconds after this access; at once when not positive.
        record After(long millis) implements Expiry {}
    }

    /// What a read found, as far as the answer was seen.
    public enum Outcome {
        HIT,
        MISS,
        /// A write, or the answer was not seen, or it does not tell.
        UNKNOWN
    }
}

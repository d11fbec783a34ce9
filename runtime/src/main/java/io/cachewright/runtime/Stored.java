package io.cachewright.runtime;

import io.cachewright.runtime.loading.Want;
import io.cachewright.runtime.wire.Envelope.Stamp;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a class with loading finds under one key in the server.
final class Stored<V> {

    /// A value without an end to its time to live ends so late that nobody sees it.
    static final long NEVER_NANOS = 100L * 365 * 86_400 * 1_000_000_000;

    /// Null when the source has none, and when it cannot be read.
    final @Nullable V value;
    final boolean isReadable;
    final long loadNanos;
    /// The end of its time to live; after it, it is only a last value.
    final long expiresNanos;
    /// Until then it is served without another thought.
    final long quietUntilNanos;
    /// What its tags and class must still be for it to count.
    final List<Stamp> stamps;
    private final byte[] tail;
    /// Whether it was written by another release, which can read it: it is left alone, or two releases beside
    /// each other would overwrite each other's values in turn.
    final boolean isForeign;
    /// What was loaded in its stead, for as long as it stays near.
    volatile @Nullable Stored<V> substitute;

    private Stored(
            @Nullable V value,
            boolean isReadable,
            long loadNanos,
            long expiresNanos,
            long quietUntilNanos,
            List<Stamp> stamps,
            byte[] bytes,
            boolean isForeign) {
        this.value = value;
        this.isReadable = isReadable;
        this.loadNanos = loadNanos;
        this.expiresNanos = expiresNanos;
        this.quietUntilNanos = quietUntilNanos;
        this.stamps = stamps;
        this.tail = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - Want.TAIL_BYTES), bytes.length);
        this.isForeign = isForeign;
    }

    static <V> Stored<V> readable(
            @Nullable V value,
            long loadNanos,
            long expiresNanos,
            long quietUntilNanos,
            List<Stamp> stamps,
            byte[] bytes) {
        return new Stored<>(value, true, loadNanos, expiresNanos, quietUntilNanos, stamps, bytes, false);
    }

    /// What was loaded and is in no server.
    static <V> Stored<V> unstored(@Nullable V value, long expiresNanos) {
        return readable(value, 0, expiresNanos, expiresNanos, List.of(), new byte[0]);
    }

    static <V> Stored<V> unreadable(byte[] bytes, long issuedNanos, boolean isForeign) {
        // Never quiet, not even to a clock that is late by a tick.
        return new Stored<>(null, false, 0, issuedNanos, issuedNanos - NEVER_NANOS, List.of(), bytes, isForeign);
    }

    /// Null when the source has none.
    ///
    /// @throws IllegalStateException when it cannot be read
    @Nullable
    V readValue() {
        if (!isReadable) {
            throw new IllegalStateException("the value in the server cannot be read");
        }
        return value;
    }

    /// How another value is told from this one.
    byte[] tail() {
        return tail;
    }
}

package io.cachewright.runtime;

import org.jspecify.annotations.Nullable;

/// A value in the near-cache and what is known about it; null when the key does not exist.
final class Entry<V> {

    /// Roughly what an entry costs beyond its encoded key and value: headers, node, references.
    private static final int OVERHEAD_BYTES = 96;

    final @Nullable V value;
    final long asOfNanos;
    final long expiresAtNanos;
    final long epoch;
    final int weight;

    Entry(@Nullable V value, long asOfNanos, long expiresAtNanos, long epoch, int encodedBytes) {
        this.value = value;
        this.asOfNanos = asOfNanos;
        this.expiresAtNanos = expiresAtNanos;
        this.epoch = epoch;
        this.weight = encodedBytes + OVERHEAD_BYTES;
    }

    /// The instant as of which nothing acknowledged is missing, when the link has proved `provedNanos`.
    long currentAsOf(long provedNanos) {
        return provedNanos - asOfNanos > 0 ? provedNanos : asOfNanos;
    }
}

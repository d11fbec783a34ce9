package io.cachewright.runtime.coherence;

import org.jspecify.annotations.Nullable;

/// The right to store the answer of one read, taken before the read is sent. An invalidation of the key, a drop of
/// everything or the loss of the link voids it: the answer still goes to its reader, but is not kept.
public final class Lease<K> {

    private final K key;
    private final long issuedNanos;
    private final long generation;

    /// Shared by all reads of the key since its last invalidation; null when this lease never allowed storing.
    final Leases.@Nullable Group group;

    /// The place of the answer among all answers of the link; zero until it came.
    long arrival;

    boolean ended;

    Lease(K key, long issuedNanos, long generation, Leases.@Nullable Group group) {
        this.key = key;
        this.issuedNanos = issuedNanos;
        this.generation = generation;
        this.group = group;
    }

    public K key() {
        return key;
    }

    /// When the read was issued: the answer is current as of this instant, or newer.
    public long issuedNanos() {
        return issuedNanos;
    }

    /// The place of its answer among all answers of the link; zero until it came.
    public long arrival() {
        return arrival;
    }

    /// The connection to send the read on; on any other the lease is worth nothing.
    public long generation() {
        return generation;
    }
}

package io.cachewright.runtime.coherence;

/// What one link proves, as readers see it: up to which instant no acknowledged write is missing from the entries of
/// the current epoch.
///
/// A reader who holds an entry must keep this order: [#provedNanos()] first, then whether the entry is still kept and
/// of the current [#epoch()], then the clock. What leaves the store is marked before the proof advances, so an entry
/// that is still kept after the proof was read has survived every invalidation that the proof covers.
public final class Proof {

    /// Long before any proof, yet far enough from the ends of `long` for ages to be subtracted.
    private static final long NEVER_NANOS = 100L * 365 * 86_400 * 1_000_000_000;

    /// Written before `provedNanos`, read after it: a reader sees at least the epoch that belongs to its proof.
    private long epoch;

    private volatile long provedNanos;

    Proof(long nowNanos) {
        provedNanos = nowNanos - NEVER_NANOS;
    }

    /// The send time of the newest request whose answer came back in order on the armed link.
    public long provedNanos() {
        return provedNanos;
    }

    /// Entries stored under an earlier epoch must not be used. Meaningful after a read of [#provedNanos()].
    public long epoch() {
        return epoch;
    }

    /// Whether `nanos` is newer than what is proved, and then proves it.
    boolean advance(long nanos) {
        if (nanos - provedNanos <= 0) {
            return false;
        }
        provedNanos = nanos;
        return true;
    }

    /// Starts a new epoch; the proof of the old one stays as it was until the next advance.
    long nextEpoch() {
        epoch++;
        long unchanged = provedNanos;
        // The volatile write publishes the epoch.
        provedNanos = unchanged;
        return epoch;
    }
}

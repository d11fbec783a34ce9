package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Proof;
import org.jspecify.annotations.Nullable;

/// A value in the near-cache and what is known about it; null when the key does not exist.
///
/* A reader that holds an entry asks in this order: what its link has proved, whether the entry is usable, what time it
 * is. An entry that is still usable after the proof was read has survived every invalidation that the proof covers,
 * since one that leaves the store is marked before the link proves anything newer; asked the other way round, an
 * entry that was dropped in between would be vouched for by a newer proof.
 */
final class Entry<V> {

    /// Roughly what an entry costs beyond its encoded key and value: headers, node, references.
    private static final int OVERHEAD_BYTES = 96;

    /// Before every epoch.
    private static final long GONE = Long.MIN_VALUE;

    final String key;
    final @Nullable V value;
    /// Of the link that the value came over.
    final Proof proof;
    final long expiresAtNanos;
    final int weight;
    /// As the codec or the server's log has it; [Codec#NO_VERSION] for none.
    final long version;
    private final long asOfNanos;
    private final long arrival;
    private final boolean isProvable;
    /// [#GONE] once it leaves the store: one field answers both of what a reader has to ask.
    private volatile long epoch;
    /// In which tick the store last heard that it is used. Readers race for it, and nothing depends on who wins.
    int usedTick;

    Entry(String key, @Nullable V value, long version, Origin origin, long expiresAtNanos, int encodedBytes) {
        this.key = key;
        this.value = value;
        this.version = version;
        this.proof = origin.proof;
        this.epoch = origin.epoch;
        this.asOfNanos = origin.asOfNanos;
        this.arrival = origin.arrival;
        this.isProvable = origin.isProvable;
        this.expiresAtNanos = expiresAtNanos;
        this.weight = encodedBytes + OVERHEAD_BYTES;
    }

    /// Where and when a value was read.
    ///
    /// @param epoch of the link, in the step in which the value is stored
    /// @param asOfNanos when the read was issued
    /// @param arrival its place among the answers of the link
    /// @param isProvable whether the link hears of every change of the key from now on
    record Origin(Proof proof, long epoch, long asOfNanos, long arrival, boolean isProvable) {}

    /// The same in a later epoch of its link, of which it was found untouched.
    Entry<V> in(long newEpoch) {
        Origin origin = new Origin(proof, newEpoch, asOfNanos, arrival, isProvable);
        return new Entry<>(key, value, version, origin, expiresAtNanos, weight - OVERHEAD_BYTES);
    }

    /// The same, proved up to `provedNanos` and no further: no later proof of its link holds for it.
    Entry<V> provedOnlyTo(long provedNanos) {
        Origin origin = new Origin(proof, epoch, currentAsOf(provedNanos), arrival, false);
        return new Entry<>(key, value, version, origin, expiresAtNanos, weight - OVERHEAD_BYTES);
    }

    /// Whether it came over the link of `link` in `ofEpoch`, and is kept near still.
    boolean isOf(Proof link, long ofEpoch) {
        return proof == link && epoch == ofEpoch && isProvable;
    }

    long arrival() {
        return arrival;
    }

    /// It leaves the store; said before it does.
    void gone() {
        epoch = GONE;
    }

    /// Whether what the link had proved before this call holds for the value.
    boolean isUsable() {
        return epoch >= proof.epoch();
    }

    /// The instant as of which nothing acknowledged is missing, when the link has proved `provedNanos`.
    long currentAsOf(long provedNanos) {
        return isProvable && provedNanos - asOfNanos > 0 ? provedNanos : asOfNanos;
    }

    /// Whether no reader of a class bounded by `boundNanos` is served it at `nowNanos` or later, whatever its link
    /// proves: its time is over, or it can only grow older and is too old already.
    boolean isPast(long nowNanos, long boundNanos) {
        return nowNanos - expiresAtNanos >= 0 || (!isProvable && nowNanos - asOfNanos > boundNanos);
    }
}

package io.cachewright.sizing.trace;

/// A share of all keys, picked by the hash of their ids: each key is in it with all its accesses or with none
/// (spatial sampling, as in SHARDS). The same share picks the same keys from every trace.
///
/// @param rate above 0, at most 1
public record KeySample(double rate) {

    private static final int BITS = 24;

    public KeySample {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("a sampling rate is above 0 and at most 1, was " + rate);
        }
    }

    /// All keys.
    public static KeySample all() {
        return new KeySample(1);
    }

    public boolean holds(long keyId) {
        return Hashing.mix(keyId) >>> (Long.SIZE - BITS) < rate * (1 << BITS);
    }

    @Override
    public String toString() {
        return rate == 1 ? "all keys" : "a sample of " + rate * 100 + " % of the keys";
    }
}

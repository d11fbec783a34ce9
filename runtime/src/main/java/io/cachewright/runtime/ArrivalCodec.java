package io.cachewright.runtime;

/// A codec that needs to know when and how long a value lives.
interface ArrivalCodec<V> extends Codec<V> {

    /// @param ttlMillis as `PTTL` gives it
    /// @param issuedNanos when the value was asked for, from which `ttlMillis` counts
    V decode(String key, byte[] bytes, long ttlMillis, long issuedNanos);

    @Override
    default V decode(byte[] bytes) {
        throw new UnsupportedOperationException("needs the arrival");
    }
}

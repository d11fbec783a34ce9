package io.cachewright.runtime;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A value as the codec reads it.
///
/// @param value null when there is none, or none that the codec can read
/// @param version the one that the library wrote before it, else the codec's; [Codec#NO_VERSION] for none
record Decoded<V>(@Nullable V value, long version) {

    static <V> Decoded<V> absent() {
        return new Decoded<>(null, Codec.NO_VERSION);
    }

    /// Reads the answer to a read of `key` that was issued at `issuedNanos`, with `ttlMillis` as `PTTL` gives it.
    ///
    /// @throws RuntimeException when the codec cannot read it
    static <V> Decoded<V> arrived(
            String key, byte[] bytes, long ttlMillis, long issuedNanos, Codec<V> codec, boolean isVersioned) {
        if (codec instanceof ArrivalCodec<V> arrivals) {
            byte[] payload = isVersioned && Version.of(bytes).isPresent() ? Version.payload(bytes) : bytes;
            V decoded = arrivals.decode(key, payload, ttlMillis, issuedNanos);
            return new Decoded<>(decoded, codec.versionOf(decoded));
        }
        return of(bytes, codec, isVersioned);
    }

    /// Reads `bytes`, which begin with a version where `isVersioned` and the writer was this library.
    ///
    /// @throws RuntimeException when the codec cannot read them
    static <V> Decoded<V> of(byte[] bytes, Codec<V> codec, boolean isVersioned) {
        OptionalLong version = isVersioned ? Version.of(bytes) : OptionalLong.empty();
        V value = codec.decode(version.isPresent() ? Version.payload(bytes) : bytes);
        return new Decoded<>(value, version.isPresent() ? version.getAsLong() : codec.versionOf(value));
    }
}

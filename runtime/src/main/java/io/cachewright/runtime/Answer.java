package io.cachewright.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What one read found and what is known about it.
///
/// @param value null when the key does not exist
/// @param versionOrMin the version that the codec reads from the value; `Long.MIN_VALUE` when it has none
/// @param ageNanos no write acknowledged longer ago than this is missing from the value
public record Answer<V>(@Nullable V value, long versionOrMin, long ageNanos, Source source) {

    /// The value; empty when the key does not exist.
    public Optional<V> toOptional() {
        return Optional.ofNullable(value);
    }

    /// The version within the value, where its codec knows one.
    public OptionalLong version() {
        return versionOrMin == Codec.NO_VERSION ? OptionalLong.empty() : OptionalLong.of(versionOrMin);
    }

    /// The bound on the value's age.
    public Duration age() {
        return Duration.ofNanos(ageNanos);
    }
}

package io.cachewright.snapshot;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What the writer of a snapshot noted of itself in auxiliary fields.
public final class SnapshotWriter {

    private static final int SECONDS_DIGITS_MAX = 11;

    private SnapshotWriter() {}

    /// Its engine and version; Redis names none before 3.2.
    public static Optional<ServerVersion> version(Map<String, String> auxiliary) {
        return ServerVersion.parse(Engine.VALKEY, auxiliary.getOrDefault("valkey-ver", ""))
                .or(() -> ServerVersion.parse(Engine.REDIS, auxiliary.getOrDefault("redis-ver", "")));
    }

    /// When it wrote.
    public static Optional<Instant> wroteAt(Map<String, String> auxiliary) {
        String seconds = auxiliary.getOrDefault("ctime", "");
        return !seconds.isEmpty()
                        && seconds.length() <= SECONDS_DIGITS_MAX
                        && seconds.chars().allMatch(Character::isDigit)
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                : Optional.empty();
    }
}

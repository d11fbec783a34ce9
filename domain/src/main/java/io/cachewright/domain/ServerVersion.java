package io.cachewright.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An engine and its version, for example Valkey 8.1.1. Versions compare within one engine only.
public record ServerVersion(Engine engine, int major, int minor, int patch) {

    private static final Pattern DIGITS = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?.*");

    /// Reads `7.0.15`, `8.1` and the like; empty when the text is no version.
    public static Optional<ServerVersion> parse(Engine engine, String text) {
        Matcher matcher = DIGITS.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String patch = matcher.group(3);
        return Optional.of(new ServerVersion(
                engine,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch)));
    }

    /// Whether this is that engine at that version or newer.
    public boolean isAtLeast(Engine thatEngine, int thatMajor, int thatMinor) {
        return engine == thatEngine && compareNumbers(new ServerVersion(thatEngine, thatMajor, thatMinor, 0)) >= 0;
    }

    /// Whether both are patches of one engine's major and minor version.
    public boolean isOfLineOf(ServerVersion other) {
        return engine == other.engine && major == other.major && minor == other.minor;
    }

    /// Whether this is the same engine at a lower version.
    public boolean isOlderThan(ServerVersion other) {
        return engine == other.engine && compareNumbers(other) < 0;
    }

    private int compareNumbers(ServerVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    /// Whether this server has what Redis had at that version. Valkey forked from Redis 7.2, so every Valkey has
    /// what Redis 7.2 and older had, and nothing that only later Redis versions brought.
    public boolean hasWhatRedisHadAt(int thatMajor, int thatMinor) {
        return switch (engine) {
            case REDIS -> isAtLeast(Engine.REDIS, thatMajor, thatMinor);
            case VALKEY -> thatMajor < 7 || (thatMajor == 7 && thatMinor <= 2);
        };
    }

    @Override
    public String toString() {
        return engine.label() + " " + major + "." + minor + "." + patch;
    }
}

package io.cachewright.sizing.server;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;

/// What stays the same about a server while its memory and its policy are varied. A value: each `with…` gives a
/// new one.
///
/// @param samples `maxmemory-samples`
/// @param lfuLogFactor `lfu-log-factor`
/// @param lfuDecayMinutes `lfu-decay-time`
/// @param hz `hz`, how often a second the server does its housekeeping
/// @param baselineBytes `used_memory` without any key, with its usual clients connected
/// @param seed of the model's random numbers, and of its hash function
public record ServerTraits(
        ServerVersion version,
        Allocator allocator,
        int samples,
        int lfuLogFactor,
        int lfuDecayMinutes,
        int hz,
        long baselineBytes,
        long seed) {

    /// `used_memory` of a Redis 7.0 with nothing in it and one client.
    private static final long BASELINE_BYTES_DEFAULT = 1_100_000;

    public ServerTraits {
        if (samples < 1 || samples > 64) {
            throw new IllegalArgumentException("maxmemory-samples is from 1 to 64, was " + samples);
        }
        if (hz < 1 || hz > 500) {
            throw new IllegalArgumentException("hz is from 1 to 500, was " + hz);
        }
        if (lfuLogFactor < 0 || lfuDecayMinutes < 0 || baselineBytes < 0) {
            throw new IllegalArgumentException("lfu-log-factor, lfu-decay-time and the baseline are not negative, were "
                    + lfuLogFactor + ", " + lfuDecayMinutes + " and " + baselineBytes);
        }
    }

    /// A server of that version with the defaults of its configuration file.
    public static ServerTraits of(ServerVersion version) {
        return new ServerTraits(version, Allocator.JEMALLOC, 5, 10, 1, 10, BASELINE_BYTES_DEFAULT, 1);
    }

    /// Redis 7.0.
    public static ServerTraits redis70() {
        return of(new ServerVersion(Engine.REDIS, 7, 0, 15));
    }

    public ServerTraits withAllocator(Allocator other) {
        return new ServerTraits(version, other, samples, lfuLogFactor, lfuDecayMinutes, hz, baselineBytes, seed);
    }

    public ServerTraits withSamples(int count) {
        return new ServerTraits(version, allocator, count, lfuLogFactor, lfuDecayMinutes, hz, baselineBytes, seed);
    }

    public ServerTraits withLfu(int logFactor, int decayMinutes) {
        return new ServerTraits(version, allocator, samples, logFactor, decayMinutes, hz, baselineBytes, seed);
    }

    public ServerTraits withBaseline(long bytes) {
        return new ServerTraits(version, allocator, samples, lfuLogFactor, lfuDecayMinutes, hz, bytes, seed);
    }

    public ServerTraits withSeed(long other) {
        return new ServerTraits(version, allocator, samples, lfuLogFactor, lfuDecayMinutes, hz, baselineBytes, other);
    }

    public TableLayout layout() {
        return TableLayout.of(version);
    }

    /// What a key with a string value costs on this server.
    public KeyFootprint stringFootprint() {
        return KeyFootprint.ofStrings(allocator, layout());
    }
}

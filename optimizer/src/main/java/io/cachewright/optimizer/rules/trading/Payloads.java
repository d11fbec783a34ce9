package io.cachewright.optimizer.rules.trading;

import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.profile.KeyFamily;

/// How much of the input large values make up, from totals: what the other commands cannot have carried.
///
/// @param largeBytesPerSecond input beyond what every command needs for itself
record Payloads(double bytesInPerSecond, double largeBytesPerSecond, double setsPerSecond, double publishesPerSecond) {

    /// A level in a JSON book of recorded feeds: 64 KB for 2 × 1,000 levels.
    static final double JSON_BYTES_PER_LEVEL = 32.8;

    /// A recorded delta of 36 levels, in JSON.
    static final double DELTA_BYTES = 1_156;

    /// Name of the command, key and a short argument in RESP.
    private static final double SMALL_COMMAND_BYTES = 100;

    static Payloads of(Situation situation) {
        double bytesIn = Situation.known(situation.profile().bytesInPerSecond());
        double commands = Situation.known(situation.profile().opsPerSecond());
        return new Payloads(
                bytesIn,
                Math.max(0, bytesIn - commands * SMALL_COMMAND_BYTES),
                Situation.known(situation.profile().callsPerSecond("set"))
                        + Situation.known(situation.profile().callsPerSecond("setex"))
                        + Situation.known(situation.profile().callsPerSecond("psetex")),
                Situation.known(situation.profile().callsPerSecond("publish"))
                        + Situation.known(situation.profile().callsPerSecond("spublish")));
    }

    /// Mean length of a family of strings.
    static double meanBytes(KeyFamily family) {
        return family.sampled().stream()
                .filter(key -> key.elements().isKnown())
                .mapToLong(key -> key.elements().orElse(0L))
                .average()
                .orElse(0);
    }
}

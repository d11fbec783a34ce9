package io.cachewright.optimizer.profile;

import io.cachewright.domain.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a deployment does, over the window of its evidence.
///
/// @param window how long the window was; every rate is per second of it
/// @param families groups of keys of one pattern, largest in bytes first; unavailable without a keyspace sample
/// @param commands rates per command, most server time first; unavailable without two readings of INFO
/// @param totalKeys over all logical databases
/// @param usedBytes `used_memory` at the end of the window; what the keys are estimated to take where INFO is
/// unavailable
/// @param opsPerSecond commands a second
/// @param bytesInPerSecond network input
/// @param bytesOutPerSecond network output
/// @param busyShare share of the window that the main thread spent in commands (0 to 1)
/// @param hitRatio hits / (hits + misses) over the window; unavailable when nothing was looked up
/// @param writeShare share of commands that write
public record WorkloadProfile(
        Duration window,
        Reading<List<KeyFamily>> families,
        Reading<List<CommandRate>> commands,
        Reading<Long> totalKeys,
        Reading<Long> usedBytes,
        Reading<Double> opsPerSecond,
        Reading<Double> bytesInPerSecond,
        Reading<Double> bytesOutPerSecond,
        Reading<Double> busyShare,
        Reading<Double> hitRatio,
        Reading<Double> writeShare) {

    /// The rate of one command (lower case), empty when it was not called or rates are unavailable.
    public Optional<CommandRate> command(String name) {
        return commands.toOptional().stream()
                .flatMap(List::stream)
                .filter(command -> command.name().equals(name))
                .findFirst();
    }

    /// Calls a second of one command; 0 when it was not called. Unavailable when rates are.
    public Reading<Double> callsPerSecond(String name) {
        return commands.map(_ -> command(name).map(CommandRate::callsPerSecond).orElse(0.0));
    }
}

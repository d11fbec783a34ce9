package io.cachewright.optimizer.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One entry of the slow log: arguments as the server trimmed them, values redacted to their length.
///
/// @param arguments name of the command, then key names; every other argument reads like `<12 bytes>`
/// @param inWindow whether it happened while evidence was collected
public record SlowCommand(
        long id, Instant at, Duration took, List<String> arguments, String clientAddress, boolean inWindow) {

    public SlowCommand {
        arguments = List.copyOf(arguments);
    }

    public String command() {
        return arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(java.util.Locale.ROOT);
    }
}

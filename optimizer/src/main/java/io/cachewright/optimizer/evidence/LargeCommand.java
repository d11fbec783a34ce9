package io.cachewright.optimizer.evidence;

import java.time.Instant;
import java.util.List;

/// One entry of COMMANDLOG large-request or large-reply (Valkey 8.1 and newer).
///
/// @param bytes size of the request or of the reply
public record LargeCommand(long id, Instant at, long bytes, List<String> arguments, boolean inWindow) {

    public LargeCommand {
        arguments = List.copyOf(arguments);
    }
}

package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.LargeCommand;
import io.cachewright.optimizer.evidence.SlowCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Reads the entries of SLOWLOG and COMMANDLOG.
///
/// @param since entries from this instant on, by the server's clock, happened while evidence was collected
record LogReader(Instant since) {

    List<SlowCommand> slow(Reply reply) {
        return reply.elements().stream().map(this::slowCommand).toList();
    }

    List<LargeCommand> large(Reply reply) {
        return reply.elements().stream().map(this::largeCommand).toList();
    }

    private SlowCommand slowCommand(Reply entry) {
        List<Reply> parts = entry.elements();
        Instant at = Instant.ofEpochSecond(parts.get(1).integer());
        return new SlowCommand(
                parts.get(0).integer(),
                at,
                Duration.of(parts.get(2).integer(), ChronoUnit.MICROS),
                arguments(parts.get(3)),
                parts.size() > 4 ? parts.get(4).text() : "",
                isInWindow(at));
    }

    private LargeCommand largeCommand(Reply entry) {
        List<Reply> parts = entry.elements();
        Instant at = Instant.ofEpochSecond(parts.get(1).integer());
        return new LargeCommand(
                parts.get(0).integer(), at, parts.get(2).integer(), arguments(parts.get(3)), isInWindow(at));
    }

    private static List<String> arguments(Reply reply) {
        return CommandArguments.kept(Replies.bytes(reply));
    }

    /// The log has whole seconds: the one that collection began in counts.
    private boolean isInWindow(Instant at) {
        return !at.isBefore(since.truncatedTo(ChronoUnit.SECONDS));
    }
}

package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LogPositions;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was written while a link was down, as far as the logs of its server reach back.
///
/// Reading begins right behind the request that switches tracking on, so that a write is logged before it or told
/// after it. A log proves something when the very entry up to which the old link had followed it is still there.
final class CatchUp {

    /// Entries of one log that are read at most; when there are more, everything that belongs to it is dropped.
    static final int ENTRIES_MAX = 10_000;

    private final LogKeys logs;
    private final Map<String, LogPositions.Position> from;
    private final Map<String, AsyncCommand<String, byte[], List<Object>>> reads = new HashMap<>();
    private final Map<String, Set<String>> written = new HashMap<>();

    CatchUp(LogKeys logs, Map<String, LogPositions.Position> from) {
        this.logs = logs;
        this.from = from;
        from.forEach((log, position) -> reads.put(log, Commands.xrange(log, position.id(), ENTRIES_MAX + 1)));
    }

    List<AsyncCommand<String, byte[], List<Object>>> commands() {
        return new ArrayList<>(reads.values());
    }

    /// To be called when all commands are answered.
    void finish() {
        reads.forEach((log, read) -> {
            if (!read.isCompletedExceptionally() && read.isDone()) {
                writtenSince(from.get(log), read.join()).ifPresent(keys -> written.put(log, keys));
            }
        });
    }

    private static Optional<Set<String>> writtenSince(LogPositions.@Nullable Position position, List<Object> answer) {
        Optional<List<LogEntry>> entries = LogEntry.parse(answer);
        if (position == null
                || entries.isEmpty()
                || entries.get().isEmpty()
                || entries.get().size() > ENTRIES_MAX) {
            return Optional.empty();
        }
        LogEntry first = entries.get().getFirst();
        if (!first.id().equals(position.id()) || !first.mark().equals(position.mark())) {
            return Optional.empty();
        }
        Set<String> keys = new HashSet<>();
        entries.get().stream().skip(1).map(LogEntry::key).forEach(keys::add);
        return Optional.of(keys);
    }

    /// Whether a value of `key` that came over the old link as its answer number `arrival` is still what
    /// the server holds.
    boolean isUntouched(String key, long arrival) {
        String log = logs.logOf(key);
        Set<String> keys = written.get(log);
        LogPositions.Position position = from.get(log);
        return keys != null && position != null && arrival <= position.arrivals() && !keys.contains(key);
    }

    /// Logs that reach back far enough.
    int logsProved() {
        return written.size();
    }
}

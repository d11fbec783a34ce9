package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LogPositions;
import io.cachewright.runtime.coherence.LogPositions.Position;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Follows the logs of writes of one link's server, and catches up with them after a gap. Guarded by the
/// link's monitor.
final class LogFollower {

    /// Logs that one link follows; in a cluster each slot has one.
    private static final int LOGS_MAX = 4_096;

    /// Ends of logs that are read with one heartbeat.
    private static final int READS_PER_HEARTBEAT = 64;

    private final LogKeys logs;
    private final Predicate<String> isLogged;
    private final LongSupplier arrivals;
    private final Object monitor;
    private final LogPositions<String> positions = new LogPositions<>(LOGS_MAX);
    private long nextHeartbeat;
    private long generation;

    /// @param isLogged whether the writes of a key are logged
    /// @param arrivals answers that have come over the link so far
    LogFollower(LogKeys logs, Predicate<String> isLogged, LongSupplier arrivals, Object monitor) {
        this.logs = logs;
        this.isLogged = isLogged;
        this.arrivals = arrivals;
        this.monitor = monitor;
    }

    /// The server says that `key` has changed: a log has, if it is one.
    void invalidated(String key) {
        if (key.startsWith(LogKeys.PREFIX)) {
            positions.touched(key);
        }
    }

    /// A value of `key` has come over the link.
    void read(String key) {
        if (isLogged.test(key)) {
            positions.touched(logs.logOf(key));
        }
    }

    /// What is to be sent right before the heartbeat `id` of `ofGeneration`.
    List<AsyncCommand<String, byte[], ?>> beforeHeartbeat(long ofGeneration, long id) {
        generation = ofGeneration;
        nextHeartbeat = id + 1;
        List<AsyncCommand<String, byte[], ?>> reads = new ArrayList<>();
        for (String log : positions.takeDue(READS_PER_HEARTBEAT)) {
            AsyncCommand<String, byte[], List<Object>> last = Commands.xlast(log);
            last.onComplete(
                    (BiConsumer<? super List<Object>, Throwable>) (answer, _) -> found(ofGeneration, log, answer));
            reads.add(last);
        }
        return reads;
    }

    private void found(long ofGeneration, String log, @Nullable List<Object> answer) {
        Optional<List<LogEntry>> entries = answer == null ? Optional.empty() : LogEntry.parse(answer);
        synchronized (monitor) {
            if (ofGeneration == generation) {
                entries.filter(found -> found.size() == 1)
                        .map(List::getFirst)
                        .ifPresent(last -> positions.found(
                                log, new Position(last.id(), last.mark(), arrivals.getAsLong()), nextHeartbeat));
            }
        }
    }

    void heartbeatAnswered(long ofGeneration, long id) {
        if (ofGeneration == generation) {
            positions.heartbeatAnswered(id);
        }
    }

    /// The link is lost; what comes over it late counts for nothing.
    void lost() {
        generation = -1;
        positions.lost();
    }

    Optional<Position> followedTo(String key) {
        return positions.at(logs.logOf(key));
    }

    /// What to read behind the request that arms the next link.
    CatchUp catchUp() {
        return new CatchUp(logs, positions.known());
    }

    /// The next link is armed and has caught up.
    void restart() {
        positions.restart();
    }
}

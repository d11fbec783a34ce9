package io.cachewright.runtime.coherence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How far one link has followed the logs of writes that its server keeps: from where to catch up after a gap.
///
/* A log is read at its end now and then, on the link itself. The entry found there is not a position yet: the server
 * may have executed that write in the same turn in which it answered, and then its invalidation is queued behind the
 * answer [1]. It becomes one when a heartbeat that was sent after the answer came is answered: everything logged up to
 * it has then been invalidated here. What had been read over the link by the time of the answer is as new as the
 * position, or newer by invalidations that were handled; what was read later may come from a write after it, which a
 * failover can lose, and is not covered.
 *
 * [1] valkey: src/server.c, beforeSleep sends the broadcast invalidations of a turn after its answers were queued.
 */
public final class LogPositions<L> {

    /// An entry of a log. Its id alone would not do: a server that lost its newest entries gives their ids again.
    ///
    /// @param mark unique to the write that made the entry
    /// @param arrivals answers that had come over the link when the entry was found at the end of its log
    public record Position(String id, String mark, long arrivals) {}

    private record Pending(Position position, long confirmedBy) {}

    private final int logsMax;
    private final Map<L, Position> positions = new HashMap<>();
    private final Map<L, Pending> pending = new HashMap<>();
    /// What was found while an earlier one waits: were that one let go, a log that always grows would
    /// never be followed.
    private final Map<L, Pending> later = new HashMap<>();
    private final Set<L> due = new LinkedHashSet<>();

    /// Follows `logsMax` logs at most; what belongs to others is dropped after a gap.
    public LogPositions(int logsMax) {
        this.logsMax = logsMax;
    }

    /// `log` has grown, or something was read that belongs to it.
    public void touched(L log) {
        if (due.contains(log) || positions.containsKey(log) || due.size() + positions.size() < logsMax) {
            due.add(log);
        }
    }

    /// Up to `max` logs whose end is to be read before the next heartbeat.
    public List<L> takeDue(int max) {
        List<L> taken = new ArrayList<>(Math.min(max, due.size()));
        Iterator<L> iterator = due.iterator();
        while (iterator.hasNext() && taken.size() < max) {
            taken.add(iterator.next());
            iterator.remove();
        }
        return taken;
    }

    /// `found` is at the end of `log`; heartbeats from `nextHeartbeat` on are sent after this.
    public void found(L log, Position found, long nextHeartbeat) {
        Pending waiting = new Pending(found, nextHeartbeat);
        if (pending.putIfAbsent(log, waiting) != null) {
            later.put(log, waiting);
        }
    }

    /// The heartbeat `id` was answered.
    public void heartbeatAnswered(long id) {
        confirm(id);
        later.entrySet().removeIf(entry -> pending.putIfAbsent(entry.getKey(), entry.getValue()) == null);
        confirm(id);
    }

    private void confirm(long id) {
        pending.entrySet().removeIf(entry -> {
            boolean isConfirmed = entry.getValue().confirmedBy <= id;
            if (isConfirmed) {
                positions.put(entry.getKey(), entry.getValue().position);
            }
            return isConfirmed;
        });
    }

    /// Where to catch up from.
    public Map<L, Position> known() {
        return Map.copyOf(positions);
    }

    public Optional<Position> at(L log) {
        return Optional.ofNullable(positions.get(log));
    }

    /// The link is lost: what waits for a heartbeat waits in vain.
    public void lost() {
        pending.clear();
        later.clear();
        due.clear();
    }

    /// A new link is armed; positions of the old one were used or are worth nothing.
    public void restart() {
        lost();
        positions.clear();
    }
}

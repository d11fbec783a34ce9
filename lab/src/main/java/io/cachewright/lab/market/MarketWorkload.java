package io.cachewright.lab.market;

import io.cachewright.lab.load.TimedCommand;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.wire.Command;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/// What some participants send while they watch one market. Each opening plays the market anew to fresh participants.
public final class MarketWorkload implements Workload {

    private final MarketEvents events;
    private final Supplier<List<Participant>> participants;
    private final int connections;

    public MarketWorkload(MarketEvents events, Supplier<List<Participant>> participants) {
        this.events = events;
        this.participants = participants;
        this.connections =
                participants.get().stream().mapToInt(Participant::connections).sum();
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public Iterator<TimedCommand> open() {
        return new Played(events.open(), participants.get());
    }

    /// Commands wait here until no later event can bring an earlier one.
    private static final class Played implements Iterator<TimedCommand> {

        private record Waiting(TimedCommand command, long order) {}

        private final Iterator<MarketEvent> events;
        private final List<Participant> participants;
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
                Comparator.<Waiting>comparingLong(one -> one.command().dueNanos())
                        .thenComparingLong(Waiting::order));
        private boolean started;
        private long startNanos;
        private long playedToNanos;
        private long sent;

        Played(Iterator<MarketEvent> events, List<Participant> participants) {
            this.events = events;
            this.participants = participants;
        }

        @Override
        public boolean hasNext() {
            while (events.hasNext()
                    && (waiting.isEmpty() || waiting.peek().command().dueNanos() >= playedToNanos)) {
                play(events.next());
            }
            return !waiting.isEmpty();
        }

        @Override
        public TimedCommand next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return waiting.remove().command();
        }

        private void play(MarketEvent event) {
            if (!started) {
                started = true;
                startNanos = event.receivedNanos();
            }
            playedToNanos = event.receivedNanos() - startNanos;
            int firstConnection = 0;
            for (Participant participant : participants) {
                int offset = firstConnection;
                participant.on(
                        event,
                        (connection, operation, after, command) -> add(offset + connection, operation, after, command));
                firstConnection += participant.connections();
            }
        }

        private void add(int connection, String operation, Duration after, Command command) {
            long dueNanos = playedToNanos + after.toNanos();
            waiting.add(new Waiting(new TimedCommand(dueNanos, connection, operation, command), sent++));
        }
    }
}

package io.cachewright.optimizer.prove;

import io.cachewright.lab.load.TimedCommand;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Cuts a workload into the short windows of the slices, slowed down where the machine could not bear its own rate.
/// Both sides of a pair get the same window. A workload that ends starts again.
final class LoadWindows {

    private final Workload workload;
    private final double slowdown;
    private final long windowNanos;
    private Iterator<TimedCommand> commands;
    private Optional<TimedCommand> pending = Optional.empty();
    private long passedNanos;
    private int round = -1;
    private Workload current;

    LoadWindows(Workload workload, double slowdown, long windowNanos) {
        this.workload = workload;
        this.slowdown = slowdown;
        this.windowNanos = windowNanos;
        this.commands = workload.open();
        this.current = Workloads.of(workload.connections(), List.of());
    }

    /// The same commands again and again, for loads that do not look at when a command is due.
    static Workload repeated(Workload workload) {
        return new Workload() {
            @Override
            public int connections() {
                return workload.connections();
            }

            @Override
            public Iterator<TimedCommand> open() {
                return new Repeating(workload);
            }
        };
    }

    /// The commands of that round, which is the current one or the next.
    Workload at(int wanted) {
        if (wanted == round + 1) {
            current = Workloads.of(workload.connections(), next());
            round = wanted;
        } else if (wanted != round) {
            throw new IllegalArgumentException("round " + wanted + " after round " + round);
        }
        return current;
    }

    private List<TimedCommand> next() {
        List<TimedCommand> window = new ArrayList<>();
        while (true) {
            if (pending.isEmpty() && !commands.hasNext()) {
                commands = workload.open();
                passedNanos = 0;
                if (!commands.hasNext() || !window.isEmpty()) {
                    return window;
                }
            }
            TimedCommand command = pending.orElseGet(commands::next);
            long due = Math.round(command.dueNanos() * slowdown) - passedNanos;
            if (due >= windowNanos) {
                pending = Optional.of(command);
                passedNanos += windowNanos;
                return window;
            }
            pending = Optional.empty();
            window.add(
                    new TimedCommand(Math.max(0, due), command.connection(), command.operation(), command.command()));
        }
    }

    private static final class Repeating implements Iterator<TimedCommand> {

        private final Workload workload;
        private Iterator<TimedCommand> commands;

        Repeating(Workload workload) {
            this.workload = workload;
            this.commands = workload.open();
        }

        @Override
        public boolean hasNext() {
            if (!commands.hasNext()) {
                commands = workload.open();
            }
            return commands.hasNext();
        }

        @Override
        public TimedCommand next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return commands.next();
        }
    }
}

package io.cachewright.lab.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Simple workloads, and ways to put workloads together. All of them open to the same commands each time.
public final class Workloads {

    private static final double NANOS_PER_SECOND = 1e9;

    private Workloads() {}

    /// Commands at even intervals, the connections in turn. Endless.
    public static Workload fixedRate(double perSecond, int connections, CommandMix mix, long seed) {
        checkRate(perSecond);
        return workload(connections, () -> new Draws(connections, mix, new SplittableRandom(seed)) {
            private long drawn;

            @Override
            long nextDueNanos(SplittableRandom random) {
                // From the count, not by adding: an interval of a broken number of nanoseconds would drift.
                return Math.round(drawn++ * (NANOS_PER_SECOND / perSecond));
            }
        });
    }

    /// Commands that arrive independently of each other, as from many clients. Endless.
    public static Workload poisson(double perSecond, int connections, CommandMix mix, long seed) {
        checkRate(perSecond);
        return workload(connections, () -> new Draws(connections, mix, new SplittableRandom(seed)) {
            private double dueNanos;

            @Override
            long nextDueNanos(SplittableRandom random) {
                dueNanos += -Math.log(1 - random.nextDouble()) * (NANOS_PER_SECOND / perSecond);
                return (long) dueNanos;
            }
        });
    }

    /// Commands that are all due at once, the connections in turn: for a closed loop, which takes them as they
    /// come. Endless.
    public static Workload unpaced(int connections, CommandMix mix, long seed) {
        return workload(connections, () -> new Draws(connections, mix, new SplittableRandom(seed)) {
            @Override
            long nextDueNanos(SplittableRandom random) {
                return 0;
            }
        });
    }

    /// Exactly these commands.
    public static Workload of(int connections, List<TimedCommand> commands) {
        List<TimedCommand> copy = List.copyOf(commands);
        return workload(connections, copy::iterator);
    }

    /// The commands that are due before `length`.
    public static Workload take(Workload workload, Duration length) {
        long limitNanos = length.toNanos();
        return workload(workload.connections(), () -> new Iterator<>() {
            private final Peeking commands = new Peeking(workload.open());

            @Override
            public boolean hasNext() {
                return commands.hasNext() && commands.peek().dueNanos() < limitNanos;
            }

            @Override
            public TimedCommand next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return commands.next();
            }
        });
    }

    /// The first `length` of one workload, then the other, on the same connections.
    public static Workload concat(Workload first, Duration length, Workload second) {
        Workload head = take(first, length);
        long shiftNanos = length.toNanos();
        return workload(Math.max(first.connections(), second.connections()), () -> new Iterator<>() {
            private final Iterator<TimedCommand> early = head.open();
            private final Iterator<TimedCommand> later = second.open();

            @Override
            public boolean hasNext() {
                return early.hasNext() || later.hasNext();
            }

            @Override
            public TimedCommand next() {
                if (early.hasNext()) {
                    return early.next();
                }
                TimedCommand next = later.next();
                return new TimedCommand(
                        Math.addExact(next.dueNanos(), shiftNanos),
                        next.connection(),
                        next.operation(),
                        next.command());
            }
        });
    }

    /// All of them at the same time, by due time; each keeps its own connections, one after the other.
    public static Workload merge(List<Workload> workloads) {
        List<Workload> copy = List.copyOf(workloads);
        return workload(copy.stream().mapToInt(Workload::connections).sum(), () -> new Merged(copy));
    }

    public static Workload merge(Workload... workloads) {
        return merge(List.of(workloads));
    }

    private static void checkRate(double perSecond) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("a rate must be positive, was " + perSecond);
        }
    }

    private static Workload workload(int connections, Supplier<Iterator<TimedCommand>> commands) {
        if (connections < 1) {
            throw new IllegalArgumentException("a workload has at least one connection, had " + connections);
        }
        return new Workload() {
            @Override
            public int connections() {
                return connections;
            }

            @Override
            public Iterator<TimedCommand> open() {
                return commands.get();
            }
        };
    }

    /// Endless draws from a mix. Times and commands are drawn from two generators, so that another mix does not
    /// change the times.
    private abstract static class Draws implements Iterator<TimedCommand> {

        private final int connections;
        private final CommandMix mix;
        private final SplittableRandom times;
        private final SplittableRandom commands;
        private int connection;

        Draws(int connections, CommandMix mix, SplittableRandom random) {
            this.connections = connections;
            this.mix = mix;
            this.times = random.split();
            this.commands = random.split();
        }

        abstract long nextDueNanos(SplittableRandom random);

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public TimedCommand next() {
            CommandMix.Drawn drawn = mix.next(commands);
            int turn = connection;
            connection = turn + 1 == connections ? 0 : turn + 1;
            return new TimedCommand(nextDueNanos(times), turn, drawn.operation(), drawn.command());
        }
    }

    /// Several workloads by due time; at the same time, the earlier in the list first.
    private static final class Merged implements Iterator<TimedCommand> {

        private record Part(int order, int firstConnection, Peeking commands) {
            long dueNanos() {
                return commands.peek().dueNanos();
            }
        }

        private final PriorityQueue<Part> parts =
                new PriorityQueue<>(Comparator.comparingLong(Part::dueNanos).thenComparingInt(Part::order));

        Merged(List<Workload> workloads) {
            int firstConnection = 0;
            List<Part> all = new ArrayList<>();
            for (Workload workload : workloads) {
                all.add(new Part(all.size(), firstConnection, new Peeking(workload.open())));
                firstConnection += workload.connections();
            }
            all.stream().filter(part -> part.commands().hasNext()).forEach(parts::add);
        }

        @Override
        public boolean hasNext() {
            return !parts.isEmpty();
        }

        @Override
        public TimedCommand next() {
            Part part = parts.remove();
            TimedCommand next = part.commands().next();
            if (part.commands().hasNext()) {
                parts.add(part);
            }
            return new TimedCommand(
                    next.dueNanos(), part.firstConnection() + next.connection(), next.operation(), next.command());
        }
    }

    /// Lets the next command be seen before it is taken.
    private static final class Peeking implements Iterator<TimedCommand> {

        private final Iterator<TimedCommand> commands;
        private Optional<TimedCommand> seen = Optional.empty();

        Peeking(Iterator<TimedCommand> commands) {
            this.commands = commands;
        }

        @Override
        public boolean hasNext() {
            return seen.isPresent() || commands.hasNext();
        }

        TimedCommand peek() {
            if (seen.isEmpty()) {
                seen = Optional.of(commands.next());
            }
            return seen.get();
        }

        @Override
        public TimedCommand next() {
            TimedCommand next = peek();
            seen = Optional.empty();
            return next;
        }
    }
}

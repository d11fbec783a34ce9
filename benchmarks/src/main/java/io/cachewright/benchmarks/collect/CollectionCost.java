package io.cachewright.benchmarks.collect;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.benchmarks.collect.CollectingProcess.Spent;
import io.cachewright.lab.load.LoadResult;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/// What a collection costs a busy server: rounds under load with and without one, in pairs whose order a
/// coin decides. A saturated server tells the throughput, one under a fixed rate the p99 and the server's
/// own CPU time.
@AutoService(Benchmark.class)
public final class CollectionCost implements Benchmark {

    private static final Duration CALIBRATION = Duration.ofSeconds(3);
    private static final int WARM_UP_COLLECTIONS = 3;
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final double P99 = 99;

    /// Of what the saturated server answers: busy, and with room for bursts.
    private static final double RATE_SHARE = 0.4;

    /// The load of a round.
    @FunctionalInterface
    private interface Load {
        LoadResult run();
    }

    /// What one round showed.
    ///
    /// @param serverSeconds that the server's main thread was busy
    /// @param foreignSeconds of these, in commands of the collector
    private record Round(
            double throughput,
            double p99Nanos,
            double serverSeconds,
            double foreignSeconds,
            boolean valid,
            Optional<Spent> spent) {}

    @Override
    public String name() {
        return "collection-cost";
    }

    @Override
    public String summary() {
        return "what a collection costs a busy server: SHARED|YIELDING|APART WARM|COLD PAIRS SECONDS";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException, InterruptedException {
        Placement placement = Placement.valueOf(argument(arguments, 0, "SHARED"));
        boolean isCold = argument(arguments, 1, "WARM").equals("COLD");
        int pairs = Integer.parseInt(argument(arguments, 2, "10"));
        Duration length = Duration.ofSeconds(Integer.parseInt(argument(arguments, 3, "3")));
        try (BusyServer server = BusyServer.start();
                Collections collections = new Collections(server.target(), placement, isCold, length)) {
            placement.bind(server.pid());
            placement.bind(ProcessHandle.current().pid());
            double capacity = server.saturate(CALIBRATION).throughput();
            double rate = capacity * RATE_SHARE;
            Round[][] saturated = rounds(server, () -> server.saturate(length), collections, pairs);
            Round[][] paced = rounds(server, () -> server.load(rate, length), collections, pairs);
            result.printf(
                    Locale.ROOT,
                    "%s, %s, %s: %d pairs each, rounds of %d s; %,.0f/s when saturated, %,.0f/s paced%n",
                    server.version(),
                    placement,
                    isCold ? "COLD" : "WARM",
                    pairs,
                    length.toSeconds(),
                    capacity,
                    rate);
            print(saturated, paced, length, result);
        }
    }

    private static Round[][] rounds(BusyServer server, Load load, Collections collections, int pairs)
            throws IOException {
        SplittableRandom coin = new SplittableRandom(pairs);
        Round[][] rounds = new Round[2][pairs];
        for (int pair = 0; pair < pairs; pair++) {
            boolean isWithFirst = coin.nextBoolean();
            for (int turn = 0; turn < 2; turn++) {
                boolean isWith = (turn == 0) == isWithFirst;
                rounds[isWith ? 1 : 0][pair] =
                        round(server, load, isWith ? Optional.of(collections) : Optional.empty());
            }
        }
        return rounds;
    }

    private static Round round(BusyServer server, Load load, Optional<Collections> collections) throws IOException {
        double busy = server.busySeconds();
        double foreign = server.foreignSeconds();
        Optional<CollectorAtWork> collector = Optional.empty();
        if (collections.isPresent()) {
            collector = Optional.of(collections.get().begin());
        }
        LoadResult measured = load.run();
        double busyAfter = server.busySeconds();
        double foreignAfter = server.foreignSeconds();
        Optional<Spent> spent = Optional.empty();
        if (collections.isPresent() && collector.isPresent()) {
            spent = Optional.of(collections.get().end(collector.get()));
        }
        return new Round(
                measured.throughput(),
                measured.percentileNanos(P99),
                busyAfter - busy,
                foreignAfter - foreign,
                measured.validity().isValid(),
                spent);
    }

    private static void print(Round[][] saturated, Round[][] paced, Duration length, PrintStream result) {
        result.printf("throughput when saturated, with : without  %s%n", ratio(saturated, Round::throughput));
        result.printf("p99 at the fixed rate, with : without      %s%n", ratio(paced, Round::p99Nanos));
        result.printf("server CPU at the fixed rate               %s%n", ratio(paced, Round::serverSeconds));
        result.printf(
                Locale.ROOT,
                "p99 without, ms: %s; valid rounds: %d of %d%n",
                spread(paced[0], round -> round.p99Nanos() / 1e6, "%.3f"),
                Arrays.stream(paced)
                        .flatMap(Arrays::stream)
                        .filter(Round::valid)
                        .count(),
                2 * paced[0].length);
        result.println("saturated: " + spent(saturated[1], length));
        result.println("paced: " + spent(paced[1], length));
    }

    private static String spent(Round[] rounds, Duration length) {
        List<Spent> spent =
                Arrays.stream(rounds).flatMap(round -> round.spent().stream()).toList();
        return String.format(
                Locale.ROOT,
                "a collection looked at %s keys with %s commands; its own CPU %s ms; its commands took %s %% of the"
                        + " server's time",
                middle(spent.stream().mapToDouble(Spent::keys).toArray(), "%.0f"),
                middle(spent.stream().mapToDouble(Spent::commands).toArray(), "%.0f"),
                middle(spent.stream().mapToDouble(Spent::cpuMillis).toArray(), "%.0f"),
                spread(rounds, round -> 100 * round.foreignSeconds() / length.toSeconds(), "%.3f"));
    }

    private static PairedRatio ratio(Round[][] rounds, java.util.function.ToDoubleFunction<Round> figure) {
        return PairedRatio.of(
                Arrays.stream(rounds[1]).mapToDouble(figure).toArray(),
                Arrays.stream(rounds[0]).mapToDouble(figure).toArray());
    }

    private static String spread(Round[] rounds, java.util.function.ToDoubleFunction<Round> figure, String pattern) {
        return middle(Arrays.stream(rounds).mapToDouble(figure).toArray(), pattern);
    }

    private static String middle(double[] figures, String pattern) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                pattern + " [" + pattern + "–" + pattern + "]",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static String argument(List<String> arguments, int index, String otherwise) {
        return index < arguments.size() ? arguments.get(index).toUpperCase(Locale.ROOT) : otherwise;
    }

    /// Begins collections: all in one warm process, or each in a process that starts for it.
    private static final class Collections implements AutoCloseable {

        private final String target;
        private final Placement placement;
        private final Duration length;
        private final Optional<CollectorAtWork> warm;

        Collections(String target, Placement placement, boolean isCold, Duration length) throws IOException {
            this.target = target;
            this.placement = placement;
            this.length = length;
            this.warm =
                    isCold ? Optional.empty() : Optional.of(CollectorAtWork.start(target, placement.collectorPrefix()));
            if (warm.isPresent()) {
                for (int i = 0; i < WARM_UP_COLLECTIONS; i++) {
                    warm.get().collectFor(WARM_UP);
                    Spent _ = warm.get().result();
                }
            }
        }

        CollectorAtWork begin() throws IOException {
            CollectorAtWork collector =
                    warm.isPresent() ? warm.get() : CollectorAtWork.start(target, placement.collectorPrefix());
            collector.collectFor(length);
            return collector;
        }

        Spent end(CollectorAtWork collector) throws IOException {
            Spent spent = collector.result();
            if (warm.isEmpty()) {
                collector.close();
            }
            return spent;
        }

        @Override
        public void close() throws IOException {
            if (warm.isPresent()) {
                warm.get().close();
            }
        }
    }
}

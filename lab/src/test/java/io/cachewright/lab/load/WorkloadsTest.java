package io.cachewright.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.lab.wire.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    private static final CommandMix MIX = CommandMix.weighted(List.of(
            new CommandMix.Weighted("read", 80, random -> Command.of("GET", "k" + random.nextInt(100))),
            new CommandMix.Weighted("write", 20, random -> Command.of("SET", "k" + random.nextInt(100), "v"))));

    @Property(tries = 50)
    void openedTwiceItGivesTheSameCommandsInTheOrderOfTime(
            @ForAll @DoubleRange(min = 1, max = 1e6) double rate,
            @ForAll @IntRange(min = 1, max = 20) int connections,
            @ForAll long seed) {
        Workload workload = Workloads.merge(
                Workloads.poisson(rate, connections, MIX, seed),
                Workloads.concat(
                        Workloads.fixedRate(rate, connections, MIX, seed),
                        Duration.ofMillis(1),
                        Workloads.poisson(rate, 1, MIX, seed)));
        List<String> once = texts(first(workload, 500));
        assertThat(texts(first(workload, 500))).isEqualTo(once);
        assertThat(first(workload, 500))
                .isSortedAccordingTo(Comparator.comparingLong(TimedCommand::dueNanos))
                .allSatisfy(command -> assertThat(command.connection()).isBetween(0, workload.connections() - 1));
    }

    @Test
    void fixedRateDoesNotDrift() {
        List<TimedCommand> commands = first(Workloads.fixedRate(3_000, 7, MIX, 1), 30_001);
        assertThat(commands.getLast().dueNanos()).isEqualTo(10_000_000_000L);
        assertThat(commands.get(8).connection()).isEqualTo(1);
    }

    @Test
    void poissonArrivalsHaveTheRateAndTheSpreadOfIndependentClients() {
        List<TimedCommand> commands = first(Workloads.poisson(1_000, 3, MIX, 1), 100_000);
        assertThat(commands.getLast().dueNanos() / 1e9).isCloseTo(100, within(2.0));
        long shortGaps = 0;
        for (int i = 1; i < commands.size(); i++) {
            shortGaps += commands.get(i).dueNanos() - commands.get(i - 1).dueNanos() < 1_000_000 ? 1 : 0;
        }
        assertThat(shortGaps / 1e5).isCloseTo(1 - Math.exp(-1), within(0.01));
    }

    @Test
    void weightsAreKept() {
        long reads = first(Workloads.unpaced(1, MIX, 1), 100_000).stream()
                .filter(command -> command.operation().equals("read"))
                .count();
        assertThat(reads / 1e5).isCloseTo(0.8, within(0.01));
    }

    @Test
    void takeEndsAtItsLengthAndConcatGoesOnFromThere() {
        Workload first = Workloads.fixedRate(1_000, 2, MIX, 1);
        Workload both = Workloads.concat(
                first,
                Duration.ofMillis(10),
                Workloads.take(Workloads.fixedRate(2_000, 2, MIX, 2), Duration.ofMillis(5)));
        List<Long> due = all(both).stream().map(TimedCommand::dueNanos).toList();
        assertThat(due).hasSize(20).startsWith(0L, 1_000_000L).endsWith(14_000_000L, 14_500_000L);
    }

    @Test
    void mergedWorkloadsKeepTheirOwnConnections() {
        Workload merged = Workloads.take(
                Workloads.merge(
                        Workloads.fixedRate(1_000, 2, CommandMix.always("a", Command.of("PING")), 1),
                        Workloads.fixedRate(1_000, 3, CommandMix.always("b", Command.of("PING")), 1)),
                Duration.ofMillis(20));
        assertThat(merged.connections()).isEqualTo(5);
        assertThat(all(merged).stream()
                        .collect(Collectors.groupingBy(
                                TimedCommand::operation,
                                Collectors.mapping(TimedCommand::connection, Collectors.toSet()))))
                .hasEntrySatisfying("a", connections -> assertThat(connections).containsExactlyInAnyOrder(0, 1))
                .hasEntrySatisfying("b", connections -> assertThat(connections).containsExactlyInAnyOrder(2, 3, 4));
    }

    private static List<String> texts(List<TimedCommand> commands) {
        return commands.stream().map(TimedCommand::toString).toList();
    }

    private static List<TimedCommand> first(Workload workload, int count) {
        List<TimedCommand> commands = new ArrayList<>();
        var open = workload.open();
        while (commands.size() < count && open.hasNext()) {
            commands.add(open.next());
        }
        return commands;
    }

    private static List<TimedCommand> all(Workload workload) {
        return first(workload, 10_000);
    }
}

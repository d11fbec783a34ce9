package io.cachewright.lab.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.load.TimedCommand;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.wire.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MarketWorkloadTest {

    private static final MarketEvents TEN_SECONDS =
            SyntheticMarket.usual(11).window(Duration.ZERO, Duration.ofSeconds(10));

    private static List<TimedCommand> all(Workload workload) {
        List<TimedCommand> commands = new ArrayList<>();
        workload.open().forEachRemaining(commands::add);
        return commands;
    }

    private static Workload naive() {
        return new MarketWorkload(
                TEN_SECONDS,
                () -> List.of(new NaiveWriter(4), new NaiveDesk(2), new NaiveReaders(List.of("BTCUSD", "ETHUSD"))));
    }

    private static Workload sound() {
        return new MarketWorkload(
                TEN_SECONDS,
                () -> List.of(
                        new SoundWriter(2),
                        new SoundDesk(2),
                        new SoundReaders(SyntheticMarket.usual(11).listings().stream()
                                .map(Listing::instrument)
                                .toList())));
    }

    private static long bytes(List<TimedCommand> commands) {
        return commands.stream()
                .flatMap(command -> command.command().arguments().stream())
                .mapToLong(argument -> argument.length)
                .sum();
    }

    @Test
    void openedTwiceItGivesTheSameCommands() {
        List<String> first = all(naive()).stream().map(TimedCommand::toString).toList();
        List<String> second = all(naive()).stream().map(TimedCommand::toString).toList();
        assertThat(first).isEqualTo(second).hasSizeGreaterThan(10_000);
    }

    @Test
    void commandsComeInOrderAndEveryConnectionIsUsed() {
        for (Workload workload : List.of(naive(), sound())) {
            long last = 0;
            Set<Integer> connections = new HashSet<>();
            for (TimedCommand command : all(workload)) {
                assertThat(command.dueNanos()).isGreaterThanOrEqualTo(last);
                last = command.dueNanos();
                connections.add(command.connection());
            }
            assertThat(connections).hasSize(workload.connections()).allMatch(c -> c < workload.connections());
        }
    }

    @Test
    void aTransactionIsNeverInterleavedWithOtherCommandsOfItsConnection() {
        Map<Integer, List<String>> byConnection = new HashMap<>();
        for (TimedCommand command : all(sound())) {
            byConnection
                    .computeIfAbsent(command.connection(), _ -> new ArrayList<>())
                    .add(command.command().name());
        }
        assertThat(byConnection.values()).allSatisfy(names -> {
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).equals("MULTI")) {
                    assertThat(names.subList(i, i + 4)).containsExactly("MULTI", "HSET", "PEXPIRE", "EXEC");
                }
            }
        });
    }

    @Test
    void everyMistakeOfTheCatalogueIsCommittedBySomeone() {
        Set<Mistake> committed = EnumSet.copyOf(NaiveWriter.mistakes());
        committed.addAll(NaiveDesk.mistakes());
        committed.addAll(NaiveReaders.mistakes());
        assertThat(committed).containsExactlyInAnyOrder(Mistake.values());
        assertThat(Set.of(Mistake.values()).stream().map(Mistake::id).collect(Collectors.toSet()))
                .hasSize(Mistake.values().length);
    }

    @Test
    void theSoundFormSendsAFractionOfTheBytes() {
        assertThat(bytes(all(sound())) * 10).isLessThan(bytes(all(naive())));
    }

    @Test
    void soundValuesCarryTheirSequenceAndALease() {
        for (TimedCommand timed : all(sound())) {
            List<String> command = timed.command().arguments().stream()
                    .map(argument -> new String(argument, StandardCharsets.UTF_8))
                    .toList();
            if (command.getFirst().equals("XADD")) {
                assertThat(command).contains("MAXLEN");
            }
            if (command.getFirst().equals("SET")) {
                assertThat(command).contains("PX");
            }
            if (command.getFirst().equals("HSET") && command.get(1).endsWith(":l1")) {
                assertThat(command).contains("seq", "exchTs", "recvTs");
            }
        }
    }

    @Test
    void aPackedBookReadsBackAsItWasWritten() {
        var book = new PackedBook(PackedBook.State.LIVE, 7, 8, 9, Levels.of(100, 1, 99, 2), Levels.of(101, 3));
        byte[] packed = book.toBytes();
        assertThat(packed).hasSize(32 + 3 * 16);
        assertThat(PackedBook.parse(packed)).isEqualTo(book);
        assertThatThrownBy(() -> PackedBook.parse(Arrays.copyOf(packed, packed.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void delayedCommandsWaitForTheirTurn() {
        var instrument = new Instrument("TEST", "ABC", 2, 3);
        var events = MarketEvents.of(
                "two trades",
                List.of(
                        new MarketEvent.Trade(instrument, 1_000, 0, 1, 1, 1, true),
                        new MarketEvent.Trade(instrument, 6_000, 0, 2, 1, 1, true)));
        Participant delaying = new Participant() {
            @Override
            public int connections() {
                return 1;
            }

            @Override
            public void on(MarketEvent event, Requests requests) {
                requests.send(0, "late", Duration.ofNanos(10_000), Command.of("GET", "late"));
                requests.send(0, "soon", "GET", "soon");
            }
        };
        Iterator<TimedCommand> commands = new MarketWorkload(events, () -> List.of(delaying)).open();
        List<Long> due = new ArrayList<>();
        commands.forEachRemaining(command -> due.add(command.dueNanos()));
        assertThat(due).containsExactly(0L, 5_000L, 10_000L, 15_000L);
    }
}

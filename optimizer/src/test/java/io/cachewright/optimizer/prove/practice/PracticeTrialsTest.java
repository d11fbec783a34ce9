package io.cachewright.optimizer.prove.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.prove.practice.Reader.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PracticeTrialsTest {

    private static final Sizes SMALL =
            new Sizes(Map.of("levels", 30L, "changesPerBatch", 8L, "keys", 12L, "bytes", 40L, "elements", 300L));

    @Test
    void areFoundByThemselvesOneForAPractice() {
        List<PracticeTrial> trials = all();

        assertThat(trials)
                .extracting(PracticeTrial::practice)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void runOnARealServerWithoutAnError() {
        for (PracticeTrial trial : all()) {
            JobPair pair = trial.jobs(SMALL);
            run(pair.today(), 5, _ -> "");
            run(pair.better(), 5, _ -> "");
        }
    }

    @Test
    void leaveTheSameDataWhereBothWriteTheSameKeys() {
        for (Practice practice :
                Set.of(Practice.ATOMIC_SWAP, Practice.PIPELINE_WRITES, Practice.BATCH_READS, Practice.UNLINK_LARGE)) {
            JobPair pair = trial(practice).jobs(SMALL);

            assertThat(run(pair.better(), 7, PracticeTrialsTest::state))
                    .as(practice.name())
                    .isEqualTo(run(pair.today(), 7, PracticeTrialsTest::state))
                    .isNotEmpty();
        }
    }

    @Test
    void leaveTheSameValuesAndLifetimes() {
        JobPair pair = trial(Practice.SET_WITH_TTL).jobs(SMALL);
        for (JobPair.Side side : List.of(pair.today(), pair.better())) {
            assertThat(run(
                            side,
                            1,
                            connection -> connection.call("PTTL", "session:0").text()))
                    .satisfies(left -> assertThat(Long.parseLong(left)).isBetween(3_500_000L, 3_600_000L));
        }
    }

    @Test
    void keepTheSamePositionsInWholeNumbers() {
        JobPair pair = trial(Practice.SCALED_INTEGERS).jobs(SMALL);
        String decimal = run(
                pair.today(),
                50,
                connection -> connection.call("GET", "position:3").text());
        String scaled = run(
                pair.better(),
                50,
                connection -> connection.call("GET", "position:3").text());

        assertThat(new java.math.BigDecimal(decimal).movePointRight(8)).isEqualByComparingTo(scaled);
    }

    @Test
    void listTheSameBooks() {
        JobPair pair = trial(Practice.KEY_REGISTRY).jobs(SMALL);

        assertThat(run(pair.better(), 1, connection -> sorted(connection.call("SMEMBERS", "books"))))
                .isEqualTo(run(pair.today(), 1, connection -> sorted(connection.call("KEYS", "book:*"))));
    }

    @Test
    void neverShowATornBookWhenItIsSwapped() {
        JobPair pair = trial(Practice.ATOMIC_SWAP).jobs(SMALL);
        Reader reader = pair.reader().orElseThrow();

        assertThat(run(pair.better(), 9, connection -> reader.read(connection).name()))
                .isEqualTo(View.WHOLE.name());
        assertThat(run(pair.today(), 9, connection -> {
                    connection.call("ZADD", "{book}:bids", "1", "level-0");
                    return reader.read(connection).name();
                }))
                .isEqualTo(View.TORN.name());
        assertThat(run(pair.today(), 9, connection -> {
                    connection.call("DEL", "{book}:bids");
                    return reader.read(connection).name();
                }))
                .isEqualTo(View.EMPTY.name());
    }

    @Test
    void sayWhichSizesAreAssumed() {
        assertThat(new Sizes(Map.of()).of("levels", 500, 2_000)).hasToString("500 levels (assumed)");
        assertThat(SMALL.of("changesPerBatch", 20, 200)).hasToString("8 changes a batch");
        assertThat(SMALL.of("elements", 20, 200)).hasToString("200 elements (scaled down)");
    }

    @FunctionalInterface
    private interface Look {
        String at(WireConnection connection);
    }

    private static String run(JobPair.Side side, int times, Look look) {
        try (RedisServer server =
                        RedisServer.start(ServerSettings.onUnixSocket().withAll(side.parameters()));
                WireConnection connection = server.connect()) {
            for (Command command : side.fill()) {
                Job.ask(connection, command);
            }
            for (int number = 0; number < times; number++) {
                side.job().run(connection, number);
            }
            return look.at(connection);
        }
    }

    /// Every key with its value; elements in a fixed order.
    private static String state(WireConnection connection) {
        Map<String, String> state = new HashMap<>();
        for (Reply name : connection.call("KEYS", "*").elements()) {
            String key = name.text();
            state.put(
                    key,
                    switch (connection.call("TYPE", key).text()) {
                        case "string" -> connection.call("GET", key).text();
                        case "zset" -> sorted(connection.call("ZRANGE", key, "0", "-1", "WITHSCORES"));
                        case "hash" -> sorted(connection.call("HGETALL", key));
                        default -> throw new IllegalStateException(key);
                    });
        }
        return new TreeSet<>(state.entrySet().stream().map(Map.Entry::toString).toList()).toString();
    }

    private static String sorted(Reply reply) {
        List<String> texts = new ArrayList<>();
        reply.elements().forEach(element -> texts.add(element.text()));
        texts.sort(null);
        return texts.toString();
    }

    private static PracticeTrial trial(Practice practice) {
        return all().stream()
                .filter(trial -> trial.practice() == practice)
                .findFirst()
                .orElseThrow();
    }

    private static List<PracticeTrial> all() {
        return ServiceLoader.load(PracticeTrial.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}

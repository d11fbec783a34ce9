package io.cachewright.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.Engine;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.snapshot.rdb.MalformedSnapshot;
import io.cachewright.snapshot.rdb.RdbKey;
import io.cachewright.snapshot.rdb.RdbVisitor;
import io.cachewright.snapshot.rdb.RdbWalker;
import io.cachewright.snapshot.rdb.StoredValue;
import io.cachewright.snapshot.rdb.ValueReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every server at hand writes a file; what keys hold in it is what the server answers.
class ContentsAgreeTest {

    private static final ValueReader.Limits FEW = new ValueReader.Limits(10, 1_000, 16);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHANGES = 400;

    static Stream<ServerBinary> servers() {
        return Servers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatKeysHoldIsWhatTheServerAnswers(ServerBinary binary, @TempDir Path directory) throws Exception {
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            Corpus.fill(connection, binary.version(), 1);
            connection.call("XGROUP", "CREATE", "groups", "desk", "0", "MKSTREAM");
            for (int i = 0; i < 5; i++) {
                connection.call("XADD", "groups", "*", "price", "61686." + i, "qty", "0.4");
            }
            connection.call("XREADGROUP", "GROUP", "desk", "one", "COUNT", "2", "STREAMS", "groups", ">");
            connection.call("SAVE").orThrow();
            Path file = Files.copy(server.directory().resolve("dump.rdb"), directory.resolve("dump.rdb"));
            Map<String, Long> places = places(file);
            assertThat(places).hasSizeGreaterThan(200);

            try (ValueReader whole = reader(file, binary, ValueReader.Limits.NONE);
                    ValueReader few = reader(file, binary, FEW)) {
                places.forEach((key, place) -> {
                    assertThat(told(whole.at(place))).as(key).isEqualTo(answered(connection, key, whole.at(place)));
                    isWithin(few.at(place));
                });
                if (binary.version().hasWhatRedisHadAt(7, 0)) {
                    assertThat(whole.at(places.getOrDefault("groups", -1L)))
                            .isInstanceOfSatisfying(StoredValue.Stream.class, stream -> {
                                assertThat(stream.pending()).isEqualTo(2);
                                assertThat(stream.lag()).isEqualTo(3);
                            });
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aChangedFileGivesAnErrorOrAnotherValue(ServerBinary binary, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("dump.rdb");
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            Corpus.fillFew(connection, binary.version());
            connection.call("SAVE").orThrow();
            Files.copy(server.directory().resolve("dump.rdb"), file);
        }
        List<Long> places = List.copyOf(places(file).values());
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(5);
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < CHANGES; i++) {
                byte[] changed = whole.clone();
                for (int j = random.nextInt(1, 6); j > 0; j--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                Files.write(file, changed);
                try (ValueReader reader = reader(file, binary, ValueReader.Limits.NONE)) {
                    for (long place : places) {
                        try {
                            assertThat(reader.at(place)).isNotNull();
                        } catch (MalformedSnapshot problem) {
                            assertThat(problem.offset()).isBetween(0L, (long) changed.length);
                        }
                    }
                }
            }
        });
        try (ValueReader reader = reader(file, binary, FEW)) {
            assertThatThrownBy(() -> reader.at(whole.length + 1L)).isInstanceOf(MalformedSnapshot.class);
        }
    }

    private static ValueReader reader(Path file, ServerBinary binary, ValueReader.Limits limits) {
        // Valkey writes files of Redis' format before version 9.
        Engine engine = binary.version().isAtLeast(Engine.VALKEY, 9, 0) ? Engine.VALKEY : Engine.REDIS;
        return ValueReader.open(file, engine, limits);
    }

    /// Where each key of database 0 stands.
    private static Map<String, Long> places(Path file) {
        Map<String, Long> places = new TreeMap<>();
        RdbWalker.walk(
                file,
                new RdbVisitor() {
                    @Override
                    public void key(RdbKey key) {
                        if (key.database() == 0) {
                            places.put(
                                    new String(
                                            key.name(), key.nameFrom(), key.nameLength(), StandardCharsets.ISO_8859_1),
                                    key.fileFrom());
                        }
                    }
                },
                (_, _) -> {});
        return places;
    }

    /// A value in a form that does not depend on the order of what has none.
    private static Object told(StoredValue value) {
        return switch (value) {
            case StoredValue.Text(byte[] head, long length) -> {
                assertThat((long) head.length).isEqualTo(length);
                yield text(head);
            }
            case StoredValue.Listed(List<byte[]> elements) -> texts(elements);
            case StoredValue.Members(List<byte[]> members) ->
                texts(members).stream().sorted().toList();
            case StoredValue.Scored(List<byte[]> scored) -> scores(texts(scored));
            case StoredValue.Fields(List<byte[]> fields) -> pairs(texts(fields));
            case StoredValue.Stream(List<byte[]> newest, long entries, int groups, long pending, long lag) ->
                List.of(texts(newest), entries, (long) groups, pending);
            case StoredValue.Unread(String reason) -> reason;
        };
    }

    private static Object answered(WireConnection connection, String key, StoredValue value) {
        return switch (value) {
            case StoredValue.Text _ -> connection.call("GET", key).text();
            case StoredValue.Listed _ -> answer(connection, "LRANGE", key, "0", "-1");
            case StoredValue.Members _ ->
                answer(connection, "SMEMBERS", key).stream().sorted().toList();
            case StoredValue.Scored _ -> scores(answer(connection, "ZRANGE", key, "0", "-1", "WITHSCORES"));
            case StoredValue.Fields _ -> pairs(answer(connection, "HGETALL", key));
            case StoredValue.Stream _ -> {
                List<Reply> newest = connection
                        .call("XREVRANGE", key, "+", "-", "COUNT", "1")
                        .elements();
                long pending = 0;
                List<Reply> groups = connection.call("XINFO", "GROUPS", key).elements();
                for (Reply group : groups) {
                    List<Reply> fields = group.elements();
                    for (int i = 0; i < fields.size(); i += 2) {
                        pending += fields.get(i).text().equals("pending")
                                ? fields.get(i + 1).integer()
                                : 0;
                    }
                }
                yield List.of(
                        newest.isEmpty()
                                ? List.of()
                                : newest.getFirst().elements().getLast().elements().stream()
                                        .map(Reply::text)
                                        .toList(),
                        connection.call("XLEN", key).integer(),
                        (long) groups.size(),
                        pending);
            }
            case StoredValue.Unread _ -> "something that is read";
        };
    }

    private static void isWithin(StoredValue value) {
        switch (value) {
            case StoredValue.Text(byte[] head, long length) ->
                assertThat(head).hasSize((int) Math.min(length, FEW.headBytes()));
            case StoredValue.Listed(List<byte[]> elements) -> isWithin(elements, 1);
            case StoredValue.Members(List<byte[]> members) -> isWithin(members, 1);
            case StoredValue.Scored(List<byte[]> scored) -> isWithin(scored, 2);
            case StoredValue.Fields(List<byte[]> fields) -> isWithin(fields, 2);
            case StoredValue.Stream _ -> {}
            case StoredValue.Unread(String reason) -> assertThat(reason).contains("larger than 1000 bytes");
        }
    }

    private static void isWithin(List<byte[]> parts, int stringsOfElement) {
        assertThat(parts.size() % stringsOfElement).isZero();
        assertThat(parts).hasSizeBetween(1, FEW.elements() * stringsOfElement);
        assertThat(parts.stream().mapToInt(part -> part.length).sum()).isLessThanOrEqualTo(FEW.bytes());
    }

    private static List<String> answer(WireConnection connection, String... command) {
        return connection.call(command).elements().stream().map(Reply::text).toList();
    }

    private static Map<String, Double> scores(List<String> membersAndScores) {
        Map<String, Double> scores = new HashMap<>();
        for (int i = 0; i < membersAndScores.size(); i += 2) {
            scores.put(
                    membersAndScores.get(i),
                    Double.parseDouble(membersAndScores.get(i + 1).replace("inf", "Infinity")));
        }
        return scores;
    }

    private static Map<String, String> pairs(List<String> fieldsAndValues) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < fieldsAndValues.size(); i += 2) {
            pairs.put(fieldsAndValues.get(i), fieldsAndValues.get(i + 1));
        }
        return pairs;
    }

    private static List<String> texts(List<byte[]> parts) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(text(part)));
        return texts;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

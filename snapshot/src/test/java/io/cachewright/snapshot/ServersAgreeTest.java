package io.cachewright.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.domain.Engine;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.snapshot.memory.ServerMemory;
import io.cachewright.snapshot.rdb.Checksum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every server at hand writes a file; what is read from it is what the server says once it has loaded it.
class ServersAgreeTest {

    private static final int SCALE = 8;
    private static final double TOLERANCE = 0.03;

    /// What a server says of a key.
    private record Said(String type, String encoding, long elements, long usage) {}

    static Stream<ServerBinary> servers() {
        return Servers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void countsAreExactAndMemoryIsWithinThreePercent(ServerBinary binary, @TempDir Path directory) throws Exception {
        Path file = written(binary, directory);
        try (RedisServer server =
                        RedisServer.start(binary, ServerSettings.onUnixSocket().withFile("dump.rdb", file));
                WireConnection connection = server.connect()) {
            long grown = usedMemory(connection) - empty(binary);
            ServerMemory memory = Servers.memoryOf(server, connection);
            Map<String, Said> said = new TreeMap<>();
            ask(connection, 0, said);
            ask(connection, 3, said);
            Map<String, KeyRow> rows = new TreeMap<>();
            SnapshotReport report = SnapshotReader.keys(
                    file,
                    ReportSettings.DEFAULT.withServer(memory),
                    row -> rows.put(row.database() + " " + row.name(), row));

            assertThat(report.checksum()).isEqualTo(Checksum.VERIFIED);
            assertThat(rows.keySet()).isEqualTo(said.keySet());
            said.forEach((key, value) -> {
                KeyRow row = Objects.requireNonNull(rows.get(key));
                assertThat(row.type().label()).as(key).isEqualTo(value.type);
                assertThat(row.elements()).as(key).isEqualTo(value.elements);
                assertThat(encoding(binary, row.encoding().label()))
                        .as(key)
                        .isEqualTo(encoding(binary, value.encoding));
            });
            assertThat(report.totals().keys()).isEqualTo(said.size());
            assertThat(report.types().stream()
                            .mapToLong(share -> share.totals().keys())
                            .sum())
                    .isEqualTo(said.size());
            assertThat(report.families().stream()
                            .mapToLong(family -> family.totals().keys())
                            .sum())
                    .isEqualTo(said.size());
            usageIsClose(binary, said, report);
            assertThat((double) report.memoryBytes())
                    .as("used_memory of %s", memory)
                    .isCloseTo((double) grown, within(TOLERANCE * grown));
        }
    }

    /// Valkey 8.1 embeds some strings that are a little longer than its own limit.
    private static String encoding(ServerBinary binary, String encoding) {
        return binary.version().isAtLeast(Engine.VALKEY, 8, 1) && encoding.equals("raw") ? "embstr" : encoding;
    }

    private static void usageIsClose(ServerBinary binary, Map<String, Said> said, SnapshotReport report) {
        Map<String, Long> usage = new HashMap<>();
        said.values()
                .forEach(value ->
                        usage.merge(value.type + " " + encoding(binary, value.encoding), value.usage, Long::sum));
        Map<String, Long> modelled = new TreeMap<>();
        report.types()
                .forEach(share -> modelled.merge(
                        share.type().label() + " "
                                + encoding(binary, share.encoding().label()),
                        share.totals().usageBytes(),
                        Long::sum));
        List<String> far = new ArrayList<>();
        modelled.forEach((name, bytes) -> {
            double ratio = (double) bytes / usage.getOrDefault(name, 0L);
            if (Math.abs(ratio - 1) > TOLERANCE) {
                far.add(name + " is modelled " + ratio + " times what MEMORY USAGE says");
            }
        });
        assertThat(far).isEmpty();
        double total = usage.values().stream().mapToLong(Long::longValue).sum();
        assertThat((double) report.totals().usageBytes()).isCloseTo(total, within(TOLERANCE * total));
    }

    private static Path written(ServerBinary binary, Path directory) throws Exception {
        Path file = directory.resolve("dump.rdb");
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            Corpus.fill(connection, binary.version(), SCALE);
            connection.call("SAVE").orThrow();
            Files.copy(server.directory().resolve("dump.rdb"), file);
        }
        return file;
    }

    /// `used_memory` without data, asked in the same way.
    private static long empty(ServerBinary binary) {
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            return usedMemory(connection);
        }
    }

    private static long usedMemory(WireConnection connection) {
        return Long.parseLong(Servers.info(connection, "memory", "used_memory"));
    }

    private static void ask(WireConnection connection, int database, Map<String, Said> said) {
        connection.call("SELECT", "" + database).orThrow();
        List<String> keys = connection.call("KEYS", "*").elements().stream()
                .map(Reply::text)
                .toList();
        assertThat(connection.call("DBSIZE").integer()).isEqualTo(keys.size());
        List<Command> commands = new ArrayList<>();
        for (String key : keys) {
            commands.add(Command.of("TYPE", key));
            commands.add(Command.of("OBJECT", "ENCODING", key));
            commands.add(Command.of("MEMORY", "USAGE", key, "SAMPLES", "0"));
        }
        List<Reply> replies = new ArrayList<>();
        connection.pipelineAll(commands.iterator(), replies::add);
        List<Command> lengths = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            lengths.add(Command.of(lengthCommand(replies.get(3 * i).text()), keys.get(i)));
        }
        List<Reply> counts = new ArrayList<>();
        connection.pipelineAll(lengths.iterator(), counts::add);
        for (int i = 0; i < keys.size(); i++) {
            said.put(
                    database + " " + keys.get(i),
                    new Said(
                            replies.get(3 * i).text(),
                            replies.get(3 * i + 1).text(),
                            counts.get(i).integer(),
                            replies.get(3 * i + 2).integer()));
        }
        connection.call("SELECT", "0").orThrow();
    }

    private static String lengthCommand(String type) {
        return switch (type) {
            case "string" -> "STRLEN";
            case "list" -> "LLEN";
            case "set" -> "SCARD";
            case "zset" -> "ZCARD";
            case "hash" -> "HLEN";
            case "stream" -> "XLEN";
            default -> throw new AssertionError(type);
        };
    }
}

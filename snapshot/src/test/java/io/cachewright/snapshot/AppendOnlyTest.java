package io.cachewright.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.snapshot.SnapshotReport.CommandLog;
import io.cachewright.snapshot.rdb.MalformedSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppendOnlyTest {

    private static final int REWRITE_LOOKS_MAX = 3_000;

    @TempDir
    Path directory;

    static Stream<ServerBinary> servers() {
        return Servers.all().stream();
    }

    /// The base is read as the snapshot it is, what came after it is counted.
    @ParameterizedTest
    @MethodSource("servers")
    void readsWhatTheServerAppends(ServerBinary binary) throws Exception {
        ServerSettings settings = ServerSettings.onUnixSocket()
                .with("appendonly", "yes")
                .with("aof-use-rdb-preamble", "yes")
                .with("appendfsync", "always");
        try (RedisServer server = RedisServer.start(binary, settings);
                WireConnection connection = server.connect()) {
            Corpus.fillFew(connection, binary.version());
            long keys = connection.call("DBSIZE").integer() + 1;
            connection.call("BGREWRITEAOF").orThrow();
            awaitRewritten(connection);
            connection.call("SET", "after:1", "x").orThrow();
            connection.call("MSET", "after:1", "y", "after:2", "z").orThrow();
            connection.call("DEL", "after:2", "none").orThrow();
            Path parts = server.directory().resolve("appendonlydir");
            Path path = Files.isDirectory(parts) ? parts : server.directory().resolve("appendonly.aof");
            SnapshotReport report = SnapshotReader.report(path, ReportSettings.DEFAULT);
            assertThat(report.totals().keys()).isEqualTo(keys);
            CommandLog log = report.commandLog().orElseThrow();
            assertThat(log.byName())
                    .containsEntry("SET", 1L)
                    .containsEntry("MSET", 1L)
                    .containsEntry("DEL", 1L);
            assertThat(log.writtenKeys()).isEqualTo(3);
            assertThat(log.writtenKeysAtLeast()).isFalse();
            assertThat(report.notes()).anyMatch(note -> note.contains("counted, not applied"));
        }
    }

    private static void awaitRewritten(WireConnection connection) throws InterruptedException {
        for (int i = 0; i < REWRITE_LOOKS_MAX; i++) {
            if (Servers.info(connection, "persistence", "aof_rewrite_in_progress")
                            .equals("0")
                    && Servers.info(connection, "persistence", "aof_rewrite_scheduled")
                            .equals("0")) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the server does not end its rewrite");
    }

    @Test
    void readsPlainCommandsWithTheirTimes() throws Exception {
        Path file = write(
                "#TS:1700000000\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nset\r\n$1\r\na\r\n$4\r\n1\r\n2\r\n");
        CommandLog log =
                SnapshotReader.report(file, ReportSettings.DEFAULT).commandLog().orElseThrow();
        assertThat(log.commands()).isEqualTo(2);
        assertThat(log.writtenKeys()).isEqualTo(1);
        assertThat(log.firstAt()).contains(Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void everyCutOfTheCommandsIsToldButBetweenTwo() throws Exception {
        String whole = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n";
        for (int length = 1; length < whole.length(); length++) {
            Path file = write(whole + whole.substring(0, length));
            int cut = length;
            assertThatThrownBy(() -> SnapshotReader.report(file, ReportSettings.DEFAULT))
                    .as("cut after %d", cut)
                    .isInstanceOfSatisfying(
                            MalformedSnapshot.class,
                            problem -> assertThat(problem.offset())
                                    .isBetween((long) whole.length(), (long) whole.length() + cut));
        }
    }

    @Test
    void aManifestThatIsNoneIsRefusedWithAllItsProblems() throws Exception {
        Path manifest = directory.resolve("appendonly.aof.manifest");
        Files.writeString(manifest, "file a.rdb seq 1 type b\nnonsense\nfile ../b seq 2 type i\n");
        assertThatThrownBy(() -> SnapshotReader.report(manifest, ReportSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        problem -> assertThat(problem.problems()).hasSize(2));
        assertThatThrownBy(() -> SnapshotReader.report(directory.resolve("none.rdb"), ReportSettings.DEFAULT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there is no file");
    }

    private Path write(String content) throws IOException {
        return Files.write(directory.resolve("appendonly.aof"), content.getBytes(StandardCharsets.ISO_8859_1));
    }
}

package io.cachewright.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.keys.FamilyPatterns;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A file that is added up in ranges gives the report of a file that is added up in one go.
class RangesTest {

    private static final int TIMES = 20;

    static Stream<ServerBinary> servers() {
        return Servers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void giveTheSameReport(ServerBinary binary, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("dump.rdb");
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            Corpus.fill(connection, binary.version(), 2);
            connection.call("SAVE").orThrow();
            Files.copy(server.directory().resolve("dump.rdb"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        ReportSettings settings =
                ReportSettings.DEFAULT.withElementBytesMin(1).withPatterns(FamilyPatterns.parse("families.yaml", """
                        version: 1
                        families:
                          - family: "orders"
                            keys: ["order:*"]
                        """));
        SnapshotReport inOneGo = SnapshotReader.report(file, settings, _ -> 1);
        // Some ranges begin with a wrong guess; who comes first to the next one is another one each time.
        for (int time = 0; time < TIMES; time++) {
            for (int ranges : new int[] {2, 5, 30}) {
                SnapshotReport inRanges = SnapshotReader.report(file, settings, _ -> ranges);
                assertThat(inRanges.families()).isEqualTo(inOneGo.families());
                assertThat(inRanges).isEqualTo(inOneGo);
            }
        }
    }
}

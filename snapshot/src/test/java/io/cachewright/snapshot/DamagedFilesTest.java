package io.cachewright.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.keys.KeyShapes;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.snapshot.rdb.Checksum;
import io.cachewright.snapshot.rdb.MalformedSnapshot;
import io.cachewright.snapshot.rdb.RdbWalker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that were cut or changed end in one error with an offset, whatever the cut or change.
class DamagedFilesTest {

    private static final int FLIPS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KeyShapes shapes = new KeyShapes();

    @TempDir
    Path directory;

    static Stream<ServerBinary> servers() {
        return Servers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyCutIsToldWithItsOffset(ServerBinary binary) throws Exception {
        byte[] whole = small(binary);
        Random random = new Random(2);
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            // Every point near the start, and every seventh or so after.
            for (int length = 0; length < whole.length; length += length < 1_000 ? 1 : random.nextInt(1, 14)) {
                Path file = write(Arrays.copyOf(whole, length));
                int cut = length;
                assertThatThrownBy(() -> report(file))
                        .as("cut to %d of %d bytes", cut, whole.length)
                        .isInstanceOfSatisfying(
                                MalformedSnapshot.class,
                                problem -> assertThat(problem.offset()).isBetween(0L, (long) cut));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyFlippedBitIsNoticed(ServerBinary binary) throws Exception {
        byte[] whole = small(binary);
        Random random = new Random(3);
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < FLIPS; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                Path file = write(changed);
                try {
                    // The version itself may have been changed to one without checksums; that is said.
                    assertThat(report(file)).isNotEqualTo(Checksum.VERIFIED);
                } catch (MalformedSnapshot problem) {
                    assertThat(problem.offset()).isBetween(0L, (long) whole.length);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void withoutAChecksumDamageNeverDoesMoreThanGiveAnErrorOrAnotherReport(ServerBinary binary) throws Exception {
        byte[] whole = small(binary);
        Arrays.fill(whole, whole.length - 8, whole.length, (byte) 0);
        assertThat(SnapshotReader.report(write(whole), ReportSettings.DEFAULT).notes())
                .anyMatch(note -> note.contains("damage may go unnoticed"));
        Random random = new Random(4);
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < FLIPS; i++) {
                byte[] changed = whole.clone();
                int changes = random.nextInt(1, 4);
                for (int j = 0; j < changes; j++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                try {
                    assertThat(report(write(changed))).isNotEqualTo(Checksum.VERIFIED);
                } catch (MalformedSnapshot problem) {
                    assertThat(problem.offset()).isBetween(0L, (long) whole.length);
                }
            }
        });
    }

    /// All that a report adds up, with every packed value looked into.
    private Checksum report(Path file) {
        KeyspaceSums sums = new KeyspaceSums(ReportSettings.DEFAULT.withElementBytesMin(1), shapes);
        RdbWalker.walk(file, new KeyspaceTally(sums), (_, _) -> {});
        return sums.checksum;
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("damaged.rdb"), content);
    }

    private static byte[] small(ServerBinary binary) throws IOException {
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            Corpus.fillFew(connection, binary.version());
            connection.call("SAVE").orThrow();
            return Files.readAllBytes(server.directory().resolve("dump.rdb"));
        }
    }
}

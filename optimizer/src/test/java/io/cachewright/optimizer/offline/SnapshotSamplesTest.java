package io.cachewright.optimizer.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.prove.FamilySample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSamplesTest {

    @TempDir
    private Path directory;

    @Test
    void aSampleHoldsWhatTheServerSavedWhateverEncodingItHad() throws Exception {
        Path rdb = directory.resolve("dump.rdb");
        try (RedisServer server =
                        RedisServer.start(ServerSettings.onUnixSocket().with("hash-max-listpack-entries", "2"));
                WireConnection connection = server.connect()) {
            for (int i = 0; i < 20; i++) {
                connection.call("HSET", "pos:" + i, "px", "61686.25", "qty", "0.4", "seq", "" + i);
                connection.call("ZADD", "book:" + i + ":bids", "61686.25", "a", "61686.5", "b");
                connection.call("SADD", "watch:" + i, "1", "2", "3");
                connection.call("RPUSH", "tape:" + i, "first", "second", "third");
                connection.call("EXPIRE", "tape:" + i, "1000");
                connection.call("SET", "quote:" + i, "not sampled");
            }
            connection.call("SAVE").orThrow();
            Files.copy(server.directory().resolve("dump.rdb"), rdb);
        }

        List<FamilySample> samples = SnapshotSamples.of(rdb, (_, _) -> {});

        Map<FamilySample.Type, FamilySample> byType =
                samples.stream().collect(Collectors.toMap(FamilySample::type, Function.identity()));
        assertThat(byType.keySet()).containsExactlyInAnyOrder(FamilySample.Type.values());
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.keys()).hasSize(20);
            assertThat(sample.keysPerSample()).isEqualTo(1);
        });
        assertThat(parts(byType, FamilySample.Type.LIST)).containsExactly("first", "second", "third");
        assertThat(parts(byType, FamilySample.Type.SORTED_SET)).containsExactly("a", "61686.25", "b", "61686.5");
        assertThat(parts(byType, FamilySample.Type.SET)).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(parts(byType, FamilySample.Type.HASH)).contains("px", "61686.25", "qty", "0.4", "seq");
    }

    private static List<String> parts(Map<FamilySample.Type, FamilySample> byType, FamilySample.Type type) {
        return Objects.requireNonNull(byType.get(type)).keys().getFirst().parts().stream()
                .map(part -> new String(part, StandardCharsets.UTF_8))
                .toList();
    }
}

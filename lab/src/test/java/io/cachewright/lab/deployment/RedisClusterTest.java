package io.cachewright.lab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start(ServerBinaries.embedded(), ClusterSettings.usual());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String call(RedisServer node, String... command) {
        try (WireConnection connection = node.connect()) {
            return connection.call(command).toString();
        }
    }

    @Test
    void aSlotIsInTwoPlacesWhileItMovesAndInOneAfterwards() {
        int slot = HashSlot.of("{moving}");
        RedisServer source = cluster.primaryOf(slot);
        RedisServer target = cluster.nodes().stream()
                .filter(node -> node == cluster.primaryOf(0) || node == cluster.primaryOf(HashSlot.COUNT - 1))
                .filter(node -> node != source)
                .findFirst()
                .orElseThrow();
        call(source, "SET", "{moving}:1", "a");
        call(source, "SET", "{moving}:2", "b");
        SlotMove move = cluster.move(slot, target);
        assertThat(move.source()).isSameAs(source);
        assertThat(move.moveKeys(1)).isEqualTo(1);
        assertThat(call(source, "GET", "{moving}:1") + call(source, "GET", "{moving}:2"))
                .contains("ASK " + slot);
        move.finish();
        assertThat(cluster.primaryOf(slot)).isSameAs(target);
        assertThat(call(source, "GET", "{moving}:1")).contains("MOVED " + slot);
        assertThat(call(target, "GET", "{moving}:1")).contains("a");
    }

    @Test
    void aReplicaTakesOverOnDemandAndWhenItsPrimaryIsKilled() {
        RedisServer first = cluster.primaryOf(0);
        RedisServer second = cluster.replicaOf(first);
        cluster.failover(second, RedisCluster.Failover.AGREED);
        assertThat(cluster.primaryOf(0)).isSameAs(second);
        cluster.awaitReady();
        second.kill();
        assertThat(cluster.awaitOwnerOtherThan(second, 0, Duration.ofSeconds(30)))
                .isSameAs(first);
        second.restart();
        cluster.awaitReady();
    }
}

package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.lab.deployment.ClusterSettings;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.deployment.SlotMove;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// F14 where a cluster grows: the first slots come to a node that owns none, so that nobody names it but those who send
/// readers there.
class ClusterGrowthTest {

    @Test
    void keysAreReadAndWrittenWhileTheirSlotMovesToANodeThatOwnsNone() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(
                        ServerBinaries.embedded(),
                        new ClusterSettings(ServerSettings.onTcp(), 1, 0, Duration.ofSeconds(1)));
                CachewrightClient client = CachewrightClient.builder(cluster.uri())
                        .cacheClass(CacheClass.builder("orders", "order:").build())
                        .build()) {
            RedisServer added = cluster.addPrimary(ServerBinaries.embedded());
            NearCache<String> orders = client.nearCache("orders", Codec.utf8());
            orders.put("order:1", "new", Duration.ZERO);
            SlotMove move = cluster.move(HashSlot.of("order:1"), added);
            move.moveKeys(10);
            assertThat(orders.get("order:1")).isEqualTo("new");
            orders.put("order:1", "filled", Duration.ZERO);
            assertThat(orders.get("order:1")).isEqualTo("filled");
            move.finish();
            orders.put("order:1", "settled", Duration.ZERO);
            assertThat(orders.get("order:1")).isEqualTo("settled");
        }
    }

    @Test
    void nothingFailsAndNothingIsStaleWhileSlotsMoveThereUnderLoad() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(
                ServerBinaries.embedded(), new ClusterSettings(ServerSettings.onTcp(), 1, 0, Duration.ofSeconds(1)))) {
            World.Cluster world = new World.Cluster(cluster);
            world.replicas = 0;
            try (FaultRun<World.Cluster> run =
                    new FaultRun<>(world, ClientUnderTest.guarded().patient())) {
                RedisServer added = cluster.addPrimary(ServerBinaries.embedded());
                run.start();
                run.pass(200);
                for (String key : run.keys()) {
                    world.moveSlotOf(key, added);
                }
                run.pass(300);
                assertThat(run.violations()).isEmpty();
                run.assertNothingStaleForGood();
                assertThat(run.failures.get()).isZero();
            }
        }
    }
}

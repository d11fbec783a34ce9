package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnWritesTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);

    /// Writes that wait for replicas travel beside the link that reads come over, so an answer from before the write
    /// may come after the acknowledgement.
    @Test
    void noReadAfterADurableWriteTakesTheAnswerToAnOlderRead() throws Exception {
        try (RedisServer primary = RedisServer.start(ServerSettings.onTcp().with("repl-diskless-sync-delay", "0"));
                FaultProxy proxy = FaultProxy.before((Address.Tcp) primary.address());
                RedisServer replica = RedisServer.start(ServerSettings.onTcp()
                        .with("replicaof", "127.0.0.1 " + primary.port().orElseThrow()));
                WireConnection toReplica = replica.connect();
                WireConnection other = primary.connect();
                CachewrightClient client = CachewrightClient.builder("redis://" + proxy.address())
                        .readTimeout(AMPLE)
                        .detectWithin(AMPLE)
                        .cacheClass(CacheClass.builder("orders", "order:")
                                .freshness(Freshness.bounded(AMPLE))
                                .durability(Durability.replicated(1))
                                .build())
                        .build()) {
            NearCache<String> orders = client.nearCache("orders", Codec.utf8());
            other.call("SET", "order:1", "new").orThrow();
            eventually(() -> toReplica.call("EXISTS", "order:1").integer() == 1);
            proxy.openHoleToClients();
            proxy.spareNew();
            CompletableFuture<String> before = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> before.complete(orders.get("order:1")));
            eventually(() -> other.call("INFO", "commandstats").text().contains("cmdstat_get:"));
            orders.put("order:1", "filled", Duration.ZERO);
            CompletableFuture<String> after = new CompletableFuture<>();
            Thread reader = Thread.ofPlatform().start(() -> after.complete(orders.get("order:1")));
            eventually(
                    () -> reader.getState() == Thread.State.WAITING || reader.getState() == Thread.State.TIMED_WAITING);
            proxy.restore();
            assertThat(before.get()).isEqualTo("new");
            assertThat(after.get()).isEqualTo("filled");
        }
    }
}

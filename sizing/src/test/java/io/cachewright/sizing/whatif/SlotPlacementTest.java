package io.cachewright.sizing.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SlotPlacementTest {

    /// 100 books of 10 keys, one of which gets half of all accesses.
    private static final Trace BOOKS = books();

    @Test
    void keysWithoutATagSpreadEvenly() {
        SlotPlacement placement = SlotPlacement.of(BOOKS, 4);

        assertThat(placement.shards()).hasSize(4);
        assertThat(placement.shards().stream()
                        .mapToLong(SlotPlacement.Shard::accesses)
                        .sum())
                .isEqualTo(BOOKS.length());
        assertThat(placement.shards().stream()
                        .mapToInt(SlotPlacement.Shard::keys)
                        .sum())
                .isEqualTo(1_000);
        assertThat(placement.imbalance()).isLessThan(1.5);
    }

    @Test
    void oneTagForAllPutsEverythingOnOneShard() {
        SlotPlacement placement = SlotPlacement.of(BOOKS, 4, name -> "{md}:" + name);

        assertThat(placement.imbalance()).isEqualTo(4);
        assertThat(placement.hottestSlots()).hasSize(1);
        assertThat(placement.hottestSlots().getFirst().number()).isEqualTo(HashSlot.of("md"));
        assertThat(placement.hottestSlots().getFirst().share()).isEqualTo(1);
    }

    @Test
    void aTagForEachBookMakesTheHotBookAHotSlot() {
        SlotPlacement placement = SlotPlacement.of(
                BOOKS, 4, name -> "{" + name.substring(0, name.indexOf(':')) + "}" + name.substring(name.indexOf(':')));

        assertThat(placement.hottestSlots().getFirst().share()).isGreaterThan(0.5);
        assertThat(placement.hottestSlots().getFirst().keys()).isEqualTo(10);
        assertThat(placement.hottestKeyShare()).isLessThan(0.06);
    }

    @Test
    void slotsAreThoseOfARealServer() {
        ServerSettings settings = ServerSettings.onTcp().with("cluster-enabled", "yes");
        try (RedisServer server = RedisServer.start(settings);
                WireConnection connection = server.connect()) {
            for (int key = 0; key < 200; key++) {
                String name = key % 2 == 0 ? BOOKS.keyName(key) : "{" + BOOKS.keyName(key) + "}:l2";
                assertThat(connection.call("CLUSTER", "KEYSLOT", name).integer())
                        .isEqualTo(HashSlot.of(name));
            }
        }
    }

    @Test
    void shardsAreCutWhereRedisCliCutsThem() {
        // As redis-cli --cluster create prints them for three masters: 0-5460, 5461-10922, 10923-16383.
        assertThat(SlotPlacement.shardOf(5_460, 3)).isZero();
        assertThat(SlotPlacement.shardOf(5_461, 3)).isEqualTo(1);
        assertThat(SlotPlacement.shardOf(10_922, 3)).isEqualTo(1);
        assertThat(SlotPlacement.shardOf(10_923, 3)).isEqualTo(2);
        assertThat(SlotPlacement.shardOf(16_383, 3)).isEqualTo(2);
    }

    private static Trace books() {
        TraceBuilder trace = new TraceBuilder("books");
        for (int i = 0; i < 20_000; i++) {
            int book = i % 2 == 0 ? 7 : i / 2 % 100;
            String name = "book" + book + ":" + i / 200 % 10;
            trace.add(i, name.getBytes(StandardCharsets.UTF_8), Operation.READ, 50, 0);
        }
        return trace.build();
    }
}

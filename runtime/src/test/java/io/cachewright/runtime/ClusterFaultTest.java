package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.domain.SlotKeys;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.deployment.SlotMove;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.LinkState;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Faults of a cluster.
class ClusterFaultTest extends OnCluster {

    private static final Duration SOON = Duration.ofSeconds(30);
    /// So long that no link and no read is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static FaultRun<World.Cluster> run(Links.LinkFactory links) {
        return FaultRun.on(new World.Cluster(cluster), links);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /// Kills `primary`, runs `then` once another node owns `slot`, and brings the killed one back, come what may.
    private static void failingOver(RedisServer primary, int slot, Step then) throws Exception {
        primary.kill();
        try {
            cluster.awaitOwnerOtherThan(primary, slot, SOON);
            then.run();
        } finally {
            primary.restart();
            cluster.awaitReady();
        }
    }

    // F5 and F12: a node that links lead to fails over

    @Test
    void aKilledPrimaryLeavesNothingStaleAndItsSlotsAreReadAgain() throws Exception {
        try (FaultRun<World.Cluster> run = run(ServerLink::new)) {
            run.start();
            run.pass(200);
            failingOver(cluster.primaryOf(0), 0, () -> run.pass(500));
            run.pass(200);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void aFailoverOnDemandIsNoticedThoughTheOldPrimaryLives() throws Exception {
        try (FaultRun<World.Cluster> run = run(ServerLink::new)) {
            run.start();
            run.pass(200);
            cluster.failover(cluster.replicaOf(cluster.primaryOf(0)), RedisCluster.Failover.AGREED);
            run.pass(500);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            cluster.awaitReady();
        }
    }

    /// Whatever was stored stays, whoever owns its slot and whether or not its link lives.
    static class KeepsWhatMoved extends ForwardingDrops {
        KeepsWhatMoved(Drops to) {
            super(to);
        }

        static ServerLink link(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
            return new ServerLink(client, endpoint, settings, new KeepsWhatMoved(drops), KeepsOverReconnect::new);
        }

        @Override
        public void dropIf(Predicate<String> key) {
            // Nothing moves.
        }
    }

    /// What is read of a key that is written at its new owner after a failover. Only keys that were read are
    /// tracked, so that the new owner has nothing to tell.
    private static @Nullable String writtenAfterAFailover(Links.LinkFactory links, String key) throws Exception {
        String[] seen = new String[1];
        World.Cluster world = new World.Cluster(cluster);
        try (CachewrightClient client = CachewrightClient.builder(cluster.uri())
                        .cacheClass(CacheClass.builder("quotes", "quote:")
                                .freshness(Freshness.bestEffort())
                                .build())
                        .tracking(Tracking.OPT_IN)
                        .readTimeout(AMPLE)
                        .links(links)
                        .build();
                World.Writer writer = world.writer()) {
            NearCache<String> cache = client.nearCache("quotes", Codec.utf8());
            eventually(() -> writer.write(key, "old"));
            eventually(() -> cache.read(key).source() == Source.NEAR);
            assertThat(cache.get(key)).isEqualTo("old");
            failingOver(cluster.primaryOf(HashSlot.of(key)), HashSlot.of(key), () -> {
                world.replicas = 0;
                eventually(() -> writer.write(key, "new"));
                eventually(() -> client.linkState() == LinkState.LIVE);
                seen[0] = String.valueOf(cache.get(key));
            });
        }
        return seen[0];
    }

    @Test
    void valuesOfTheOldPrimaryAreNotServedAfterAFailover() throws Exception {
        assertThat(writtenAfterAFailover(ServerLink::new, "quote:1")).isEqualTo("new");
    }

    @Test
    void withoutTheDropOfWhatMovedTheyAreServedForGood() throws Exception {
        assertThat(writtenAfterAFailover(KeepsWhatMoved::link, "quote:2")).isEqualTo("old");
    }

    // F14: slots move under load

    private static RedisServer otherPrimary(RedisServer than) {
        return List.of(0, HashSlot.COUNT / 2, HashSlot.COUNT - 1).stream()
                .map(cluster::primaryOf)
                .filter(node -> node != than)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void slotsThatMoveUnderLoadAreFollowed() throws Exception {
        // No read may fail, however busy this machine is.
        try (FaultRun<World.Cluster> run = new FaultRun<>(
                new World.Cluster(cluster), ClientUnderTest.guarded().patient())) {
            run.start();
            run.pass(200);
            for (String key : run.keys()) {
                run.world.moveSlotOf(key, otherPrimary(cluster.primaryOf(HashSlot.of(key))));
            }
            run.pass(300);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            assertThat(run.failures.get()).isZero();
        }
    }

    /// Absence counts as proved although no server tells when a key is created elsewhere.
    private static final class VouchesForAbsence extends LinkAnswers {
        VouchesForAbsence(ServerLink link, LinkSettings settings, LinkCoherence<String> machine) {
            super(link, settings, machine);
        }

        @Override
        Entry.Origin origin(Lease<String> lease, boolean isAbsence) {
            return super.origin(lease, false);
        }
    }

    /// Reads a key that does not exist, creates it while its slot moves, and reads it again. Only keys that were read
    /// are tracked, so that the new owner, of whom it never was read, has nothing to tell.
    private static @Nullable String createWhileMoving(Links.LinkFactory links, String key) throws Exception {
        try (CachewrightClient client = CachewrightClient.builder(cluster.uri())
                        .cacheClass(CacheClass.builder("limits", "limit:")
                                .freshness(Freshness.strict())
                                .build())
                        .tracking(Tracking.OPT_IN)
                        .detectWithin(FaultRun.PATIENT_DETECTION)
                        .readTimeout(AMPLE)
                        .links(links)
                        .build();
                World.Writer writer = new World.Cluster(cluster).writer()) {
            NearCache<String> cache = client.nearCache("limits", Codec.utf8());
            assertThat(cache.get(key)).isNull();
            int slot = HashSlot.of(key);
            SlotMove move = cluster.move(slot, otherPrimary(cluster.primaryOf(slot)));
            eventually(() -> writer.write(key, "7"));
            String seen = cache.get(key);
            move.finish();
            return seen;
        }
    }

    @Test
    void aKeyThatIsCreatedWhileItsSlotMovesIsSeen() throws Exception {
        assertThat(createWhileMoving(ServerLink::new, "limit:new-1")).isEqualTo("7");
    }

    @Test
    void withAbsenceVouchedForAKeyThatIsCreatedWhileItsSlotMovesIsMissed() throws Exception {
        assertThat(createWhileMoving(BrokenLinks.judging(VouchesForAbsence::new), "limit:new-2"))
                .isNull();
    }

    // F15: keys of several slots

    /// What is refused here when it is built would be refused by the server when it is sent.
    @Test
    void whatTheClusterWouldRefuseWhenItRunsIsRefusedWhenItIsBuilt() {
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            String tag = random.nextInt(3) == 0 ? "order:" : "order:{" + random.nextInt(2) + "}:";
            String other = random.nextInt(3) == 0 ? tag : "order:{" + random.nextInt(2) + "}:";
            List<String> keys = List.of(tag + i, other + (i + 1_000));
            boolean isRefused = isRefusedWhenBuilt(keys);
            try (WireConnection owner =
                    cluster.primaryOf(HashSlot.of(keys.getFirst())).connect()) {
                Reply reply = owner.call("MSET", keys.get(0), "1", keys.get(1), "1");
                assertThat(reply instanceof Reply.Error(String message) && message.startsWith("CROSSSLOT"))
                        .as(keys.toString())
                        .isEqualTo(isRefused);
            }
            refused += isRefused ? 1 : 0;
        }
        assertThat(refused).isBetween(1, 299);
    }

    private static boolean isRefusedWhenBuilt(List<String> keys) {
        try {
            var _ = new SlotKeys(keys);
            return false;
        } catch (IllegalArgumentException _) {
            return true;
        }
    }
}

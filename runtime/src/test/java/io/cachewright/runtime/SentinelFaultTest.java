package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.deployment.SentinelSettings;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.WireConnection;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Faults of a primary under Sentinels.
class SentinelFaultTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static FaultRun<World.Sentinel> run(Links.LinkFactory links) {
        return FaultRun.on(new World.Sentinel(SentinelSettings.usual(), false), links);
    }

    // F12 (and F5 for Sentinels): the primary dies, or stands still

    @Test
    void aFailoverLeavesNothingStaleAndReadsGoOn() throws Exception {
        try (FaultRun<World.Sentinel> run = run(ServerLink::new)) {
            run.start();
            run.pass(200);
            RedisServer first = run.world.set.primary();
            first.kill();
            RedisServer second = run.world.set.awaitPrimaryOtherThan(first, SOON);
            run.awaitLive();
            run.pass(300);
            second.pause();
            run.world.set.awaitPrimaryOtherThan(second, SOON);
            second.resume();
            run.pass(300);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            assertThat(run.client.linksArmed()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aFailoverOnDemandIsNoticedThoughTheOldPrimaryLives() throws Exception {
        try (FaultRun<World.Sentinel> run = run(ServerLink::new)) {
            // With one, the old primary and the other replica would go on acknowledging what the new one never gets.
            run.world.replicas = 2;
            run.start();
            run.pass(200);
            RedisServer first = run.world.set.primary();
            run.world.set.failover();
            run.world.set.awaitPrimaryOtherThan(first, SOON);
            awaitWhatTheNewPrimaryHolds(run);
            run.violations();
            // While Sentinels replace a primary that lives there are two, and nobody tells the old one first.
            assertThat(run.history.regressions()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void withoutTheDropAfterReconnectTheCheckerSeesStaleReadsAfterAFailover() throws Exception {
        try (FaultRun<World.Sentinel> run = run(BrokenLinks.judging(KeepsOverReconnect::new))) {
            run.start();
            run.pass(200);
            RedisServer first = run.world.set.primary();
            first.kill();
            run.world.set.awaitPrimaryOtherThan(first, SOON);
            run.awaitLive();
            run.pass(500);
            assertThat(run.violations()).isNotEmpty();
        }
    }

    // F11: the old primary lives on, cut off from the others but not from this client

    private static FaultRun<World.Sentinel> runBypassingProxies(Links.LinkFactory links) {
        return FaultRun.on(new World.Sentinel(SentinelSettings.usual().behindProxies(), true), links);
    }

    private static RedisServer splitBrain(FaultRun<World.Sentinel> run) throws InterruptedException {
        run.start();
        run.pass(200);
        RedisServer old = run.world.set.primary();
        run.world.set.proxyOf(old).openHole();
        run.world.set.awaitPrimaryOtherThan(old, SOON);
        return old;
    }

    private static boolean readsWhatTheNewPrimaryHolds(FaultRun<World.Sentinel> run) {
        try {
            return run.keys().stream()
                    .allMatch(key -> Integer.valueOf(run.versionOf(key))
                            .equals(run.cacheOf(key).get(key)));
        } catch (CacheException _) {
            return false;
        }
    }

    private static void awaitWhatTheNewPrimaryHolds(FaultRun<World.Sentinel> run) throws InterruptedException {
        run.stopWriting();
        run.write(run.keys());
        // A read that fails takes its half second.
        for (int i = 0; i < 60 && !readsWhatTheNewPrimaryHolds(run); i++) {
            Thread.sleep(10);
        }
    }

    @Test
    void aPrimaryThatWasVotedOutIsLeftAndNeverGoneBackTo() throws Exception {
        try (FaultRun<World.Sentinel> run = runBypassingProxies(ServerLink::new)) {
            RedisServer old = splitBrain(run);
            awaitWhatTheNewPrimaryHolds(run);
            run.assertNothingStaleForGood();
            try (WireConnection other = old.connect()) {
                run.keys().forEach(key -> other.call("SET", key, "1000000").orThrow());
            }
            run.pass(300);
            run.world.set.proxyOf(old).restore();
            run.world.set.awaitReplica(old, SOON);
            run.pass(300);
            run.violations();
            assertThat(run.history.regressions()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    /// Stays with the server it knows.
    private static final class Faithful extends ServerLink {
        Faithful(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
            super(client, endpoint, settings, drops);
        }

        @Override
        synchronized void relocate() {
            // It still answers, so why leave?
        }
    }

    @Test
    void withoutTheWatchOnTheSentinelsTheOldPrimaryIsReadForGood() throws Exception {
        try (FaultRun<World.Sentinel> run = runBypassingProxies(Faithful::new)) {
            splitBrain(run);
            run.stopWriting();
            run.write(run.keys());
            run.pass(2_000);
            assertThat(run.violations()).isNotEmpty();
        }
    }
}

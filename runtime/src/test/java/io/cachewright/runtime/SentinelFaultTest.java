package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.deployment.SentinelSettings;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.WireConnection;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Faults of a primary under Sentinels.
class SentinelFaultTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static FaultRun<World.Sentinel> run(Links.LinkFactory links) {
        return FaultRun.on(new World.Sentinel(SentinelSettings.usual()), links);
    }

    // F12 (and F5 for Sentinels): the primary dies, or stands still

    /// The primary dies, and every key is written at its successor before the client gets there: whatever is kept of
    /// the old one is wrong from then on, and nobody will say so.
    private static RedisServer killThePrimary(FaultRun<World.Sentinel> run) throws InterruptedException {
        run.start();
        run.pass(200);
        run.stopWriting();
        run.awaitNear();
        RedisServer first = run.world.set.primary();
        run.world.set.servers().stream()
                .filter(server -> server != first)
                .forEach(server -> run.world.wayTo(server).sever());
        first.kill();
        RedisServer second = run.world.set.awaitPrimaryOtherThan(first, SOON);
        long armed = run.client.linksArmed();
        run.write(run.keys());
        run.world.set.servers().forEach(server -> run.world.wayTo(server).restore());
        run.awaitArmedAfter(armed);
        run.readEach();
        run.goOnWriting();
        run.pass(300);
        return second;
    }

    @Test
    void aFailoverLeavesNothingStaleAndReadsGoOn() throws Exception {
        try (FaultRun<World.Sentinel> run = run(ServerLink::new)) {
            RedisServer second = killThePrimary(run);
            second.pause();
            run.world.set.awaitPrimaryOtherThan(second, SOON);
            second.resume();
            run.pass(300);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            eventually(() -> run.client.linksArmed() >= 3);
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
            killThePrimary(run);
            assertThat(run.violations()).isNotEmpty();
        }
    }

    // F11: the old primary lives on, cut off from the others but not from this client

    private static FaultRun<World.Sentinel> runBypassingProxies(ClientUnderTest setup) {
        return new FaultRun<>(new World.Sentinel(SentinelSettings.usual().behindProxies()), setup);
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
        eventually(() -> readsWhatTheNewPrimaryHolds(run));
    }

    /// The Sentinels decide while the link is on its way to the old primary, which lives and says that it is one; and
    /// the
    /// connection of writes that wait for replicas leads there still.
    @Test
    void aPrimaryThatIsVotedOutWhileTheLinkIsMadeIsLeftToo() throws Exception {
        World.Sentinel world = new World.Sentinel(SentinelSettings.usual().behindProxies());
        UnaryOperator<NodeAddress> direct = world.mapping();
        AtomicReference<CompletableFuture<@Nullable Void>> gate =
                new AtomicReference<>(CompletableFuture.completedFuture(null));
        try (CachewrightClient client = CachewrightClient.builder(world.uri())
                .mapping(address -> {
                    if (Thread.currentThread().getName().equals("cachewright-sentinels")) {
                        gate.get().join();
                    }
                    return direct.apply(address);
                })
                .detectWithin(SOON)
                .cacheClass(CacheClass.builder("quotes", "quote:")
                        .freshness(Freshness.strict())
                        .build())
                .cacheClass(CacheClass.builder("orders", "order:")
                        .durability(Durability.replicated(1))
                        .build())
                .build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            NearCache<String> orders = client.nearCache("orders", Codec.utf8());
            eventually(() -> isWritten(orders, "order:1"));
            RedisServer old = world.set.primary();
            gate.set(new CompletableFuture<>());
            cutTrackingConnections(old);
            world.set.proxyOf(old).openHole();
            RedisServer next = world.set.awaitPrimaryOtherThan(old, SOON);
            try (WireConnection toNext = next.connect()) {
                toNext.call("SET", "quote:1", "new").orThrow();
                // Several looks at the Sentinels later, which tell a link that is none yet.
                Thread.sleep(2_000);
                gate.get().complete(null);
                eventually(() -> isRead(quotes, "new"));
                eventually(() -> isWritten(orders, "order:2"));
                assertThat(toNext.call("EXISTS", "order:2").integer()).isOne();
            }
        } finally {
            gate.get().complete(null);
            world.close();
        }
    }

    private static void cutTrackingConnections(RedisServer server) {
        try (WireConnection connection = server.connect()) {
            Pattern tracking = Pattern.compile("id=(\\d+) .* flags=\\w*t\\w* ");
            connection
                    .call("CLIENT", "LIST")
                    .text()
                    .lines()
                    .map(tracking::matcher)
                    .filter(Matcher::find)
                    .forEach(found -> connection
                            .call("CLIENT", "KILL", "ID", found.group(1))
                            .orThrow());
        }
    }

    private static boolean isWritten(NearCache<String> orders, String key) {
        try {
            orders.put(key, "filled", Duration.ZERO);
            return true;
        } catch (CacheException _) {
            return false;
        }
    }

    private static boolean isRead(NearCache<String> quotes, String wanted) {
        try {
            return wanted.equals(quotes.get("quote:1"));
        } catch (CacheException _) {
            return false;
        }
    }

    @Test
    void aPrimaryThatWasVotedOutIsLeftAndNeverGoneBackTo() throws Exception {
        try (FaultRun<World.Sentinel> run = runBypassingProxies(ClientUnderTest.guarded())) {
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
        // Patient, or a busy machine would make it leave for another reason.
        try (FaultRun<World.Sentinel> run = runBypassingProxies(
                ClientUnderTest.guarded().with(Faithful::new).patient())) {
            splitBrain(run);
            run.stopWriting();
            run.write(run.keys());
            assertThat(run.violationsOf(() -> run.pass(100))).isNotEmpty();
        }
    }
}

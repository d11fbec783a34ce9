package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each fault twice: with all guards, where nothing may be wrong, and with the guard against it switched off, where the
/// checker must see it.
class FaultTest {

    // F1: the link is cut and restored

    /// All that is kept is written while the link is cut, so that nobody will say so; then the link is cut again while
    /// others write.
    private static void cutAndRestore(FaultRun<World.Single> run) throws InterruptedException {
        run.pass(100);
        run.stopWriting();
        run.awaitNear();
        run.world.proxy.sever();
        run.write(run.keys());
        run.pass(FaultRun.BOUND.toMillis() + 50);
        long armed = run.client.linksArmed();
        run.world.proxy.restore();
        run.awaitArmedAfter(armed);
        run.readEach();
        run.goOnWriting();
        run.pass(100);
        run.world.proxy.cut();
        run.pass(200);
    }

    @Test
    void aCutLinkNeverLeavesAnythingStale() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards().start()) {
            cutAndRestore(run);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            eventually(() -> run.client.linksArmed() >= 3);
            assertThat(run.history.countOf(Source.NEAR)).isPositive();
        }
    }

    @Test
    void whileNothingCanBeProvedEachClassDoesWhatItsPolicySays() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            run.awaitNear();
            run.world.proxy.sever();
            run.write(run.keys());
            run.pass(FaultRun.BOUND.toMillis() + 50);
            Answer<Integer> stale = run.cacheOf("degrading:0").read("degrading:0");
            assertThat(stale.source()).isEqualTo(Source.STALE);
            assertThat(stale.value()).isEqualTo(1);
            assertThat(stale.age()).isGreaterThan(FaultRun.BOUND);
            assertThat(run.cacheOf("effort:0").get("effort:0")).isEqualTo(1);
            assertThatThrownBy(() -> run.cacheOf("refusing:0").get("refusing:0"))
                    .isInstanceOf(CacheException.Refused.class)
                    .hasMessageContaining("link to " + run.world.uri())
                    .hasMessageContaining("class refusing refuses reads meanwhile");
            assertThatThrownBy(() -> run.cacheOf("bounded:0").get("bounded:0"))
                    .isInstanceOf(CacheException.Unavailable.class);
            assertThatThrownBy(() -> run.cacheOf("strict:0").get("strict:0"))
                    .isInstanceOf(CacheException.Unavailable.class);
            run.world.proxy.restore();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void withoutTheDropAfterReconnectTheCheckerSeesStaleReads() throws Exception {
        try (FaultRun<World.Single> run =
                FaultRun.with(BrokenLinks.judging(KeepsOverReconnect::new)).start()) {
            cutAndRestore(run);
            assertThat(run.violations()).isNotEmpty();
        }
    }

    // F2: a half-open link

    /// All that is kept is written while nothing passes, and others go on writing.
    private static void openHoleAndClose(FaultRun<World.Single> run) throws InterruptedException {
        run.pass(100);
        run.stopWriting();
        run.awaitNear();
        run.world.proxy.openHole();
        run.write(run.keys());
        run.goOnWriting();
        run.pass(700);
        run.world.proxy.restore();
        run.pass(300);
    }

    @Test
    void aSilentLinkServesNothingBeyondTheBound() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards().start()) {
            openHoleAndClose(run);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void aLinkThatIsSilentOneWayOnlyIsNoBetter() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            run.start();
            run.pass(200);
            run.world.proxy.openHoleToClients();
            run.pass(500);
            run.world.proxy.restore();
            run.pass(200);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void aServerThatStandsStillIsNoBetter() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            run.start();
            run.pass(200);
            run.world.server.pause();
            run.pass(500);
            run.world.server.resume();
            run.pass(200);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    /// Heartbeats travel on a connection that avoids the faulty network.
    private static final class BeatsElsewhere extends ServerLink {
        private final RedisClient client;
        private volatile @Nullable StatefulRedisConnection<String, byte[]> healthy;

        BeatsElsewhere(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
            super(client, endpoint, settings, drops);
            this.client = client;
        }

        void use(String uri) {
            healthy = client.connect(Commands.CODEC, RedisURI.create(uri));
        }

        @Override
        public void heartbeat(long generation, long id) {
            StatefulRedisConnection<String, byte[]> other = healthy;
            if (other == null) {
                super.heartbeat(generation, id);
            } else {
                connection().beat(other, generation, id);
            }
        }
    }

    @Test
    void withTheHeartbeatOnAnotherConnectionTheCheckerSeesStaleReads() throws Exception {
        BeatsElsewhere[] link = new BeatsElsewhere[1];
        try (FaultRun<World.Single> run = FaultRun.with((client, endpoint, settings, drops) ->
                link[0] = new BeatsElsewhere(client, endpoint, settings, drops))) {
            link[0].use("redis://" + run.world.server.address());
            run.start();
            assertThat(run.violationsOf(() -> openHoleAndClose(run))).isNotEmpty();
        }
    }

    // F3: an invalidation overtakes a fill

    /// Decodes at leisure now and then, so that answers wait between arriving and being stored.
    static final class SlowCodec implements Codec<Integer> {
        private final ClientUnderTest.VersionCodec plain = new ClientUnderTest.VersionCodec();

        @Override
        public byte[] encode(Integer value) {
            return plain.encode(value);
        }

        @Override
        public Integer decode(byte[] bytes) {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(3_000_000));
            }
            return plain.decode(bytes);
        }

        @Override
        public long versionOf(Integer value) {
            return value;
        }
    }

    @Test
    void anInvalidationVoidsTheFillThatItOvertakes() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(ServerLink::new, new SlowCodec())) {
            run.start();
            run.pass(1_000);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    /// Every answer is stored.
    static final class FillsRegardless extends LinkAnswers {
        FillsRegardless(ServerLink link, LinkSettings settings, LinkCoherence<String> machine) {
            super(link, settings, machine);
        }

        @Override
        boolean mayStore(Lease<String> lease) {
            super.mayStore(lease);
            return true;
        }
    }

    @Test
    void withoutLeasesTheCheckerSeesOldValuesPutBack() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(BrokenLinks.judging(FillsRegardless::new), new SlowCodec())) {
            run.start();
            assertThat(run.violationsOf(() -> run.pass(100))).isNotEmpty();
        }
    }

    // F4: FLUSHALL sends a null list of keys

    private static void flushAndWriteAgain(FaultRun<World.Single> run) throws InterruptedException {
        run.stopWriting();
        run.awaitNear();
        try (WireConnection other = run.world.server.connect()) {
            long begun = System.nanoTime();
            other.call("FLUSHALL");
            run.deletedAll(begun, System.nanoTime());
        }
        run.pass(300);
        run.write(run.keys());
        run.pass(300);
    }

    @Test
    void aFlushDropsEverything() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards().start()) {
            flushAndWriteAgain(run);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    /// The null list is taken for an empty one.
    static final class IgnoresFlush extends ServerLink {
        IgnoresFlush(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
            super(client, endpoint, settings, drops);
        }

        @Override
        synchronized void pushed(PushedInvalidation pushed) {
            if (!pushed.isEverything()) {
                super.pushed(pushed);
            }
        }
    }

    @Test
    void withoutHeedOfTheNullListTheCheckerSeesStaleReads() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(IgnoresFlush::new).start()) {
            assertThat(run.violationsOf(() -> flushAndWriteAgain(run))).isNotEmpty();
        }
    }

    // F13: a connection is lost between a write's arrival and its answer

    /// Cuts the link once a write has arrived and before its answer is let through.
    private static void loseTheAnswerOfAWrite(FaultRun<World.Single> run) throws InterruptedException {
        run.awaitLive();
        long armed = run.client.linksArmed();
        run.world.proxy.openHoleToClients();
        NearCache<Integer> cache = run.cacheOf("bounded:0");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                World.Writer direct = run.world.writer()) {
            Future<?> put = threads.submit(() -> cache.put("bounded:0", 77, Duration.ZERO));
            eventually(() -> "77".equals(direct.read("bounded:0")));
            assertThat(put.isDone()).isFalse();
            run.world.proxy.cut();
            assertThatThrownBy(put::get).hasCauseInstanceOf(CacheException.Unavailable.class);
        }
        run.world.proxy.restore();
        run.awaitArmedAfter(armed);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsNeverSentAgain() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.of(ClientUnderTest.guarded().patient())) {
            loseTheAnswerOfAWrite(run);
            assertThat(run.cacheOf("bounded:0").get("bounded:0")).isEqualTo(77);
            try (WireConnection other = run.world.server.connect()) {
                // The keys were written once each when the run began.
                assertThat(other.call("INFO", "commandstats").toString())
                        .contains("cmdstat_set:calls=" + (run.keys().size() + 1) + ",");
            }
        }
    }

    /// The guard of the test above switched off: somebody sends again what was not answered.
    @Test
    void whoSendsAgainWhatWasNotAnsweredWritesTwice() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.of(ClientUnderTest.guarded().patient())) {
            loseTheAnswerOfAWrite(run);
            run.cacheOf("bounded:0").put("bounded:0", 77, Duration.ZERO);
            try (WireConnection other = run.world.server.connect()) {
                assertThat(other.call("INFO", "commandstats").toString())
                        .contains("cmdstat_set:calls=" + (run.keys().size() + 2) + ",");
            }
        }
    }

    // F21: the server comes back with an older state of its data

    private static void restartWithOlderData(FaultRun<World.Single> run) throws InterruptedException {
        run.awaitNear();
        try (WireConnection other = run.world.server.connect()) {
            other.call("SAVE").orThrow();
        }
        run.write(run.keys());
        for (String key : run.keys()) {
            assertThat(run.readOnceProved(key)).as(key).isEqualTo(2);
        }
        run.awaitNear();
        run.world.server.kill();
        long armed = run.client.linksArmed();
        run.world.server.restart();
        run.awaitArmedAfter(armed);
        run.pass(FaultRun.BOUND.toMillis());
    }

    @Test
    void afterARestartWithOlderDataEveryClassReadsWhatTheServerHolds() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            restartWithOlderData(run);
            for (String key : run.keys()) {
                assertThat(run.readOnceProved(key)).as(key).isEqualTo(1);
            }
        }
    }

    @Test
    void withoutTheDropAfterReconnectValuesThatTheServerLostAreServed() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(BrokenLinks.judging(KeepsOverReconnect::new))) {
            restartWithOlderData(run);
            // Whatever its link proves just now, this class asks nobody while it has something.
            assertThat(run.cacheOf("effort:0").get("effort:0")).isEqualTo(2);
        }
    }
}

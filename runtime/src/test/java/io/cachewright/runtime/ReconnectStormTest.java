package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.runtime.coherence.LinkBounds;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.Proof;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// F29: hundreds of links are cut at once, one of them of a client that is read meanwhile.
class ReconnectStormTest {

    private static final int LINKS = 500;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final LinkBounds BOUNDS = LinkBounds.detectingWithin(Duration.ofMillis(250));

    /// Counts attempts to connect by the millisecond, and lets none succeed.
    private static final class Refused extends NoServer {
        private final int[] attemptsAt;
        private final List<Long> attempts = new ArrayList<>();
        private long nowMillis;

        Refused(int[] attemptsAt) {
            this.attemptsAt = attemptsAt;
        }

        @Override
        public void connect(long generation) {
            attempts.add(generation);
            attemptsAt[(int) nowMillis]++;
        }
    }

    /// The greatest number of attempts within one millisecond after the first, by links that are cut at one
    /// instant and refused from then on.
    private static int crowd(RandomGenerator jitter) {
        int millis = 1_000;
        int[] attemptsAt = new int[millis];
        List<Refused> actions = new ArrayList<>();
        List<LinkCoherence<String>> machines = new ArrayList<>();
        for (int i = 0; i < LINKS; i++) {
            Refused refused = new Refused(attemptsAt);
            actions.add(refused);
            machines.add(new LinkCoherence<>(BOUNDS, refused, jitter, 0));
        }
        for (int millisecond = 0; millisecond < millis; millisecond++) {
            for (int i = 0; i < LINKS; i++) {
                Refused refused = actions.get(i);
                refused.nowMillis = millisecond;
                machines.get(i).tick(millisecond * MILLI);
                if (!refused.attempts.isEmpty()) {
                    machines.get(i).connectFailed(refused.attempts.removeLast(), millisecond * MILLI);
                    refused.attempts.clear();
                }
            }
        }
        int most = 0;
        // The first second of back-off is still short; what counts is where it leads.
        for (int millisecond = 300; millisecond < millis; millisecond++) {
            most = Math.max(most, attemptsAt[millisecond]);
        }
        return most;
    }

    @Test
    void attemptsAreSpreadOverTheBackOff() {
        // 500 links over 40 to 80 ms: 8 a millisecond if perfectly even.
        assertThat(crowd(new SplittableRandom(1))).isLessThan(LINKS / 10);
    }

    @Test
    void withoutJitterAllComeInTheSameMillisecond() {
        assertThat(crowd(() -> 0L)).isEqualTo(LINKS);
    }

    /// Links to the server of `run`, through its proxy, that are cut with those of `run`.
    private static final class Crowd implements AutoCloseable {
        private final RedisClient driver = RedisClient.create();
        private final List<ServerLink> links = new ArrayList<>();

        Crowd(FaultRun<World.Single> run) {
            driver.setOptions(ClientOptions.builder()
                    .autoReconnect(false)
                    .protocolVersion(ProtocolVersion.RESP3)
                    .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                    .build());
            // So lenient that a slow machine is not taken for a silent link.
            LinkSettings settings = new LinkSettings(
                    new LinkClock(HitClock.PRECISE),
                    LinkBounds.detectingWithin(Duration.ofSeconds(20)),
                    Tracking.BROADCAST,
                    false,
                    List.of("md:"),
                    _ -> false,
                    Duration.ofSeconds(20));
            Endpoint endpoint = Endpoint.fixed(RedisURI.create(run.world.uri()));
            for (int i = 0; i < LINKS; i++) {
                links.add(new ServerLink(driver, endpoint, settings, new NoDrops()));
            }
        }

        void awaitAllLive(long times) throws InterruptedException {
            eventually(() -> {
                links.forEach(ServerLink::tick);
                return links.stream().allMatch(link -> link.isLive() && link.reconnects() >= times);
            });
        }

        @Override
        public void close() {
            links.forEach(ServerLink::end);
            driver.close();
        }
    }

    /// What is kept of `run` is written after each cut and before anybody is let in again.
    private static void cutAllTwice(FaultRun<World.Single> run) throws InterruptedException {
        try (Crowd crowd = new Crowd(run)) {
            crowd.awaitAllLive(1);
            run.start();
            for (long times = 2; times < 4; times++) {
                run.pass(200);
                run.stopWriting();
                run.awaitNear();
                int before = run.world.proxy.accepted();
                // Who connects is kept waiting, so that nobody has to try again.
                run.world.proxy.openHole();
                run.world.proxy.cut();
                long armed = run.client.linksArmed();
                run.write(run.keys());
                run.world.proxy.restore();
                crowd.awaitAllLive(times);
                run.awaitArmedAfter(armed);
                run.readEach();
                // A link that is cut while it connects tries again; nobody else does.
                assertThat(run.world.proxy.accepted() - before).isLessThan(2 * LINKS);
                run.goOnWriting();
            }
            run.pass(200);
        }
    }

    @Test
    void hundredsOfLinksCutAtOnceAreLiveAgainWithFewAttemptsAndNothingIsStale() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            cutAllTwice(run);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void withoutTheDropAfterReconnectTheCheckerSeesStaleReadsAfterTheStorm() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(BrokenLinks.judging(KeepsOverReconnect::new))) {
            cutAllTwice(run);
            assertThat(run.violations()).isNotEmpty();
        }
    }

    private record NoDrops() implements Drops {
        @Override
        public void dropIf(Predicate<String> key) {
            // Nothing is kept.
        }

        @Override
        public void carry(Proof proof, long before, long now, CatchUp caughtUp) {
            // Nothing is kept.
        }

        @Override
        public void drop(String key) {
            // Nothing is kept.
        }

        @Override
        public void dropAll() {
            // Nothing is kept.
        }
    }
}

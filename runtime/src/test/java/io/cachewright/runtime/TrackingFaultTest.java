package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Faults of what the server keeps for its readers: F6, F7, F8, F22.
class TrackingFaultTest {

    /// So long that no link is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private static CachewrightClient client(String uri, Links.LinkFactory links) {
        return CachewrightClient.builder(uri)
                .detectWithin(AMPLE)
                .readTimeout(Duration.ofSeconds(5))
                .links(links)
                .cacheClass(CacheClass.builder("quotes", "quote:")
                        .freshness(Freshness.bestEffort())
                        .nearBound(NearBound.entries(100_000))
                        .build())
                .build();
    }

    static long info(WireConnection connection, String section, String field) {
        return Long.parseLong(connection
                .call("INFO", section)
                .text()
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .findFirst()
                .orElseThrow()
                .substring(field.length() + 1));
    }

    // F6: the server ends a connection whose invalidations pile up

    /// What the reader still holds of a key that was written after its connection was ended.
    private static String afterAnOverflow(Links.LinkFactory links) throws InterruptedException {
        try (World.Single world = new World.Single(
                        ServerSettings.onTcp().with("client-output-buffer-limit", "normal 1mb 1mb 1"));
                CachewrightClient client = client(world.uri(), links);
                WireConnection other = world.server.connect()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            other.call("SET", "quote:A", "1").orThrow();
            eventually(() ->
                    "1".equals(quotes.get("quote:A")) && quotes.read("quote:A").source() == Source.NEAR);
            long connected = info(other, "clients", "connected_clients");
            world.proxy.openHoleToClients();
            String padding = "x".repeat(200);
            for (int round = 0; round < 400 && info(other, "clients", "connected_clients") == connected; round++) {
                other.pipeline(IntStream.range(0, 1_000)
                        .mapToObj(i -> Command.of("SET", "quote:" + padding + i, "1"))
                        .toList());
            }
            assertThat(info(other, "clients", "connected_clients")).isLessThan(connected);
            other.call("SET", "quote:A", "2").orThrow();
            world.proxy.cut();
            world.proxy.restore();
            eventually(() -> client.linksArmed() == 2 && client.linkState() == LinkState.LIVE);
            return quotes.read("quote:A").toOptional().orElse("none");
        }
    }

    @Test
    void aReaderThatIsTooSlowForItsInvalidationsDropsEverything() throws InterruptedException {
        assertThat(afterAnOverflow(ServerLink::new)).isEqualTo("2");
    }

    @Test
    void withoutTheDropAfterReconnectWhatOverflowedIsStaleForGood() throws InterruptedException {
        assertThat(afterAnOverflow(BrokenLinks.judging(KeepsOverReconnect::new)))
                .isEqualTo("1");
    }

    // F7: the server forgets who has read what

    /// Each read asks the server to watch its key, and no thread may take the asking of another.
    @Test
    void threadsThatOptInBesideEachOtherMissNothing() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.of(ClientUnderTest.guarded().with(Tracking.OPT_IN))) {
            run.start();
            run.pass(1_000);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    private static FaultRun<World.Single> withATableOfTen(ClientUnderTest setup) throws InterruptedException {
        FaultRun<World.Single> run = new FaultRun<>(
                new World.Single(ServerSettings.onTcp().with("tracking-table-max-keys", "10")),
                setup.with(Tracking.OPT_IN));
        return run.start();
    }

    @Test
    void aFullTrackingTableLeavesNothingStale() throws Exception {
        try (FaultRun<World.Single> run = withATableOfTen(ClientUnderTest.guarded());
                WireConnection other = run.world.server.connect()) {
            run.pass(1_000);
            eventually(() -> run.history.countOf(Source.NEAR) > 0);
            assertThat(run.violations()).isEmpty();
            assertThat(info(other, "stats", "tracking_total_keys")).isLessThanOrEqualTo(10);
            run.assertNothingStaleForGood();
        }
    }

    /// Drops what was written, and keeps what the server only forgets to watch.
    static final class KeepsWhatNobodyWrote extends ForwardingDrops {
        private final Set<String> written;

        KeepsWhatNobodyWrote(Drops to, Set<String> written) {
            super(to);
            this.written = written;
        }

        @Override
        public void drop(String key) {
            if (written.remove(key)) {
                super.drop(key);
            }
        }
    }

    @Test
    void withoutHeedOfKeysThatTheServerForgetsTheCheckerSeesStaleReads() throws Exception {
        ClientUnderTest setup = ClientUnderTest.guarded();
        try (FaultRun<World.Single> run = withATableOfTen(
                setup.with(BrokenLinks.dropping(drops -> new KeepsWhatNobodyWrote(drops, setup.written()))))) {
            assertThat(run.violationsOf(() -> run.pass(100))).isNotEmpty();
        }
    }

    @Test
    void broadcastTrackingNeedsNoTable() throws InterruptedException {
        try (World.Single world = new World.Single(ServerSettings.onTcp());
                CachewrightClient client = client(world.uri(), ServerLink::new);
                WireConnection other = world.server.connect()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            IntStream.range(0, 1_000).forEach(i -> quotes.get("quote:" + i));
            assertThat(info(other, "stats", "tracking_total_keys")).isZero();
            assertThat(info(other, "stats", "tracking_total_prefixes")).isEqualTo(1);
        }
    }

    // F8: the connection that invalidations are redirected to dies

    /// There is none: invalidations come on the connection that reads, so that they are in order with the answers.
    @Test
    void invalidationsAreNotRedirectedToAnotherConnection() {
        try (World.Single world = new World.Single(ServerSettings.onTcp());
                CachewrightClient client = client(world.uri(), ServerLink::new);
                WireConnection other = world.server.connect()) {
            assertThat(client.linkState()).isEqualTo(LinkState.LIVE);
            List<String> tracking = other.call("CLIENT", "LIST")
                    .text()
                    .lines()
                    .filter(line -> line.matches(".* flags=[a-zA-Z]*B.*"))
                    .toList();
            assertThat(tracking).hasSize(1).allMatch(line -> line.contains(" redir=0 ") || line.contains(" redir=-1 "));
        }
    }

    // F22: the server evicts what is kept near

    private static FaultRun<World.Single> evicting(Links.LinkFactory links) throws InterruptedException {
        return new FaultRun<>(
                        new World.Single(ServerSettings.onTcp()
                                .with("maxmemory", "5mb")
                                .with("maxmemory-policy", "allkeys-lru")),
                        ClientUnderTest.guarded().with(links))
                .start();
    }

    /// Fills the server until what is kept near has gone there.
    private static void evict(FaultRun<World.Single> run) throws InterruptedException {
        run.stopWriting();
        run.write(run.keys());
        run.awaitNear();
        long begun = System.nanoTime();
        try (WireConnection other = run.world.server.connect()) {
            String big = "x".repeat(1_000);
            for (int round = 0; round < 20; round++) {
                int from = round * 1_000;
                other.pipeline(IntStream.range(from, from + 1_000)
                        .mapToObj(i -> Command.of("SET", "other:" + i, big))
                        .toList());
            }
            List<String> evicted = run.keys().stream()
                    .filter(key -> other.call("EXISTS", key).integer() == 0)
                    .toList();
            assertThat(evicted).isNotEmpty();
            long seen = System.nanoTime();
            evicted.forEach(key -> run.deleted(key, begun, seen));
        }
        run.pass(300);
    }

    @Test
    void whatTheServerEvictsIsDroppedHereToo() throws Exception {
        try (FaultRun<World.Single> run = evicting(ServerLink::new)) {
            evict(run);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    /// Whatever the server says of a key.
    private static final class KeepsWhatIsInvalidated extends ForwardingDrops {
        KeepsWhatIsInvalidated(Drops to) {
            super(to);
        }

        @Override
        public void drop(String key) {
            // It stays.
        }
    }

    @Test
    void withoutHeedOfInvalidationsTheCheckerSeesWhatTheServerEvicted() throws Exception {
        try (FaultRun<World.Single> run = evicting(BrokenLinks.dropping(KeepsWhatIsInvalidated::new))) {
            assertThat(run.violationsOf(() -> evict(run))).isNotEmpty();
        }
    }
}

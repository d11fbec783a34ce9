package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes of which fields are kept near: written in part by this library, and by plain commands of anybody.
class FieldCacheTest {

    static final String KEY = "pos:A:VOD.L";
    /// So long that nothing is read again only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final World.Single world = new World.Single(ServerSettings.onTcp());
    private final WireConnection other = world.server.connect();
    private final List<CachewrightClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        world.restore();
        clients.forEach(CachewrightClient::close);
        other.close();
        world.close();
    }

    private FieldCache<String> positions(Freshness freshness, Tracking tracking, Links.LinkFactory links) {
        CachewrightClient client = CachewrightClient.builder(world.uri())
                .readTimeout(AMPLE)
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .tracking(tracking)
                .links(links)
                .cacheClass(CacheClass.builder("positions", "pos:")
                        .freshness(freshness)
                        .fieldsMax(16)
                        .build())
                .build();
        clients.add(client);
        return client.fieldCache("positions", Codec.utf8());
    }

    private FieldCache<String> positions() {
        return positions(Freshness.bounded(AMPLE), Tracking.BROADCAST, ServerLink::new);
    }

    private static void awaitNear(FieldCache<String> cache, String... fields) throws InterruptedException {
        for (String field : fields) {
            eventually(() -> cache.read(KEY, field).source() == Source.NEAR);
        }
    }

    // What stays and what goes

    @Test
    void aWriteDropsTheFieldsThatItNamesAndNoOthers() throws InterruptedException {
        FieldCache<String> writer = positions();
        FieldCache<String> reader = positions();
        writer.put(KEY, Map.of("qty", "1", "px", "10"), Duration.ZERO);
        awaitNear(reader, "qty", "px");
        for (int i = 2; i < 30; i++) {
            long remote = reader.statistics().remote();
            String next = Integer.toString(i);
            writer.put(KEY, Map.of("qty", next), Duration.ZERO);
            eventually(() -> next.equals(reader.get(KEY, "qty")));
            assertThat(reader.read(KEY, "px").source()).isEqualTo(Source.NEAR);
            assertThat(reader.get(KEY, "px")).isEqualTo("10");
            // That of the field that was written.
            assertThat(reader.statistics().remote()).isEqualTo(remote + 1);
            awaitNear(reader, "qty");
        }
        assertThat(other.call("KEYS", "*").elements()).hasSize(1);
    }

    @Test
    void aPlainWriteInWhateverLanguageDropsTheWholeHash() throws InterruptedException {
        FieldCache<String> reader = positions();
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        awaitNear(reader, "qty", "px");
        other.call("HSET", KEY, "px", "11").orThrow();
        eventually(() -> "11".equals(reader.get(KEY, "px")));
        assertThat(reader.read(KEY, "qty").source()).isEqualTo(Source.REMOTE);
    }

    @Test
    void aWriterReadsItsOwnWritesAndKeepsTheOtherFieldsToo() throws InterruptedException {
        FieldCache<String> cache = positions();
        cache.put(KEY, Map.of("qty", "0", "px", "10"), Duration.ZERO);
        for (int i = 1; i < 200; i++) {
            cache.put(KEY, Map.of("qty", Integer.toString(i)), Duration.ZERO);
            assertThat(cache.get(KEY, "qty")).isEqualTo(Integer.toString(i));
        }
        awaitNear(cache, "px");
        cache.put(KEY, Map.of("qty", "1000"), Duration.ZERO);
        assertThat(cache.read(KEY, "px").source()).isEqualTo(Source.NEAR);
    }

    @Test
    void fieldsAreDeletedByNameAndAbsenceIsRemembered() throws InterruptedException {
        FieldCache<String> writer = positions();
        FieldCache<String> reader = positions();
        writer.put(KEY, Map.of("qty", "1", "px", "10"), Duration.ofMinutes(1));
        assertThat(other.call("PTTL", KEY).integer()).isPositive();
        awaitNear(reader, "qty", "px", "none");
        assertThat(reader.get(KEY, "none")).isNull();
        writer.delete(KEY, List.of("qty"));
        eventually(() -> reader.get(KEY, "qty") == null);
        assertThat(reader.read(KEY, "px").source()).isEqualTo(Source.NEAR);
        assertThat(reader.getAll(KEY, List.of("qty", "px", "none"))).isEqualTo(Map.of("px", "10"));
        writer.put(KEY, Map.of("none", "5"), Duration.ZERO);
        eventually(() -> "5".equals(reader.get(KEY, "none")));
        writer.delete(KEY);
        eventually(() -> reader.getAll(KEY, List.of("px", "none")).isEmpty());
    }

    /// Where the server tells only of keys that were read, the marker is not told.
    @Test
    void withOptInTrackingTheWholeHashGoes() throws InterruptedException {
        FieldCache<String> writer = positions();
        FieldCache<String> reader = positions(Freshness.bounded(AMPLE), Tracking.OPT_IN, ServerLink::new);
        writer.put(KEY, Map.of("qty", "1", "px", "10"), Duration.ZERO);
        awaitNear(reader, "qty", "px");
        writer.put(KEY, Map.of("qty", "2"), Duration.ZERO);
        eventually(() -> "2".equals(reader.get(KEY, "qty")));
        assertThat(reader.read(KEY, "px").source()).isEqualTo(Source.REMOTE);
    }

    @Test
    void nothingIsKeptOverAGap() throws InterruptedException {
        FieldCache<String> reader = positions();
        CachewrightClient client = clients.getFirst();
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        awaitNear(reader, "qty", "px");
        world.proxy.sever();
        eventually(() -> client.linkState() != LinkState.LIVE);
        other.call("HSET", KEY, "px", "11").orThrow();
        world.proxy.restore();
        eventually(() -> client.linkState() == LinkState.LIVE);
        assertThat(reader.get(KEY, "px")).isEqualTo("11");
        assertThat(reader.read(KEY, "qty").source()).isEqualTo(Source.REMOTE);
    }

    // A plain write that hides behind a named one

    /// Proves what was not named as if the server told of fields.
    static final class TrustsTheNames extends ForwardingDrops {
        TrustsTheNames(Drops to) {
            super(to);
        }

        @Override
        public void doubt(String key, long provedNanos) {
            // No doubt.
        }
    }

    /// Writes `qty` by name and `px` without, in one turn of the server, which tells once that the key changed.
    static void writeHidden(WireConnection other, String qty, String px) {
        String marker = FieldMarker.name("pos:", KEY, List.of("qty")).orElseThrow();
        other.call("MULTI").orThrow();
        other.call("HSET", KEY, "qty", qty).orThrow();
        other.call("SET", marker, "").orThrow();
        other.call("DEL", marker).orThrow();
        other.call("HSET", KEY, "px", px).orThrow();
        other.call("EXEC").orThrow();
    }

    /// A reader who has heard of the change.
    private FieldCache<String> ofAHiddenWrite(Links.LinkFactory links) throws InterruptedException {
        FieldCache<String> reader = positions(Freshness.bounded(AMPLE), Tracking.BROADCAST, links);
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        awaitNear(reader, "qty", "px");
        writeHidden(other, "2", "11");
        eventually(() -> "2".equals(reader.get(KEY, "qty")));
        return reader;
    }

    @Test
    void aPlainWriteThatHidesBehindANamedOneIsSeen() throws InterruptedException {
        FieldCache<String> reader = ofAHiddenWrite(ServerLink::new);
        eventually(() -> "11".equals(reader.get(KEY, "px")));
    }

    @Test
    void withoutTheDoubtAPlainWriteThatHidesBehindANamedOneIsMissedForGood() throws InterruptedException {
        FieldCache<String> reader = ofAHiddenWrite(BrokenLinks.dropping(TrustsTheNames::new));
        for (int i = 0; i < 500; i++) {
            assertThat(reader.get(KEY, "px")).isEqualTo("10");
            Thread.sleep(2);
        }
    }

    // Loads, named writes and plain writes at once

    /// When each version of a field was acknowledged, and what readers saw of it that was too old.
    private static final class Versions {
        private static final int VERSIONS_MAX = 200_000;
        private final AtomicLongArray acknowledged = new AtomicLongArray(VERSIONS_MAX);
        private final Queue<String> violations = new ConcurrentLinkedQueue<>();

        void acknowledged(int version) {
            acknowledged.set(version, System.nanoTime());
        }

        /// Whether the read that returned `version` at an age was right; what it saw.
        int check(String field, long invoked, Answer<String> answer, boolean isStrict, int before) {
            int version = Integer.parseInt(answer.toOptional().orElseThrow());
            long next = acknowledged.get(version + 1);
            // The answer's age was told after the read was invoked.
            long asOf = isStrict ? invoked : invoked - answer.ageNanos();
            if (next != 0 && next - asOf < 0) {
                violations.add(field + " " + version + " of age " + answer.ageNanos() + " misses a write acknowledged "
                        + (invoked - next) + " ns before");
            }
            if (version < before) {
                violations.add(field + " went back from " + before + " to " + version);
            }
            return version;
        }
    }

    private Versions race(Freshness freshness, Links.LinkFactory links) throws Exception {
        FieldCache<String> reader = positions(freshness, Tracking.BROADCAST, links);
        FieldCache<String> writer = positions(freshness, Tracking.BROADCAST, ServerLink::new);
        Versions quantities = new Versions();
        Versions prices = new Versions();
        writer.put(KEY, Map.of("qty", "0", "px", "0"), Duration.ZERO);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Future<?>> all = new ArrayList<>();
        boolean isStrict = freshness instanceof Freshness.Strict;
        // Readers who are served near never wait, and would let no virtual thread of the others run.
        try (ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
                WireConnection plain = world.server.connect()) {
            all.add(threads.submit(() -> {
                for (int i = 1; !isOver.get() && i < Versions.VERSIONS_MAX - 1; i++) {
                    writer.put(KEY, Map.of("qty", Integer.toString(i)), Duration.ZERO);
                    quantities.acknowledged(i);
                }
            }));
            all.add(threads.submit(() -> {
                for (int i = 1; !isOver.get() && i < Versions.VERSIONS_MAX - 1; i++) {
                    plain.call("HSET", KEY, "px", Integer.toString(i)).orThrow();
                    prices.acknowledged(i);
                    if (i % 4 == 0) {
                        Thread.sleep(1);
                    }
                }
                return null;
            }));
            for (int i = 0; i < 3; i++) {
                all.add(threads.submit(() -> {
                    int quantity = 0;
                    int price = 0;
                    while (!isOver.get()) {
                        long invoked = System.nanoTime();
                        quantity = quantities.check("qty", invoked, reader.read(KEY, "qty"), isStrict, quantity);
                        invoked = System.nanoTime();
                        price = prices.check("px", invoked, reader.read(KEY, "px"), isStrict, price);
                        Thread.sleep(0, 50_000);
                    }
                    return null;
                }));
            }
            try {
                Thread.sleep(1_500);
                eventually(() -> reader.statistics().remote() > 10);
            } finally {
                isOver.set(true);
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        quantities.violations.addAll(prices.violations);
        return quantities;
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "bounded"})
    void noReadIsOlderThanItSaysThoughNamedAndPlainWritesRaceWithReads(String freshness) throws Exception {
        Freshness promised =
                freshness.equals("strict") ? Freshness.strict() : Freshness.bounded(Duration.ofMillis(250));
        assertThat(race(promised, ServerLink::new).violations).isEmpty();
    }

    // Bad input

    @Test
    void whatIsNoHashIsAnErrorAndNoMiss() {
        FieldCache<String> cache = positions();
        other.call("SET", KEY, "text").orThrow();
        assertThatThrownBy(() -> cache.get(KEY, "qty"))
                .isInstanceOf(CacheException.Rejected.class)
                .hasMessageContaining("WRONGTYPE");
        assertThatThrownBy(() -> cache.put(KEY, Map.of("qty", "1"), Duration.ZERO))
                .isInstanceOf(CacheException.Rejected.class)
                .hasMessageContaining("WRONGTYPE");
        assertThatThrownBy(() -> cache.get("md:VOD.L", "qty")).hasMessageContaining("is not of class positions");
    }

    @Test
    void aPolicyThatAsksForWhatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> CacheClass.builder("positions", "pos:")
                        .fieldsMax(16)
                        .writers(Writers.LIBRARY)
                        .loading(LoadLimits.builder(Duration.ofMinutes(1)).build())
                        .build())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("writes of fields are not logged")
                .hasMessageContaining("a source gives whole values");
        positions();
        assertThatThrownBy(() -> clients.getFirst().nearCache("positions", Codec.utf8()))
                .hasMessageContaining("use fieldCache(…)");
    }
}

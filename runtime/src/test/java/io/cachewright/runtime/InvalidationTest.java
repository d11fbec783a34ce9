package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.runtime.loading.Loader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvalidationTest extends OnServer {

    private static final CachePolicy POLICY = CachePolicy.parse("policy.yaml", """
            version: 1
            classes:
              instruments:
                prefix: "ref:"
                invalidation:
                  key: "ref:{I}"
                  cascades:
                    - key: "md:{I}:quote"
                    - tag: "instrument:{I}"
              quotes:
                prefix: "md:"
                freshness: 250ms
                loading: {ttl: 1h, once-per-fleet: true}
                invalidation:
                  key: "md:{I}:quote"
                  tags: ["instrument:{I}"]
              positions:
                prefix: "pos:"
                freshness: 500ms
                loading: {ttl: 1h}
                invalidation:
                  key: "pos:{ACCT}:{I}"
                  tags: ["instrument:{I}", "account:{ACCT}"]
                  cascades:
                    - class: margins
              margins:
                prefix: "margin:"
                freshness: strict
                loading: {ttl: 1h}
                invalidation: {by-generation: true}
            """);

    private final Map<String, Integer> source = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final Loader<Integer> loader = key -> {
        loads.incrementAndGet();
        return source.get(key);
    };
    private CachewrightClient client;
    private LoadingCache<Integer> quotes;
    private LoadingCache<Integer> positions;
    private LoadingCache<Integer> margins;

    @BeforeEach
    void connect() {
        client = client();
        quotes = client.loadingCache("quotes", new ClientUnderTest.VersionCodec(), loader);
        positions = client.loadingCache("positions", new ClientUnderTest.VersionCodec(), loader);
        margins = client.loadingCache("margins", new ClientUnderTest.VersionCodec(), loader);
        source.put("md:VOD.L:quote", 1);
        source.put("md:BP.L:quote", 1);
        source.put("pos:A:VOD.L", 1);
        source.put("pos:B:VOD.L", 1);
        source.put("pos:A:BP.L", 1);
        source.put("margin:A", 1);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static CachewrightClient client() {
        return CachewrightClient.builder("redis://" + server.address())
                .policy(POLICY)
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(Duration.ofSeconds(20))
                .build();
    }

    private void readAll() {
        source.keySet().forEach(key -> assertThat(cacheOf(key).get(key)).isEqualTo(source.get(key)));
    }

    private LoadingCache<Integer> cacheOf(String key) {
        return key.startsWith("md:") ? quotes : key.startsWith("pos:") ? positions : margins;
    }

    /// Whatever was near, in the server or nowhere: it must be loaded again.
    private List<String> reloaded() {
        List<String> changed = new ArrayList<>();
        source.replaceAll((_, version) -> version + 1);
        for (String key : source.keySet().stream().sorted().toList()) {
            Integer version = cacheOf(key).get(key);
            if (version != null && version.equals(source.get(key))) {
                changed.add(key);
            }
        }
        source.replaceAll((_, version) -> version - 1);
        return changed;
    }

    private void makeNear() throws InterruptedException {
        readAll();
        for (String key : source.keySet()) {
            eventually(() -> cacheOf(key).read(key).source() == Source.NEAR);
        }
    }

    @Test
    void aTagVoidsWhateverCarriesItAndWhatFollowsFromThat() throws InterruptedException {
        makeNear();
        Invalidation done = client.invalidateTag("instrument:VOD.L");
        assertThat(done.tags()).isPositive();
        assertThat(done.classes()).isEqualTo(1);
        assertThat(reloaded()).containsExactly("margin:A", "md:VOD.L:quote", "pos:A:VOD.L", "pos:B:VOD.L");
    }

    @Test
    void aKeyCascadesFromInstrumentToMargin() throws InterruptedException {
        makeNear();
        other.call("SET", "ref:VOD.L", "old");
        client.invalidate(List.of("ref:VOD.L"));
        assertThat(other.call("EXISTS", "ref:VOD.L").toString()).contains("0");
        assertThat(reloaded()).containsExactly("margin:A", "md:VOD.L:quote", "pos:A:VOD.L", "pos:B:VOD.L");
    }

    @Test
    void aWholeClassIsVoidAtOnce() throws InterruptedException {
        makeNear();
        margins.invalidateAll();
        assertThat(reloaded()).containsExactly("margin:A");
        assertThatThrownBy(() -> quotes.invalidateAll()).hasMessageContaining("by-generation: true");
    }

    @Test
    void otherProcessesSeeItWithinTheBound() throws InterruptedException {
        try (CachewrightClient far = client()) {
            LoadingCache<Integer> farQuotes = far.loadingCache("quotes", new ClientUnderTest.VersionCodec(), loader);
            readAll();
            eventually(() -> farQuotes.read("md:VOD.L:quote").source() == Source.NEAR);
            source.put("md:VOD.L:quote", 2);
            Invalidation done = client.invalidateTag("instrument:VOD.L");
            assertThat(done.bound()).isEqualTo(Duration.ofMillis(500));
            done.awaitReaders();
            // Not eventually: this is what awaiting readers means.
            assertThat(farQuotes.get("md:VOD.L:quote")).isEqualTo(2);
        }
    }

    @Test
    void taggedValuesAreStillServedNear() throws InterruptedException {
        makeNear();
        int before = loads.get();
        // Again where a machine was so busy that the bound of the class passed in between.
        eventually(() -> {
            long remote = quotes.statistics().remote();
            for (int i = 0; i < 100; i++) {
                assertThat(quotes.get("md:VOD.L:quote")).isEqualTo(1);
            }
            return quotes.statistics().remote() == remote;
        });
        assertThat(loads).hasValue(before);
    }

    /// Eviction, or a server that comes back without it.
    @Test
    void aLostGenerationVoidsAndNeverRevives() throws InterruptedException {
        makeNear();
        client.invalidateTag("instrument:VOD.L");
        String key = Generations.keyOf(Generations.nameOfTag("instrument:VOD.L"));
        other.call("DEL", key);
        source.put("md:VOD.L:quote", 5);
        eventually(() -> Integer.valueOf(5).equals(quotes.get("md:VOD.L:quote")));
    }

    @Test
    void aLoadThatBeganBeforeTheTagWasInvalidatedDoesNotCount() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (CachewrightClient slow = client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LoadingCache<Integer> slowQuotes = slow.loadingCache("quotes", new ClientUnderTest.VersionCodec(), key -> {
                Integer value = source.get(key);
                if (asked.incrementAndGet() == 1) {
                    source.put(key, 2);
                    client.invalidateTag("instrument:VOD.L");
                }
                return value;
            });
            Future<Integer> early = threads.submit(() -> slowQuotes.get("md:VOD.L:quote"));
            assertThat(early.get()).isIn(1, 2);
            eventually(() -> Integer.valueOf(2).equals(slowQuotes.get("md:VOD.L:quote")));
            assertThat(quotes.get("md:VOD.L:quote")).isEqualTo(2);
        }
    }

    @Test
    void measuresItsWayFromTheCallToTheDrop() throws InterruptedException {
        makeNear();
        for (int i = 0; i < 20; i++) {
            readAll();
            client.invalidate(List.of("md:VOD.L:quote", "nothing:there"));
            client.invalidateTag("account:A");
        }
        eventually(() -> client.invalidationLatency().getTotalCount() >= 40);
        assertThat(client.invalidationLatency().getValueAtPercentile(50)).isPositive();
    }

    /// Nobody tells of it, so nothing waits for the news, nor takes a later change of another's for it.
    @Test
    void aKeyOfNoClassIsInvalidatedButNotMeasured() {
        InvalidationLatency latency =
                new InvalidationLatency(new LinkClock(HitClock.PRECISE), Tracking.BROADCAST, List.of("md:"));
        latency.sent("other:1");
        latency.sent("md:1");
        latency.pushed("other:1");
        latency.pushed("md:1");
        assertThat(latency.snapshot().getTotalCount()).isOne();
        other.call("SET", "other:1", "x").orThrow();
        client.invalidate(List.of("other:1"));
        assertThat(other.call("EXISTS", "other:1").integer()).isZero();
    }

    // By a stream

    @Test
    void whatOthersAddToAStreamIsDoneOnceAndWithItsCascades() throws InterruptedException {
        makeNear();
        try (CachewrightClient one = following();
                CachewrightClient two = following()) {
            other.call("XADD", InvalidationStream.PREFIX + "desk", "*", "key", "ref:VOD.L");
            eventually(() -> done(one) + done(two) == 1);
            assertThat(reloaded()).containsExactly("margin:A", "md:VOD.L:quote", "pos:A:VOD.L", "pos:B:VOD.L");
            for (int i = 0; i < 300; i++) {
                other.call("XADD", InvalidationStream.PREFIX + "desk", "*", "tag", "account:" + i);
            }
            other.call("XADD", InvalidationStream.PREFIX + "desk", "*", "nonsense", "x");
            eventually(() -> done(one) + done(two) == 301);
            eventually(() -> one.streams().getFirst().unknown()
                            + two.streams().getFirst().unknown()
                    == 1);
            eventually(() -> other.call("XPENDING", InvalidationStream.PREFIX + "desk", "cachewright")
                    .toString()
                    .contains("0"));
        }
    }

    /// Whose group is there already, as it is for all but the first.
    @Test
    void whoFollowsAStreamThatOthersFollowBeginsAtOnce() throws InterruptedException {
        other.call("CONFIG", "RESETSTAT").orThrow();
        try (CachewrightClient one = following();
                CachewrightClient two = following()) {
            eventually(() -> other.call("XINFO", "GROUPS", InvalidationStream.PREFIX + "desk")
                    .toString()
                    .contains("cachewright"));
            other.call("XADD", InvalidationStream.PREFIX + "desk", "*", "key", "ref:VOD.L");
            eventually(() -> done(one) + done(two) == 1);
            String stats = other.call("INFO", "commandstats").text();
            assertThat(stats.lines().filter(line -> line.startsWith("cmdstat_xgroup")))
                    .allSatisfy(line -> assertThat(line).containsAnyOf("calls=1,", "calls=2,"));
        }
    }

    /// One that the server refuses for good must not hold up those behind it.
    @Test
    void anEntryThatCannotBeCarriedOutHoldsUpNoOther() throws InterruptedException {
        other.call("ACL", "SETUSER", "desk", "on", ">secret", "+@all", "~md:*", "~cachewright:*", "&*")
                .orThrow();
        try (CachewrightClient following = CachewrightClient.builder("redis://desk:secret@" + server.address())
                .policy(POLICY)
                .followInvalidations("desk")
                .build()) {
            for (String key : List.of("ref:VOD.L", "md:BP.L:quote", "ref:BP.L", "md:VOD.L:quote")) {
                other.call("SET", key, "old").orThrow();
                other.call("XADD", InvalidationStream.PREFIX + "desk", "*", "key", key)
                        .orThrow();
            }
            eventually(() -> done(following) == 2);
            assertThat(other.call("EXISTS", "md:BP.L:quote", "md:VOD.L:quote").integer())
                    .isZero();
            // Whoever may will take them over.
            eventually(() -> pending() == 2);
        } finally {
            other.call("ACL", "DELUSER", "desk");
        }
    }

    private static long pending() {
        return other.call("XPENDING", InvalidationStream.PREFIX + "desk", "cachewright")
                .elements()
                .getFirst()
                .integer();
    }

    private static CachewrightClient following() {
        return CachewrightClient.builder("redis://" + server.address())
                .policy(POLICY)
                .followInvalidations("desk")
                .build();
    }

    private static long done(CachewrightClient client) {
        return client.streams().getFirst().done();
    }

    @Test
    void aTagThatNobodyCarriesIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> client.invalidateTag("instrumnt:VOD.L"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no class of this client carries instrumnt:VOD.L;"
                        + " its policy declares these tags: instrument:{I}, account:{ACCT}");
        assertThat(other.call("KEYS", "*instrumnt*").elements()).isEmpty();
    }

    // Groups: that they are never seen mixed, GroupFaultTest shows

    @Test
    void aGroupNobodyCarriesIsRefused() {
        assertThatThrownBy(() -> client.together("desk:7", () -> 1)).hasMessageContaining("no class of this client");
        assertThatThrownBy(() -> client.change("desk:7", Duration.ofSeconds(1), () -> {}))
                .hasMessageContaining("no class of this client carries desk:7");
    }
}

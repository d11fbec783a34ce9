package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Reply;
import io.cachewright.runtime.codec.Codecs;
import io.cachewright.runtime.loading.BatchLoader;
import io.cachewright.runtime.loading.Loader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadingCacheTest extends OnServer {

    /// So long that no link and no read is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final Map<String, String> source = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<CachewrightClient> clients = new ArrayList<>();
    private Duration readTimeout = AMPLE;
    private volatile boolean isSourceDown;
    private volatile long sourceMillis;

    @BeforeEach
    void clear() {
        source.put("md:quote:VOD.L", "72.10");
    }

    @AfterEach
    void close() {
        clients.forEach(CachewrightClient::close);
    }

    private LoadLimits.Builder limits() {
        return LoadLimits.builder(Duration.ofMinutes(1)).oncePerFleet(true);
    }

    private final Loader<String> loader = key -> {
        asked.incrementAndGet();
        Thread.sleep(sourceMillis);
        if (isSourceDown) {
            throw new IOException("source down");
        }
        return source.get(key);
    };

    private LoadingCache<String> cache(LoadLimits limits, UnaryOperator<CacheClass.Builder> more) {
        return cache(limits, more, Codec.utf8(), loader, "redis://" + server.address());
    }

    private <V> LoadingCache<V> cache(
            LoadLimits limits, UnaryOperator<CacheClass.Builder> more, Codec<V> codec, Loader<V> from, String uri) {
        CacheClass.Builder policy = CacheClass.builder("quotes", "md:quote:")
                .freshness(Freshness.bounded(Duration.ofSeconds(5)))
                .loading(limits);
        CachewrightClient client = CachewrightClient.builder(uri)
                .cacheClass(more.apply(policy).build())
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(readTimeout)
                .build();
        clients.add(client);
        return client.loadingCache("quotes", codec, from);
    }

    private LoadingCache<String> cache() {
        return cache(limits().build(), builder -> builder);
    }

    private static void awaitNear(LoadingCache<?> cache, String key) throws InterruptedException {
        eventually(() -> cache.read(key).source() == Source.NEAR);
    }

    private static long pttl(String key) {
        return ((Reply.Int) other.call("PTTL", key)).value();
    }

    @Test
    void loadsOnceThenReadsNearAndOtherClientsFindItInTheServer() throws InterruptedException {
        LoadingCache<String> quotes = cache();
        Answer<String> first = quotes.read("md:quote:VOD.L");
        assertThat(first.value()).isEqualTo("72.10");
        assertThat(first.source()).isEqualTo(Source.LOADED);
        awaitNear(quotes, "md:quote:VOD.L");
        assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
        assertThat(cache().read("md:quote:VOD.L").source()).isEqualTo(Source.REMOTE);
        assertThat(asked).hasValue(1);
        // A minute shortened by a tenth at most, and the minute that a last value may be served for.
        assertThat(pttl("md:quote:VOD.L")).isBetween(100_000L, 120_000L);
        assertThat(other.call("KEYS", "cachewright:*").toString()).doesNotContain("lease");
    }

    @Test
    void aStrictClassReadsWhatItLoadedFromTheServer() {
        LoadingCache<String> strict = cache(limits().build(), builder -> builder.freshness(Freshness.strict()));
        assertThat(strict.read("md:quote:VOD.L").source()).isIn(Source.REMOTE, Source.NEAR);
        assertThat(strict.get("md:quote:VOD.L")).isEqualTo("72.10");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aLoadThatTakesLongerThanTheBoundIsReadFromTheServer() {
        sourceMillis = 30;
        LoadingCache<String> tight =
                cache(limits().build(), builder -> builder.freshness(Freshness.bounded(Duration.ofMillis(10))));
        Answer<String> answer = tight.read("md:quote:VOD.L");
        assertThat(answer.value()).isEqualTo("72.10");
        assertThat(answer.source()).isEqualTo(Source.REMOTE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void thatTheSourceHasNothingIsRememberedForItsOwnTime() throws InterruptedException {
        LoadingCache<String> quotes = cache(
                limits().negativeTtl(Duration.ofMinutes(1))
                        .staleIfError(Duration.ZERO)
                        .build(),
                b -> b);
        assertThat(quotes.get("md:quote:NONE")).isNull();
        assertThat(quotes.get("md:quote:NONE")).isNull();
        assertThat(cache().get("md:quote:NONE")).isNull();
        assertThat(asked).hasValue(1);
        assertThat(pttl("md:quote:NONE")).isBetween(1L, 60_000L);
        source.put("md:quote:NONE", "1");
        other.call("PEXPIRE", "md:quote:NONE", "1").orThrow();
        eventually(() -> "1".equals(quotes.get("md:quote:NONE")));
    }

    @Test
    void whileTheSourceFailsTheLastValueIsServedAndMarked() throws InterruptedException {
        LoadingCache<String> quotes =
                cache(LoadLimits.builder(Duration.ofMillis(80)).build(), builder -> builder);
        quotes.get("md:quote:VOD.L");
        isSourceDown = true;
        eventually(() -> quotes.read("md:quote:VOD.L").source() == Source.STALE);
        assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
        assertThat(quotes.statistics().stale()).isPositive();
        assertThatThrownBy(() -> quotes.get("md:quote:OTHER"))
                .isInstanceOf(CacheException.NotLoaded.class)
                .hasMessageContaining("md:quote:OTHER was not loaded: ");
        isSourceDown = false;
        source.put("md:quote:VOD.L", "72.11");
        eventually(() -> "72.11".equals(quotes.get("md:quote:VOD.L")));
    }

    /// The guard of the test above switched off.
    @Test
    void withoutLastValuesReadsFailAsSoonAsTheirTimeToLiveEnds() throws InterruptedException {
        LoadingCache<String> quotes = cache(
                LoadLimits.builder(Duration.ofMillis(80))
                        .staleIfError(Duration.ZERO)
                        .build(),
                builder -> builder);
        quotes.get("md:quote:VOD.L");
        isSourceDown = true;
        eventually(() -> {
            try {
                quotes.get("md:quote:VOD.L");
                return false;
            } catch (CacheException.NotLoaded _) {
                return true;
            }
        });
        assertThat(quotes.statistics().stale()).isZero();
    }

    @Test
    void aSlowSourceIsWaitedForBrieflyWhenThereIsALastValueAndFillsInTheBackground() throws InterruptedException {
        LoadingCache<String> quotes = cache(
                LoadLimits.builder(Duration.ofMillis(80))
                        .softTimeout(Duration.ofMillis(5))
                        .earlyRefresh(0)
                        .build(),
                builder -> builder);
        quotes.get("md:quote:VOD.L");
        sourceMillis = 150;
        source.put("md:quote:VOD.L", "72.11");
        eventually(() -> quotes.read("md:quote:VOD.L").source() == Source.STALE);
        eventually(() -> "72.11".equals(quotes.get("md:quote:VOD.L")));
        assertThat(quotes.loadCounts().late()).isPositive();
    }

    @Test
    void aHotKeyIsLoadedAnewBeforeItExpires() throws InterruptedException {
        LoadingCache<String> quotes = cache(limits().refreshAhead(0.9).build(), builder -> builder);
        quotes.get("md:quote:VOD.L");
        // The last 54 of 60 seconds, and jitter has taken up to 6 already: some tries may be needed.
        eventually(() -> {
            other.call("PEXPIRE", "md:quote:VOD.L", "100000");
            Thread.sleep(10);
            assertThat(quotes.read("md:quote:VOD.L").value()).isEqualTo("72.10");
            return asked.get() >= 2;
        });
    }

    @Test
    void anInvalidationIsSeenAtOnceByItsCallerAndSoonByOthers() throws InterruptedException {
        LoadingCache<String> quotes = cache();
        LoadingCache<String> others = cache();
        quotes.get("md:quote:VOD.L");
        awaitNear(others, "md:quote:VOD.L");
        source.put("md:quote:VOD.L", "72.11");
        quotes.invalidate("md:quote:VOD.L");
        assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.11");
        eventually(() -> "72.11".equals(others.get("md:quote:VOD.L")));
    }

    @Test
    void whatWasLoadedBeforeAnInvalidationDoesNotComeBackAfterIt() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch invalidated = new CountDownLatch(1);
        LoadingCache<String> slow = cache(
                limits().build(),
                builder -> builder,
                Codec.utf8(),
                key -> {
                    String value = source.get(key);
                    if (asked.incrementAndGet() == 1) {
                        read.countDown();
                        assertThat(invalidated.await(10, TimeUnit.SECONDS)).isTrue();
                    }
                    return value;
                },
                "redis://" + server.address());
        Thread reader = Thread.ofVirtual().start(() -> slow.get("md:quote:VOD.L"));
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        source.put("md:quote:VOD.L", "72.11");
        cache().invalidate("md:quote:VOD.L");
        invalidated.countDown();
        reader.join();
        assertThat(other.call("EXISTS", "md:quote:VOD.L").toString()).contains("0");
        assertThat(cache().get("md:quote:VOD.L")).isEqualTo("72.11");
        assertThat(slow.loadCounts().unfilled()).isEqualTo(1);
    }

    @Test
    void aBatchAsksTheServerAndTheSourceOnceEach() {
        AtomicInteger batches = new AtomicInteger();
        BatchLoader<String> batch = keys -> {
            batches.incrementAndGet();
            Map<String, String> values = new HashMap<>();
            keys.stream().filter(key -> !key.endsWith("7")).forEach(key -> values.put(key, "of " + key));
            return values;
        };
        LoadingCache<String> quotes =
                cache(limits().build(), b -> b, Codec.utf8(), batch, "redis://" + server.address());
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add("md:quote:" + i);
        }
        for (int round = 0; round < 3; round++) {
            Map<String, String> values = quotes.getAll(keys);
            assertThat(values).hasSize(90).containsEntry("md:quote:42", "of md:quote:42");
        }
        assertThat(batches).hasValue(1);
        assertThat(cache().getAll(keys)).hasSize(90);
        assertThat(batches).hasValue(1);
    }

    // F23: poison and class changes

    record QuoteBefore(String instrument, BigDecimal bid) {}

    record QuoteAfter(String instrument, BigDecimal bid, String venue) {}

    @Test
    void poisonIsAMissWithASampleAndIsReplaced() throws InterruptedException {
        LoadingCache<QuoteBefore> quotes = cache(
                limits().build(),
                b -> b,
                Codecs.records(QuoteBefore.class),
                _ -> new QuoteBefore("VOD.L", BigDecimal.TEN),
                "redis://" + server.address());
        other.call("SET", "md:quote:VOD.L", "not a record at all, but very long poison " + "!".repeat(5_000));
        assertThat(quotes.get("md:quote:VOD.L")).isEqualTo(new QuoteBefore("VOD.L", BigDecimal.TEN));
        assertThat(quotes.statistics().decodeErrors()).isEqualTo(1);
        UnreadableValue sample = quotes.unreadableValues().getFirst();
        assertThat(sample.key()).isEqualTo("md:quote:VOD.L");
        assertThat(sample.beginning()).hasSize(128).startsWith("6e6f742061");
        awaitNear(quotes, "md:quote:VOD.L");
        for (int i = 0; i < 100; i++) {
            other.call("SET", "md:quote:BAD" + i, "poison");
            quotes.get("md:quote:BAD" + i);
        }
        assertThat(quotes.unreadableValues()).hasSize(16);
    }

    @Test
    void twoReleasesBesideEachOtherDoNotOverwriteEachOther() throws Exception {
        AtomicInteger before = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        LoadingCache<QuoteBefore> old = cache(
                limits().build(),
                b -> b,
                Codecs.records(QuoteBefore.class),
                _ -> {
                    before.incrementAndGet();
                    return new QuoteBefore("VOD.L", BigDecimal.TEN);
                },
                "redis://" + server.address());
        LoadingCache<QuoteAfter> young = cache(
                limits().build(),
                b -> b,
                Codecs.records(QuoteAfter.class),
                _ -> {
                    after.incrementAndGet();
                    return new QuoteAfter("VOD.L", BigDecimal.TEN, "XLON");
                },
                "redis://" + server.address());
        old.get("md:quote:VOD.L");
        awaitNear(old, "md:quote:VOD.L");
        // By then the invalidation by the first fill has come to the other one too.
        assertThat(clients.getLast()
                        .links()
                        .of("md:quote:VOD.L")
                        .proofSince(System.nanoTime())
                        .get(AMPLE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        for (int i = 0; i < 200; i++) {
            assertThat(old.get("md:quote:VOD.L")).isEqualTo(new QuoteBefore("VOD.L", BigDecimal.TEN));
            assertThat(young.get("md:quote:VOD.L")).isEqualTo(new QuoteAfter("VOD.L", BigDecimal.TEN, "XLON"));
        }
        assertThat(before).hasValue(1);
        assertThat(after).hasValue(1);
        old.invalidate("md:quote:VOD.L");
        eventually(() -> after.get() > 1 || young.read("md:quote:VOD.L").source() == Source.NEAR);
    }

    // A server that is away, and users who may not

    @Test
    void withoutTheServerEachProcessLoadsForItselfWhereItsClassMay() {
        RedisServer late = RedisServer.start(ServerSettings.onTcp());
        readTimeout = Duration.ofMillis(500);
        try {
            LoadingCache<String> quotes =
                    cache(limits().build(), b -> b, Codec.utf8(), loader, "redis://" + late.address());
            LoadingCache<String> strict = cache(
                    limits().build(),
                    b -> b.freshness(Freshness.strict()),
                    Codec.utf8(),
                    loader,
                    "redis://" + late.address());
            LoadingCache<String> refusing = cache(
                    limits().build(),
                    b -> b.whenUnproved(WhenUnproved.REFUSE),
                    Codec.utf8(),
                    loader,
                    "redis://" + late.address());
            late.kill();
            assertThat(quotes.read("md:quote:VOD.L").source()).isEqualTo(Source.LOADED);
            assertThatThrownBy(() -> strict.get("md:quote:VOD.L")).isInstanceOf(CacheException.Unavailable.class);
            assertThatThrownBy(() -> refusing.get("md:quote:VOD.L")).isInstanceOf(CacheException.Refused.class);
            assertThat(asked).hasValue(1);
        } finally {
            late.close();
        }
    }

    @Test
    void scriptsThatTheServerForgotAreSentAgain() {
        LoadingCache<String> quotes = cache();
        for (int i = 0; i < 5; i++) {
            other.call("SCRIPT", "FLUSH");
            quotes.invalidate("md:quote:VOD.L");
            assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
        }
        assertThat(quotes.loadCounts().unfilled()).isZero();
        assertThat(asked).hasValue(5);
    }

    @Test
    void aUserWhoMayNotTakeLeasesIsToldWhenTheCacheIsBuilt() {
        other.call("ACL", "SETUSER", "noscripts", "on", "nopass", "~*", "+@all", "-@scripting");
        other.call("ACL", "SETUSER", "nokeys", "on", "nopass", "~md:*", "+@all");
        for (String user : List.of("noscripts", "nokeys")) {
            assertThatThrownBy(() -> cache(
                            limits().build(),
                            b -> b,
                            Codec.utf8(),
                            loader,
                            "redis://" + user + ":x@" + server.address()))
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining("class quotes loads once per fleet")
                    .hasMessageContaining("cachewright:lease:*")
                    .hasMessageContaining("NOPERM");
        }
    }

    @Test
    void aClassIsOpenedAsItsPolicySays() {
        cache();
        CachewrightClient client = clients.getFirst();
        assertThatThrownBy(() -> client.nearCache("quotes", Codec.utf8()))
                .hasMessageContaining("class quotes asks for loading: use loadingCache");
        try (CachewrightClient plain = CachewrightClient.builder("redis://" + server.address())
                .cacheClass(CacheClass.builder("a", "a:").build())
                .build()) {
            assertThatThrownBy(() -> plain.loadingCache("a", Codec.utf8(), loader))
                    .hasMessageContaining("class a has no loading in its policy");
        }
    }
}

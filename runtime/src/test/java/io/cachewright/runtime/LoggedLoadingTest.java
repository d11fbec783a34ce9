package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.loading.Loader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Classes that load and whose writes are all logged: loading writes versions and log entries too.
class LoggedLoadingTest {

    private static final List<String> KEYS =
            IntStream.range(0, 50).mapToObj(i -> "ref:" + i).toList();
    /// So long that nothing is read again only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final World.Single world = new World.Single(ServerSettings.onTcp());
    private final Map<String, String> source = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    private static CachewrightClient client(String uri, boolean oncePerFleet) {
        return CachewrightClient.builder(uri)
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(AMPLE)
                .cacheClass(CacheClass.builder("instruments", "ref:")
                        .freshness(Freshness.bounded(AMPLE))
                        .writers(Writers.LIBRARY)
                        .loading(LoadLimits.builder(Duration.ofHours(1))
                                .oncePerFleet(oncePerFleet)
                                .hardTimeout(AMPLE)
                                .build())
                        .build())
                .build();
    }

    private LoadingCache<String> instruments(CachewrightClient of, Loader<String> loader) {
        return of.loadingCache("instruments", Codec.utf8(), loader);
    }

    private @Nullable String fromSource(String key) {
        loads.incrementAndGet();
        return source.get(key);
    }

    @AfterEach
    void close() {
        world.restore();
        world.close();
    }

    /// Until all is near, and the link knows from where it would have to catch up with it.
    private static void awaitAllNear(CachewrightClient client, LoadingCache<String> cache) throws InterruptedException {
        eventually(() -> {
            boolean areNear = KEYS.stream().allMatch(key -> cache.read(key).source() == Source.NEAR);
            ServerLink link = client.links().of(KEYS.getFirst());
            // With the answer to a heartbeat it knows more.
            var _ = link.proofSince(System.nanoTime());
            return areNear
                    && link.followedTo(KEYS.getFirst())
                            .filter(position -> position.arrivals() == link.arrivals())
                            .isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterACutOnlyWhatWasInvalidatedOrLoadedMeanwhileIsReadAnew(boolean oncePerFleet) throws InterruptedException {
        KEYS.forEach(key -> source.put(key, "1"));
        try (CachewrightClient client = client(world.uri(), oncePerFleet);
                CachewrightClient other = client("redis://" + world.server.address(), oncePerFleet)) {
            LoadingCache<String> cache = instruments(client, this::fromSource);
            LoadingCache<String> far = instruments(other, this::fromSource);
            cache.getAll(KEYS);
            awaitAllNear(client, cache);
            assertThat(loads).hasValue(KEYS.size());
            long remoteBefore = cache.statistics().remote();
            world.proxy.sever();
            KEYS.subList(0, 10).forEach(key -> source.put(key, "2"));
            far.invalidate(KEYS.subList(0, 10).toArray(String[]::new));
            KEYS.subList(0, 5).forEach(key -> assertThat(far.get(key)).isEqualTo("2"));
            world.proxy.restore();
            eventually(() -> client.linksArmed() == 2 && client.linkState() == LinkState.LIVE);
            for (String key : KEYS.subList(10, KEYS.size())) {
                assertThat(cache.read(key).source()).as(key).isEqualTo(Source.NEAR);
            }
            assertThat(cache.statistics().remote()).isEqualTo(remoteBefore);
            KEYS.subList(0, 10).forEach(key -> assertThat(cache.get(key)).isEqualTo("2"));
            // Five were loaded by the other one, five had to be loaded again.
            assertThat(loads).hasValue(KEYS.size() + 10);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLoadedHasAVersionAndAnEntryInTheLog(boolean oncePerFleet) {
        source.put("ref:VOD.L", "Vodafone");
        try (CachewrightClient client = client(world.uri(), oncePerFleet);
                WireConnection other = world.server.connect()) {
            LoadingCache<String> cache = instruments(client, this::fromSource);
            assertThat(cache.get("ref:VOD.L")).isEqualTo("Vodafone");
            assertThat(Version.of(other.call("GET", "ref:VOD.L").text().getBytes(StandardCharsets.UTF_8)))
                    .isPresent();
            assertThat(other.call("XLEN", LogKeys.PREFIX + "all").integer()).isEqualTo(1);
            cache.invalidate("ref:VOD.L");
            assertThat(other.call("XLEN", LogKeys.PREFIX + "all").integer()).isEqualTo(2);
            assertThat(other.call("EXISTS", "ref:VOD.L").integer()).isZero();
            // Only the value's own codec says versions of loaded values: this one knows none.
            assertThat(cache.read("ref:VOD.L").version()).isEmpty();
        }
    }

    @Test
    void whatWasLoadedBeforeAnInvalidationDoesNotComeBackAfterIt() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        source.put("ref:VOD.L", "old");
        try (CachewrightClient client = client(world.uri(), true);
                CachewrightClient other = client("redis://" + world.server.address(), true);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WireConnection wire = world.server.connect()) {
            LoadingCache<String> cache = instruments(client, key -> {
                String value = source.get(key);
                isAsked.countDown();
                mayAnswer.await();
                return value;
            });
            LoadingCache<String> far = instruments(other, this::fromSource);
            Future<String> early = threads.submit(() -> cache.get("ref:VOD.L"));
            isAsked.await();
            source.put("ref:VOD.L", "new");
            far.invalidate("ref:VOD.L");
            mayAnswer.countDown();
            early.get();
            assertThat(wire.call("GET", "ref:VOD.L").toString()).doesNotContain("old");
            assertThat(far.get("ref:VOD.L")).isEqualTo("new");
            eventually(() -> "new".equals(cache.get("ref:VOD.L")));
        }
    }
}

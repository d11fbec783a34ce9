package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// F25: values that are made of other values, instrument to quote to position to margin, each loaded through the cache
/// before it. One call invalidates the instrument; a history has what readers in another process saw of all four.
class CascadeFaultTest {

    private static final Duration BOUND = Duration.ofMillis(250);
    private static final int INSTRUMENTS = 4;
    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final int CHANGES = 400;
    private static final List<String> CLASSES = List.of("instruments", "quotes", "positions", "margins");
    private static final List<String> PREFIXES = List.of("ref:", "md:", "pos:", "margin:");

    private static CachePolicy policy(boolean cascades) {
        StringBuilder yaml = new StringBuilder("version: 1\nclasses:\n");
        for (int i = 0; i < CLASSES.size(); i++) {
            yaml.append("  ").append(CLASSES.get(i)).append(":\n    prefix: \"").append(PREFIXES.get(i));
            yaml.append("\"\n    freshness: 250ms\n    loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 60s}\n");
            yaml.append("    invalidation:\n      key: \"")
                    .append(PREFIXES.get(i))
                    .append("{I}\"\n");
            if (cascades && i + 1 < CLASSES.size()) {
                yaml.append("      cascades:\n        - key: \"").append(PREFIXES.get(i + 1));
                yaml.append("{I}\"\n");
            }
        }
        return CachePolicy.parse("policy.yaml", yaml.toString());
    }

    private final Map<String, Integer> source = new ConcurrentHashMap<>();
    private final History history = new History();
    private volatile boolean isOver;

    private static CachewrightClient client(RedisServer server, CachePolicy policy) {
        return CachewrightClient.builder("redis://" + server.address())
                .policy(policy)
                .readTimeout(AMPLE)
                .build();
    }

    private List<LoadingCache<Integer>> caches(CachewrightClient client) {
        List<LoadingCache<Integer>> caches = new ArrayList<>();
        for (int i = 0; i < CLASSES.size(); i++) {
            @Nullable LoadingCache<Integer> before = i == 0 ? null : caches.get(i - 1);
            int index = i;
            caches.add(client.loadingCache(CLASSES.get(i), new ClientUnderTest.VersionCodec(), key -> {
                String instrument = key.substring(PREFIXES.get(index).length());
                return before == null ? source.get(instrument) : before.get(PREFIXES.get(index - 1) + instrument);
            }));
        }
        return caches;
    }

    /// Changes instruments and lets `invalidate` tell of each, while readers read, until the checker has `seen` enough.
    private List<String> violations(
            boolean cascades, BiConsumer<CachewrightClient, String> invalidate, Eventually.Condition seen)
            throws Exception {
        CachePolicy policy = policy(cascades);
        for (int i = 0; i < INSTRUMENTS; i++) {
            source.put("I" + i, 0);
        }
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient writer = client(server, policy);
                CachewrightClient far = client(server, policy);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<LoadingCache<Integer>> caches = caches(far);
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(threads.submit(() -> readAll(caches)));
            }
            try {
                Eventually.repeat(() -> changeSome(writer, invalidate), seen);
            } finally {
                isOver = true;
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        return history.violations();
    }

    private void changeSome(CachewrightClient writer, BiConsumer<CachewrightClient, String> invalidate)
            throws InterruptedException {
        for (int i = 0; i < CHANGES; i++) {
            change(writer, "I" + ThreadLocalRandom.current().nextInt(INSTRUMENTS), invalidate);
            LockSupport.parkNanos(2_000_000);
        }
        Thread.sleep(BOUND.toMillis());
    }

    private boolean hasViolations() {
        return !history.violations().isEmpty();
    }

    private void change(CachewrightClient writer, String instrument, BiConsumer<CachewrightClient, String> invalidate) {
        long begun = System.nanoTime();
        source.merge(instrument, 1, Integer::sum);
        invalidate.accept(writer, instrument);
        long acknowledged = System.nanoTime();
        PREFIXES.forEach(prefix -> history.wrote(prefix + instrument, begun, acknowledged));
    }

    private void readAll(List<LoadingCache<Integer>> caches) {
        try (History.Recorder reads = history.new Recorder()) {
            while (!isOver) {
                int index = ThreadLocalRandom.current().nextInt(CLASSES.size());
                String key =
                        PREFIXES.get(index) + "I" + ThreadLocalRandom.current().nextInt(INSTRUMENTS);
                long invoked = System.nanoTime();
                reads.add(History.Read.of(key, invoked, caches.get(index).read(key), BOUND.toNanos()));
                LockSupport.parkNanos(50_000);
            }
        }
    }

    @Test
    void whatIsMadeOfAChangedValueIsNeverServedBeyondItsInvalidation() throws Exception {
        assertThat(violations(
                        true, (writer, instrument) -> writer.invalidate(List.of("ref:" + instrument)), () -> true))
                .isEmpty();
    }

    @Test
    void withoutTheCascadesTheCheckerSeesWhatWasMadeOfOldValues() throws Exception {
        assertThat(violations(
                        false,
                        (writer, instrument) -> writer.invalidate(List.of("ref:" + instrument)),
                        this::hasViolations))
                .isNotEmpty();
    }

    /// All is invalidated, but what is made of something before that itself.
    @Test
    void withoutTheOrderOfTheCascadesTheCheckerSeesValuesMadeAnewOfOldOnes() throws Exception {
        assertThat(violations(
                        false,
                        (writer, instrument) ->
                                PREFIXES.reversed().forEach(prefix -> writer.invalidate(List.of(prefix + instrument))),
                        this::hasViolations))
                .isNotEmpty();
    }
}

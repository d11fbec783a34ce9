package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.runtime.loading.Loader;
import io.cachewright.runtime.metrics.CachewrightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees of loads and invalidations.
class LoadMetersTest extends OnServer {

    private static final CachePolicy POLICY = CachePolicy.parse("policy.yaml", """
            version: 1
            classes:
              quotes:
                prefix: "md:"
                freshness: 20s
                loading: {ttl: 50ms, ttl-jitter: 0, once-per-fleet: true, soft-timeout: 20s, hard-timeout: 20s,
                          stale-if-error: 1h, breaker-failures: 50%, breaker-pause: 1h}
              limits:
                prefix: "risk:"
            """);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicBoolean isSourceDown = new AtomicBoolean();
    private final Loader<String> loader = key -> {
        if (isSourceDown.get()) {
            throw new IOException("source down");
        }
        return "of " + key;
    };

    private static CachewrightClientBuilder client() {
        return CachewrightClient.builder("redis://" + server.address())
                .policy(POLICY)
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(Duration.ofSeconds(20));
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private long timed(String name, String... tags) {
        return registry.get(name).tags(tags).timer().count();
    }

    /// Twice: nothing may be counted twice.
    private void bind(CachewrightClient client) {
        new CachewrightMetrics(client).bindTo(registry);
        new CachewrightMetrics(client).bindTo(registry);
    }

    private void failUntilLeftAlone(LoadingCache<String> quotes) {
        isSourceDown.set(true);
        for (int i = 0; i < 6; i++) {
            String key = "md:" + i;
            assertThatThrownBy(() -> quotes.get(key)).isInstanceOf(CacheException.NotLoaded.class);
        }
    }

    @Test
    void loadsAreCountedAndTimedAndTheBreakerShows() throws InterruptedException {
        try (CachewrightClient client = client().build()) {
            LoadingCache<String> quotes = client.loadingCache("quotes", Codec.utf8(), loader);
            bind(client);
            assertThat(quotes.get("md:VOD.L")).isEqualTo("of md:VOD.L");
            assertThat(count("cache.load", "cache", "quotes", "result", "success"))
                    .isEqualTo(1);
            assertThat(timed("cachewright.load.duration", "cache", "quotes", "result", "success"))
                    .isEqualTo(1);
            assertThat(breaker("closed")).isEqualTo(1);
            failUntilLeftAlone(quotes);
            assertThat(breaker("open")).isEqualTo(1);
            assertThat(breaker("closed")).isZero();
            double failures = count("cache.load", "cache", "quotes", "result", "failure");
            assertThat(failures).isPositive();
            assertThat(timed("cachewright.load.duration", "cache", "quotes", "result", "failure"))
                    .isEqualTo((long) failures);
            assertThat(count("cachewright.loads", "cache", "quotes", "outcome", "cut"))
                    .isPositive();
            // Past its time to live, and the source is left alone: the last value.
            eventually(() -> quotes.read("md:VOD.L").source() == Source.STALE);
            assertThat(count("cachewright.reads", "cache", "quotes", "outcome", "stale"))
                    .isPositive();
            assertThat(registry.get("cachewright.loads.active")
                            .tags("cache", "quotes")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    private double breaker(String state) {
        return registry.get("cachewright.load.breaker")
                .tags("cache", "quotes", "state", state)
                .gauge()
                .value();
    }

    private static long scriptsRun() {
        return other.call("INFO", "commandstats")
                .text()
                .lines()
                .filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void waitsForALeaseAreTimed() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (CachewrightClient first = client().build();
                CachewrightClient second = client().build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LoadingCache<String> slow = first.loadingCache("quotes", Codec.utf8(), key -> {
                isAsked.countDown();
                mayAnswer.await();
                return "of the first";
            });
            LoadingCache<String> waiting = second.loadingCache("quotes", Codec.utf8(), loader);
            bind(second);
            Future<String> one = threads.submit(() -> slow.get("md:VOD.L"));
            isAsked.await();
            long asked = scriptsRun();
            Future<String> two = threads.submit(() -> waiting.get("md:VOD.L"));
            // Once the lease was refused to it, it waits.
            eventually(() -> scriptsRun() > asked);
            mayAnswer.countDown();
            assertThat(one.get()).isEqualTo("of the first");
            assertThat(two.get()).isNotNull();
            eventually(() -> timed("cachewright.load.lease.wait", "cache", "quotes") == 1);
        }
    }

    @Test
    void invalidationsAreTimedToTheirAcknowledgementAndToTheirArrival() throws InterruptedException {
        try (CachewrightClient client = client().build()) {
            client.loadingCache("quotes", Codec.utf8(), loader);
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            bind(client);
            for (int i = 0; i < 10; i++) {
                limits.put("risk:" + i, "1", Duration.ZERO);
            }
            eventually(() -> timed("cachewright.invalidation.lag") == 10);
            client.invalidate(List.of("risk:0", "risk:1", "risk:none"));
            eventually(() -> timed("cachewright.invalidation.lag") == 12);
            assertThat(timed("cachewright.invalidation.acknowledgement", "outcome", "acknowledged"))
                    .isEqualTo(1);
            assertThat(registry.get("cachewright.invalidated")
                            .tags("what", "key")
                            .counter()
                            .count())
                    .isEqualTo(3);
            assertThat(registry.get("cachewright.invalidation.lag").timer().max(TimeUnit.NANOSECONDS))
                    .isPositive();
        }
    }

    @Test
    void aClientThatOnlyReadsMeasuresByAProbe() throws InterruptedException {
        try (CachewrightClient client =
                client().probeInvalidations(Duration.ofMillis(20)).build()) {
            bind(client);
            eventually(() -> timed("cachewright.invalidation.lag") >= 5);
        }
        eventually(() ->
                other.call("KEYS", InvalidationProbe.PREFIX + "*").elements().isEmpty());
        assertThatThrownBy(() -> client().probeInvalidations(Duration.ofMillis(1))
                        .tracking(Tracking.OPT_IN)
                        .build())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("probeInvalidations must be at least 10 ms")
                .hasMessageContaining("probeInvalidations needs broadcast tracking");
    }

    @Test
    void theFlightRecorderSeesLoadsBreakersAndInvalidations(@TempDir Path directory) throws Exception {
        try (Recording recording = new Recording();
                CachewrightClient client = client().build()) {
            List.of("Load", "BreakerChange", "Invalidation", "InvalidationArrived")
                    .forEach(name -> recording.enable("cachewright." + name).withoutThreshold());
            recording.start();
            LoadingCache<String> quotes = client.loadingCache("quotes", Codec.utf8(), loader);
            bind(client);
            quotes.get("md:VOD.L");
            client.invalidate(List.of("md:VOD.L"));
            eventually(() -> timed("cachewright.invalidation.lag") == 1);
            failUntilLeftAlone(quotes);
            recording.stop();
            Path file = directory.resolve("run.jfr");
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            assertThat(of(events, "Load"))
                    .anySatisfy(
                            event -> assertThat(event.getBoolean("hasFailed")).isFalse())
                    .anySatisfy(
                            event -> assertThat(event.getBoolean("hasFailed")).isTrue())
                    .allSatisfy(
                            event -> assertThat(event.getString("cacheClass")).isEqualTo("quotes"));
            assertThat(of(events, "BreakerChange"))
                    .extracting(event -> event.getString("to"))
                    .contains("OPEN");
            assertThat(of(events, "Invalidation")).hasSize(1).allSatisfy(event -> {
                assertThat(event.getInt("keys")).isEqualTo(1);
                assertThat(event.getBoolean("isAcknowledged")).isTrue();
            });
            assertThat(of(events, "InvalidationArrived"))
                    .hasSize(1)
                    .allSatisfy(event -> assertThat(event.getDuration("lag")).isPositive());
        }
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("cachewright." + name))
                .toList();
    }
}

package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// F20: the server stands still under load.
@Timeout(60)
class SlowServerTest {

    private static final int REMOTE_MAX = 20;

    private RedisServer server;
    private WireConnection other;
    private CachewrightClient client;
    private NearCache<String> limits;
    private NearCache<String> quotes;
    private NearCache<String> news;

    @BeforeEach
    void start() {
        server = RedisServer.start(ServerSettings.onTcp());
        other = server.connect();
        // No read is given up while the server stands still: those that were let through keep their places.
        open(Duration.ofSeconds(60));
        other.call("SET", "risk:1", "5").orThrow();
        other.call("SET", "md:VOD.L", "72.10").orThrow();
    }

    private void open(Duration readTimeout) {
        client = CachewrightClient.builder("redis://" + server.address())
                .detectWithin(Duration.ofMillis(100))
                .readTimeout(readTimeout)
                .cacheClass(CacheClass.builder("limits", "risk:")
                        .freshness(Freshness.bounded(Duration.ofMillis(100)))
                        .whenUnproved(WhenUnproved.REFUSE)
                        .build())
                .cacheClass(CacheClass.builder("quotes", "md:")
                        .freshness(Freshness.bounded(Duration.ofMillis(100)))
                        .whenUnproved(WhenUnproved.DEGRADE)
                        .remoteMax(REMOTE_MAX)
                        .build())
                .cacheClass(CacheClass.builder("news", "news:")
                        .freshness(Freshness.bounded(Duration.ofSeconds(60)))
                        .remoteMax(REMOTE_MAX)
                        .build())
                .build();
        limits = client.nearCache("limits", Codec.utf8());
        quotes = client.nearCache("quotes", Codec.utf8());
        news = client.nearCache("news", Codec.utf8());
    }

    @AfterEach
    void stop() {
        client.close();
        other.close();
        server.close();
    }

    @Test
    void eachClassShedsByItselfAndNeverMoreReadsAreUnderWayThanAllowed() throws Exception {
        eventually(() -> quotes.read("md:VOD.L").source() == Source.NEAR);
        assertThat(limits.get("risk:1")).isEqualTo("5");
        server.pause();
        AtomicInteger shed = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        List<Future<?>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < 400; i++) {
                    String key = "news:" + i;
                    readers.add(threads.submit(() -> {
                        try {
                            news.get(key);
                        } catch (CacheException.Unavailable e) {
                            // Those that were let through may wait in vain, but no others.
                            AtomicInteger kind =
                                    String.valueOf(e.getMessage()).contains("class news") ? shed : unanswered;
                            kind.incrementAndGet();
                        }
                    }));
                }
                // Those above the bound come back while the server still stands still.
                eventually(() -> shed.get() >= 400 - REMOTE_MAX);
                assertThat(news.remoteUnderWay()).isLessThanOrEqualTo(REMOTE_MAX);
                // Quotes are not held up by the flood of news, nor limits.
                eventually(() -> quotes.read("md:VOD.L").source() == Source.STALE);
                assertThat(quotes.get("md:VOD.L")).isEqualTo("72.10");
                eventually(() -> "Refused".equals(outcome(limits, "risk:1")));
            } finally {
                server.resume();
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(unanswered).hasValueLessThanOrEqualTo(REMOTE_MAX);
        assertThat(news.remoteUnderWay()).isZero();
        assertThat(news.get("news:1")).isNull();
        assertThat(limits.statistics().refused()).isPositive();
    }

    /// What the bound is for: without it everything waits.
    @Test
    void withoutABoundEveryReadWaits() throws InterruptedException {
        CacheClass unbounded =
                CacheClass.builder("all", "all:").remoteMax(Integer.MAX_VALUE).build();
        try (CachewrightClient free = CachewrightClient.builder("redis://" + server.address())
                        .readTimeout(Duration.ofSeconds(60))
                        .cacheClass(unbounded)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NearCache<String> all = free.nearCache("all", Codec.utf8());
            server.pause();
            try {
                for (int i = 0; i < 400; i++) {
                    String key = "all:" + i;
                    var _ = threads.submit(() -> all.get(key));
                }
                eventually(() -> all.remoteUnderWay() > REMOTE_MAX);
            } finally {
                server.resume();
            }
        }
    }

    // F12: nobody waits for longer than he said

    @Test
    void whileTheServerStandsStillEveryReadReturns() throws Exception {
        client.close();
        open(Duration.ofSeconds(1));
        server.pause();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                List<Future<?>> readers = new ArrayList<>();
                for (NearCache<String> cache : List.of(limits, quotes, news)) {
                    for (int i = 0; i < 10; i++) {
                        String key = cache.policy().prefix() + "absent-" + i;
                        readers.add(threads.submit(() -> outcome(cache, key)));
                    }
                }
                for (Future<?> reader : readers) {
                    assertThat(reader.get(30, TimeUnit.SECONDS)).isIn("Refused", "Unavailable");
                }
            } finally {
                server.resume();
            }
        }
    }

    private static String outcome(NearCache<String> cache, String key) {
        try {
            return String.valueOf(cache.get(key));
        } catch (CacheException e) {
            return e.getClass().getSimpleName();
        }
    }

    /// What the limit in time is for: without it a reader hangs for as long as the server does.
    @Test
    void withoutALimitInTimeAReadHangsUntilTheServerGoesOn() throws Exception {
        try (CachewrightClient patient = CachewrightClient.builder("redis://" + server.address())
                        .detectWithin(Duration.ofMillis(100))
                        .readTimeout(Duration.ofHours(1))
                        .cacheClass(CacheClass.builder("all", "all:").build())
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NearCache<String> all = patient.nearCache("all", Codec.utf8());
            server.pause();
            Future<String> reader;
            try {
                reader = threads.submit(() -> outcome(all, "all:1"));
                // Long after the link was given up, and tried again.
                eventually(() -> patient.linkState() == LinkState.GAP);
                assertThat(reader.isDone()).isFalse();
            } finally {
                server.resume();
            }
            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo("null");
        }
    }
}

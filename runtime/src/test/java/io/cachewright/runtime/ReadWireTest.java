package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadWireTest {

    private static final Map<String, String> HUNDRED =
            IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "md:" + i, i -> "v" + i));

    private RedisServer server;
    private WireConnection other;

    @BeforeEach
    void start() {
        server = RedisServer.start(ServerSettings.onTcp());
        other = server.connect();
        HUNDRED.forEach((key, value) -> other.call("SET", key, value));
    }

    @AfterEach
    void stop() {
        other.close();
        server.close();
    }

    /// Whose class serves near for so long that nothing is read again only because this machine is slow.
    private CachewrightClient client(String credentials, Tracking tracking, long nearMax) {
        return CachewrightClient.builder("redis://" + credentials + server.address())
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(FaultRun.AMPLE)
                .tracking(tracking)
                .cacheClass(CacheClass.builder("quotes", "md:")
                        .freshness(Freshness.bounded(FaultRun.AMPLE))
                        .nearBound(NearBound.entries(nearMax))
                        .build())
                .build();
    }

    private long calls(String command) {
        Matcher matcher = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(other.call("INFO", "commandstats").text());
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Test
    void aBatchAsksForItsValuesTogether() throws InterruptedException {
        try (CachewrightClient client = client("", Tracking.BROADCAST, 1_000)) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThat(quotes.getAll(HUNDRED.keySet())).isEqualTo(HUNDRED);
            assertThat(calls("mget")).isEqualTo(1);
            assertThat(calls("get")).isZero();
            eventually(() -> calls("pttl") == 100);
        }
    }

    @Test
    void aStrictBatchIsAskedForInOneRoundTripWhateverIsNear() {
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .readTimeout(Duration.ofSeconds(10))
                .cacheClass(CacheClass.builder("limits", "md:")
                        .freshness(Freshness.strict())
                        .build())
                .build()) {
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            assertThat(limits.getAll(List.of("md:1", "md:2"))).hasSize(2);
            assertThat(limits.getAll(HUNDRED.keySet())).isEqualTo(HUNDRED);
            assertThat(calls("mget")).isEqualTo(2);
            assertThat(calls("get")).isZero();
        }
    }

    @Test
    void aBatchIsTrackedWhereOnlyWhatIsReadIs() throws InterruptedException {
        try (CachewrightClient client = client("", Tracking.OPT_IN, 1_000)) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThat(quotes.getAll(HUNDRED.keySet())).isEqualTo(HUNDRED);
            assertThat(quotes.read("md:99").source()).isEqualTo(Source.NEAR);
            other.call("SET", "md:99", "new");
            eventually(() -> "new".equals(quotes.get("md:99")));
        }
    }

    /// `MGET` takes such a key for absent, which would be kept near as such.
    @Test
    void aKeyThatHoldsNoStringIsAnErrorToItsReadersOnly() {
        other.call("RPUSH", "md:list", "1");
        try (CachewrightClient client = client("", Tracking.BROADCAST, 1_000)) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThatThrownBy(() -> quotes.getAll(List.of("md:1", "md:list", "md:absent")))
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining("WRONGTYPE");
            assertThat(quotes.read("md:1").source()).isEqualTo(Source.NEAR);
            assertThat(quotes.read("md:absent").source()).isEqualTo(Source.NEAR);
            assertThatThrownBy(() -> quotes.get("md:list")).isInstanceOf(CacheException.Rejected.class);
        }
    }

    @Test
    void aKeyThatMayNotBeReadIsAnErrorToItsReadersOnly() {
        other.call("ACL", "SETUSER", "half", "on", "nopass", "~md:1*", "+@all");
        try (CachewrightClient client = client("half:x@", Tracking.BROADCAST, 1_000)) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThatThrownBy(() -> quotes.getAll(List.of("md:1", "md:2", "md:10")))
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining("NOPERM");
            assertThat(quotes.read("md:1").source()).isEqualTo(Source.NEAR);
            assertThat(quotes.read("md:10").source()).isEqualTo(Source.NEAR);
        }
    }

    @Test
    void aUserWithoutMgetReadsOneByOne() {
        other.call("ACL", "SETUSER", "single", "on", "nopass", "~*", "+@all", "-mget");
        try (CachewrightClient client = client("single:x@", Tracking.BROADCAST, 1)) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThat(quotes.getAll(HUNDRED.keySet())).isEqualTo(HUNDRED);
            assertThat(quotes.getAll(HUNDRED.keySet())).isEqualTo(HUNDRED);
            assertThat(calls("get")).isBetween(190L, 200L);
        }
    }

    @Test
    void aClassThatKeepsNothingNearAsksForValuesOnly() {
        other.call("RPUSH", "md:list", "1");
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .readTimeout(Duration.ofSeconds(10))
                .cacheClass(CacheClass.builder("quotes", "md:")
                        .nearTtl(Duration.ZERO)
                        .build())
                .build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThat(quotes.getAll(HUNDRED.keySet())).isEqualTo(HUNDRED);
            assertThat(calls("mget")).isEqualTo(1);
            assertThat(quotes.read("md:1").source()).isEqualTo(Source.REMOTE);
            assertThat(quotes.read("md:1").source()).isEqualTo(Source.REMOTE);
            assertThat(quotes.getAll(List.of("md:1", "md:absent"))).isEqualTo(Map.of("md:1", "v1"));
            assertThatThrownBy(() -> quotes.getAll(List.of("md:1", "md:list")))
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining("WRONGTYPE");
            assertThat(calls("pttl")).isZero();
            assertThat(quotes.statistics().entries()).isZero();
        }
    }

    @Test
    void everyOneOfManyReadersGetsItsOwnValue() throws Exception {
        try (CachewrightClient client = client("", Tracking.BROADCAST, 1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            List<Future<Boolean>> readers = IntStream.range(0, 64)
                    .mapToObj(reader -> threads.submit(() -> IntStream.range(0, 500)
                            .mapToObj(i -> "md:" + (i * 31 + reader * 7) % 120)
                            .allMatch(key -> Objects.equals(HUNDRED.get(key), quotes.get(key)))))
                    .toList();
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
            assertThat(quotes.remoteUnderWay()).isZero();
        }
    }

    @Test
    void readersWhoseConnectionEndsAreAnsweredByTheNext() throws Exception {
        try (CachewrightClient client = client("", Tracking.BROADCAST, 1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            List<Future<Boolean>> readers = IntStream.range(0, 32)
                    .mapToObj(reader -> threads.submit(() -> IntStream.range(0, 2_000)
                            .mapToObj(i -> "md:" + (i + reader) % 100)
                            .allMatch(key -> Objects.equals(HUNDRED.get(key), quotes.get(key)))))
                    .toList();
            for (int i = 0; i < 5; i++) {
                Thread.sleep(20);
                other.call("CLIENT", "KILL", "TYPE", "normal");
            }
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
            assertThat(quotes.remoteUnderWay()).isZero();
        }
    }

    /// The first reader of a batch wakes the others, so he must not leave before that.
    @Test
    void aReaderWhoIsInterruptedLeavesNobodyAsleep() throws Exception {
        try (CachewrightClient client = client("", Tracking.BROADCAST, 1)) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            AtomicInteger wrong = new AtomicInteger();
            List<Thread> readers = IntStream.range(0, 32)
                    .mapToObj(reader -> Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            String key = "md:" + (i * 7 + reader) % 100;
                            try {
                                if (!Objects.equals(HUNDRED.get(key), quotes.get(key))) {
                                    wrong.incrementAndGet();
                                }
                            } catch (CacheException.Unavailable e) {
                                if (!Thread.interrupted()) {
                                    wrong.incrementAndGet();
                                }
                            }
                        }
                    }))
                    .toList();
            for (int i = 0; readers.stream().anyMatch(Thread::isAlive) && i < 20_000; i++) {
                readers.get(i % 8).interrupt();
                readers.get(31).join(Duration.ofMillis(1));
            }
            assertThat(readers).noneMatch(Thread::isAlive);
            assertThat(wrong).hasValue(0);
            assertThat(quotes.remoteUnderWay()).isZero();
        }
    }

    @Test
    void readersOfAServerThatStandsStillEndInTime() throws Exception {
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .readTimeout(Duration.ofMillis(100))
                        .cacheClass(CacheClass.builder("quotes", "md:").build())
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            server.pause();
            try {
                List<? extends Future<?>> readers = IntStream.range(0, 20)
                        .mapToObj(i -> threads.submit(() -> assertThatThrownBy(() -> quotes.get("md:" + i))
                                .isInstanceOf(CacheException.Unavailable.class)))
                        .toList();
                for (Future<?> reader : readers) {
                    reader.get();
                }
            } finally {
                server.resume();
            }
            assertThat(quotes.remoteUnderWay()).isZero();
        }
    }
}

package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NearCacheTest extends OnServer {

    private CachewrightClient client;
    private NearCache<String> quotes;

    @BeforeEach
    void connect() {
        client = client(Tracking.BROADCAST);
        quotes = client.nearCache("quotes", Codec.utf8());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static CachewrightClient client(Tracking tracking) {
        return CachewrightClient.builder("redis://" + server.address())
                .cacheClass(CacheClass.builder("quotes", "md:quote:")
                        .freshness(Freshness.bounded(Duration.ofSeconds(5)))
                        .build())
                .cacheClass(CacheClass.builder("limits", "risk:limit:")
                        .freshness(Freshness.strict())
                        .build())
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(Duration.ofSeconds(20))
                .tracking(tracking)
                .build();
    }

    /// The invalidation of a write that was acknowledged a moment ago may still be on its way, and void the
    /// first fill.
    private static void awaitNear(NearCache<?> cache, String key) throws InterruptedException {
        eventually(() -> cache.read(key).source() == Source.NEAR);
    }

    @Test
    void servesTheSecondReadFromNear() throws InterruptedException {
        other.call("SET", "md:quote:VOD.L", "72.10");
        assertThat(quotes.read("md:quote:VOD.L").source()).isEqualTo(Source.REMOTE);
        awaitNear(quotes, "md:quote:VOD.L");
        long hits = quotes.statistics().hits();
        Answer<String> near = quotes.read("md:quote:VOD.L");
        assertThat(near.source()).isEqualTo(Source.NEAR);
        assertThat(near.value()).isEqualTo("72.10");
        assertThat(near.age()).isLessThan(Duration.ofSeconds(5));
        assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
        assertThat(quotes.statistics().hits()).isEqualTo(hits + 2);
    }

    @Test
    void seesWhatAnyOtherClientWrites() throws InterruptedException {
        other.call("SET", "md:quote:VOD.L", "72.10");
        quotes.get("md:quote:VOD.L");
        other.call("SET", "md:quote:VOD.L", "72.11");
        eventually(() -> "72.11".equals(quotes.get("md:quote:VOD.L")));
    }

    @Test
    void seesAFlushOfEverything() throws InterruptedException {
        other.call("SET", "md:quote:VOD.L", "72.10");
        quotes.get("md:quote:VOD.L");
        other.call("FLUSHALL");
        eventually(() -> quotes.get("md:quote:VOD.L") == null);
    }

    @Test
    void remembersThatAKeyIsAbsentUntilItIsWritten() throws InterruptedException {
        assertThat(quotes.get("md:quote:NEW")).isNull();
        awaitNear(quotes, "md:quote:NEW");
        other.call("SET", "md:quote:NEW", "1");
        eventually(() -> "1".equals(quotes.get("md:quote:NEW")));
    }

    @Test
    void keepsNothingLongerThanTheServerDoes() throws InterruptedException {
        other.call("SET", "md:quote:VOD.L", "72.10", "PX", "60");
        quotes.get("md:quote:VOD.L");
        eventually(() -> quotes.get("md:quote:VOD.L") == null);
    }

    @Test
    void readsItsOwnWritesAtOnce() {
        for (int i = 0; i < 200; i++) {
            quotes.put("md:quote:OWN", Integer.toString(i), Duration.ZERO);
            assertThat(quotes.get("md:quote:OWN")).isEqualTo(Integer.toString(i));
        }
        quotes.delete("md:quote:OWN");
        assertThat(quotes.get("md:quote:OWN")).isNull();
    }

    @Test
    void deletesAllKeysOfItsClassAndNoOthers() {
        for (int i = 0; i < 3_000; i++) {
            other.call("SET", "md:quote:" + i, "1");
        }
        other.call("SET", "risk:limit:7", "100");
        assertThat(quotes.get("md:quote:7")).isEqualTo("1");
        quotes.deleteAll();
        assertThat(quotes.get("md:quote:7")).isNull();
        assertThat(other.call("DBSIZE").toString()).contains("1");
        assertThat(other.call("EXISTS", "risk:limit:7").toString()).contains("1");
    }

    @Test
    void aPrefixWithSignsOfAPatternMeansItself() {
        try (CachewrightClient odd = CachewrightClient.builder("redis://" + server.address())
                .cacheClass(CacheClass.builder("odd", "a*[b]?:").build())
                .build()) {
            NearCache<String> cache = odd.nearCache("odd", Codec.utf8());
            cache.put("a*[b]?:1", "1", Duration.ZERO);
            other.call("SET", "axxb?:1", "2");
            cache.deleteAll();
            assertThat(cache.get("a*[b]?:1")).isNull();
            assertThat(other.call("EXISTS", "axxb?:1").toString()).contains("1");
        }
    }

    @Test
    void aStrictReadNeverMissesAnAcknowledgedWrite() throws InterruptedException {
        NearCache<String> limits = client.nearCache("limits", Codec.utf8());
        for (int i = 0; i < 500; i++) {
            other.call("SET", "risk:limit:7", Integer.toString(i));
            assertThat(limits.get("risk:limit:7")).isEqualTo(Integer.toString(i));
        }
        awaitNear(limits, "risk:limit:7");
    }

    @Test
    void optInTrackingSeesWritesToo() throws InterruptedException {
        try (CachewrightClient wide = client(Tracking.OPT_IN)) {
            NearCache<String> cache = wide.nearCache("quotes", Codec.utf8());
            for (int i = 0; i < 20; i++) {
                String value = Integer.toString(i);
                other.call("SET", "md:quote:WIDE", value);
                eventually(() -> value.equals(cache.get("md:quote:WIDE")));
                awaitNear(cache, "md:quote:WIDE");
            }
        }
    }

    @Test
    void aValueThatCannotBeDecodedIsAMissAndACount() {
        try (CachewrightClient more = client(Tracking.BROADCAST)) {
            NearCache<Integer> numbers = more.nearCache("quotes", new ClientUnderTest.VersionCodec());
            other.call("SET", "md:quote:BAD", "not a number");
            assertThat(numbers.get("md:quote:BAD")).isNull();
            assertThat(numbers.statistics().decodeErrors()).isEqualTo(1);
        }
    }

    @Test
    void anErrorOfTheServerIsAnErrorAndNoMiss() {
        other.call("RPUSH", "md:quote:LIST", "a");
        assertThatThrownBy(() -> quotes.get("md:quote:LIST"))
                .isInstanceOf(CacheException.Rejected.class)
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void aBatchAsksOnlyForWhatIsNotNear() throws InterruptedException {
        for (String instrument : List.of("A", "B", "C")) {
            other.call("SET", "md:quote:" + instrument, instrument);
        }
        awaitNear(quotes, "md:quote:A");
        long remote = quotes.statistics().remote();
        List<String> keys = List.of("md:quote:A", "md:quote:B", "md:quote:C", "md:quote:NONE");
        assertThat(quotes.getAll(keys)).isEqualTo(Map.of("md:quote:A", "A", "md:quote:B", "B", "md:quote:C", "C"));
        assertThat(quotes.statistics().remote()).isEqualTo(remote + 3);
        Map<String, Answer<String>> answers = quotes.readAll(keys);
        assertThat(answers).hasSize(4);
        assertThat(answers)
                .extractingByKey("md:quote:NONE")
                .matches(answer -> answer.toOptional().isEmpty());
        assertThat(answers).extractingByKey("md:quote:B").matches(answer -> "B".equals(answer.value()));
    }

    @Test
    void refusesKeysOfOtherClasses() {
        assertThatThrownBy(() -> quotes.get("risk:limit:7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("md:quote:");
    }

    @Test
    void tellsAllMistakesOfItsSettingsAtOnce() {
        CachewrightClientBuilder builder = CachewrightClient.builder("redis://localhost")
                .cacheClass(CacheClass.builder("a", "md:").build())
                .cacheClass(CacheClass.builder("b", "md:quote:").build())
                .readTimeout(Duration.ZERO);
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("readTimeout")
                .hasMessageContaining("prefixes must not overlap");
    }

    @Test
    void aUserWhoMayNotTrackIsToldWhatIsMissing() {
        other.call("ACL", "SETUSER", "reader", "on", "nopass", "~*", "+get", "+hello", "+ping");
        assertThatThrownBy(() -> CachewrightClient.builder("redis://reader:x@" + server.address())
                        .cacheClass(CacheClass.builder("a", "md:").build())
                        .build())
                .isInstanceOf(CacheException.Rejected.class)
                .hasMessageContaining("client|tracking");
    }

    @Test
    void startsBeforeItsServerAndReadsOnceItIsThere() throws InterruptedException {
        RedisServer late = RedisServer.start(ServerSettings.onTcp());
        late.kill();
        try (CachewrightClient early = CachewrightClient.builder("redis://" + late.address())
                .readTimeout(Duration.ofMillis(100))
                .cacheClass(CacheClass.builder("a", "md:").build())
                .build()) {
            NearCache<String> cache = early.nearCache("a", Codec.utf8());
            assertThatThrownBy(() -> cache.get("md:x")).isInstanceOf(CacheException.Unavailable.class);
            late.restart();
            eventually(() -> early.linkState() == LinkState.LIVE);
            // A read that is not answered in its tenth of a second is no answer.
            eventually(() -> {
                try {
                    return cache.get("md:x") == null;
                } catch (CacheException.Unavailable _) {
                    return false;
                }
            });
        } finally {
            late.close();
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws InterruptedException {
        CachewrightClient brief = client(Tracking.BROADCAST);
        brief.close();
        eventually(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("cachewright-link-timer"))
                        .count()
                <= 1);
    }

    /// What was got ready for the good key goes with the bad one: it would be waited for by others, and count for ever.
    @Test
    void aBatchWithAKeyOfAnotherClassIsRefusedWhole() {
        other.call("SET", "md:quote:VOD.L", "72.10").orThrow();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> quotes.getAll(List.of("md:quote:VOD.L", "risk:limit:1")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> quotes.readAll(List.of("md:quote:VOD.L", "risk:limit:1")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(quotes.remoteUnderWay()).isZero();
        assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
    }
}

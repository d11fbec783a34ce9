package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of ages where the way to the server and back takes longer than a value may be old, and of what is near
/// while a batch waits for the rest.
class SlowWayTest {

    private static final Duration BOUND = Duration.ofMillis(300);
    /// Each way: longer than the bound there and back.
    private static final Duration DELAY = Duration.ofMillis(200);

    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final World.Single world = new World.Single(ServerSettings.onTcp());
    private final WireConnection other = world.server.connect();
    private CachewrightClient client;

    @BeforeEach
    void connect() {
        client = CachewrightClient.builder(world.uri())
                .readTimeout(AMPLE)
                .detectWithin(AMPLE)
                .cacheClass(bounded("remote", BOUND, WhenUnproved.REMOTE))
                .cacheClass(bounded("degrading", BOUND, WhenUnproved.DEGRADE))
                .cacheClass(bounded("refusing", BOUND, WhenUnproved.REFUSE))
                .cacheClass(bounded("ample", AMPLE, WhenUnproved.REMOTE))
                .cacheClass(CacheClass.builder("brief", "brief:")
                        .freshness(Freshness.bounded(AMPLE))
                        .nearTtl(Duration.ofMillis(50))
                        .build())
                .cacheClass(CacheClass.builder("strict", "strict:")
                        .freshness(Freshness.strict())
                        .build())
                .build();
    }

    private static CacheClass bounded(String name, Duration bound, WhenUnproved whenUnproved) {
        return CacheClass.builder(name, name + ":")
                .freshness(Freshness.bounded(bound))
                .whenUnproved(whenUnproved)
                .build();
    }

    @AfterEach
    void close() {
        world.restore();
        client.close();
        other.close();
        world.close();
    }

    private NearCache<String> cache(String name, String... keys) {
        for (String key : keys) {
            other.call("SET", name + ":" + key, "1").orThrow();
        }
        return client.nearCache(name, Codec.utf8());
    }

    private static Answer<String> of(String key, Map<String, Answer<String>> answers) {
        return Objects.requireNonNull(answers.get(key));
    }

    @Test
    void anAnswerThatTookLongerThanTheBoundIsJudgedAsWhatCannotBeProved() {
        NearCache<String> remote = cache("remote", "1");
        NearCache<String> degrading = cache("degrading", "1");
        NearCache<String> refusing = cache("refusing", "1");
        world.proxy.delay(DELAY);
        Answer<String> told = remote.read("remote:1");
        assertThat(told.source()).isEqualTo(Source.REMOTE);
        assertThat(told.age()).isGreaterThan(BOUND);
        assertThat(degrading.read("degrading:1").source()).isEqualTo(Source.STALE);
        assertThat(of("degrading:1", degrading.readAll(List.of("degrading:1"))).source())
                .isEqualTo(Source.STALE);
        assertThatThrownBy(() -> refusing.get("refusing:1")).isInstanceOf(CacheException.Refused.class);
        assertThatThrownBy(() -> refusing.getAll(List.of("refusing:1"))).isInstanceOf(CacheException.Refused.class);
    }

    @Test
    void aBatchTellsTheAgesThatItsAnswersHaveAtItsEnd() throws InterruptedException {
        NearCache<String> ample = cache("ample", "near", "far");
        eventually(() -> ample.read("ample:near").source() == Source.NEAR);
        world.proxy.delay(DELAY);
        Map<String, Answer<String>> answers = ample.readAll(List.of("ample:near", "ample:far"));
        assertThat(of("ample:near", answers).source()).isEqualTo(Source.NEAR);
        assertThat(of("ample:near", answers).age()).isGreaterThan(DELAY.multipliedBy(2));
    }

    @Test
    void whatGrewTooOldWhileABatchWaitedIsReadAnew() throws InterruptedException {
        NearCache<String> remote = cache("remote", "near", "far", "farther");
        eventually(() -> remote.read("remote:near").source() == Source.NEAR);
        world.proxy.delay(DELAY);
        Map<String, Answer<String>> answers = remote.readAll(List.of("remote:near", "remote:far"));
        assertThat(of("remote:near", answers).source()).isEqualTo(Source.REMOTE);
        world.proxy.restore();
        eventually(() -> remote.read("remote:near").source() == Source.NEAR);
        world.proxy.delay(DELAY);
        long before = remote.statistics().remote();
        assertThat(remote.getAll(List.of("remote:near", "remote:farther"))).hasSize(2);
        assertThat(remote.statistics().remote()).isEqualTo(before + 2);
    }

    private long calls(String command) {
        return other.call("INFO", "commandstats")
                .text()
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void aBatchOfExpiredValuesTakesOneTrip() throws InterruptedException {
        List<String> keys = IntStream.range(0, 100).mapToObj(i -> "brief:" + i).toList();
        NearCache<String> brief = cache("brief");
        keys.forEach(key -> other.call("SET", key, "1").orThrow());
        assertThat(brief.getAll(keys)).hasSize(100);
        Thread.sleep(60);
        long before = calls("mget");
        long alone = calls("get");
        assertThat(brief.readAll(keys)).hasSize(100);
        assertThat(calls("mget")).isEqualTo(before + 1);
        assertThat(calls("get")).isEqualTo(alone);
    }

    /// All of them wait for the same proof.
    @Test
    void aStrictBatchOfWhatIsNearTakesOneTrip() throws InterruptedException {
        NearCache<String> strict = cache("strict", "1", "2", "3", "4", "5");
        List<String> keys =
                IntStream.rangeClosed(1, 5).mapToObj(i -> "strict:" + i).toList();
        for (String key : keys) {
            eventually(() -> strict.read(key).source() == Source.NEAR);
        }
        // One heartbeat for all, and one by the clock at most.
        long before = calls("hello");
        assertThat(strict.readAll(keys))
                .hasSize(5)
                .allSatisfy((_, answer) -> assertThat(answer.source()).isEqualTo(Source.NEAR));
        assertThat(calls("hello") - before).isBetween(1L, 2L);
    }
}

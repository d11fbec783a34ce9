package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client's time passes only when the tests say so; the server's goes on.
class LateLifetimesTest {

    private static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final AtomicLong nowNanos = new AtomicLong();
    private RedisServer server;
    private WireConnection other;
    private CachewrightClient client;
    private NearCache<String> quotes;

    @BeforeEach
    void start() {
        server = RedisServer.start(ServerSettings.onTcp().with("enable-debug-command", "yes"));
        other = server.connect();
        client = client(quote -> quote);
        quotes = client.nearCache("quotes", Codec.utf8());
    }

    @AfterEach
    void stop() {
        client.close();
        other.close();
        server.close();
    }

    private CachewrightClient client(UnaryOperator<CacheClass.Builder> settings) {
        return CachewrightClient.builder("redis://" + server.address())
                .clock(new LinkClock(HitClock.PRECISE) {
                    @Override
                    long nanoTime() {
                        return nowNanos.get();
                    }
                })
                .cacheClass(settings.apply(CacheClass.builder("quotes", "md:")).build())
                .build();
    }

    private void connect(UnaryOperator<CacheClass.Builder> settings) {
        client.close();
        client = client(settings);
        quotes = client.nearCache("quotes", Codec.utf8());
    }

    /// Until the timer has come by twice, nothing is left to it.
    private void connectAndWait(UnaryOperator<CacheClass.Builder> settings) throws InterruptedException {
        connect(settings);
        for (int i = 0; i < 10_000; i++) {
            long before = asked();
            assertThat(quotes.get("md:absent" + i)).isNull();
            if (asked() == before) {
                other.call("CONFIG", "RESETSTAT").orThrow();
                return;
            }
            Thread.sleep(1);
        }
        throw new AssertionError("each read asks for a time to live");
    }

    private long asked() {
        Matcher matcher = Pattern.compile("cmdstat_pttl:calls=(\\d+)")
                .matcher(other.call("INFO", "commandstats").text());
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private void pass(long millis) {
        nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private long endsIn(String key) {
        Entry<String> entry = quotes.nearEntry(key);
        return entry == null ? 0 : entry.expiresAtNanos - nowNanos.get();
    }

    @Test
    void aValueThatStaysNearIsAskedForItsTimeToLiveAfterwards() throws InterruptedException {
        other.call("SET", "md:1", "v", "PX", "60000");
        connectAndWait(quote -> quote);
        assertThat(quotes.get("md:1")).isEqualTo("v");
        assertThat(asked()).isZero();
        assertThat(endsIn("md:1")).isEqualTo(BOUND_NANOS);
        pass(10);
        Answer<String> early = quotes.read("md:1");
        assertThat(early.source()).isEqualTo(Source.NEAR);
        // No proof makes it younger than it was read.
        assertThat(early.ageNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
        pass(50);
        eventually(() -> endsIn("md:1") > BOUND_NANOS);
        assertThat(endsIn("md:1")).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(60));
        assertThat(asked()).isEqualTo(1);
        assertThat(quotes.read("md:1").source()).isEqualTo(Source.NEAR);
    }

    @Test
    void aBatchAsksAgainForWhatIsNearAndTooOld() throws InterruptedException {
        for (String key : List.of("md:1", "md:2", "md:3")) {
            other.call("SET", key, "v of " + key);
        }
        connectAndWait(quote -> quote);
        assertThat(quotes.getAll(List.of("md:1", "md:2"))).hasSize(2);
        nowNanos.addAndGet(BOUND_NANOS + 1);
        long remote = quotes.statistics().remote();
        assertThat(quotes.getAll(List.of("md:1", "md:2", "md:3")))
                .isEqualTo(Map.of("md:1", "v of md:1", "md:2", "v of md:2", "md:3", "v of md:3"));
        assertThat(quotes.statistics().remote()).isEqualTo(remote + 3);
    }

    @Test
    void aValueWithoutAnEndStaysForAsLongAsItsClassAllows() throws InterruptedException {
        other.call("SET", "md:1", "v");
        connectAndWait(quote -> quote.nearTtl(Duration.ofMinutes(3)));
        assertThat(quotes.get("md:1")).isEqualTo("v");
        pass(60);
        eventually(() -> endsIn("md:1") > BOUND_NANOS);
        assertThat(endsIn("md:1")).isEqualTo(TimeUnit.SECONDS.toNanos(180) - TimeUnit.MILLISECONDS.toNanos(60));
    }

    @Test
    void aValueThatHasExpiredMeanwhileGoes() throws InterruptedException {
        connectAndWait(quote -> quote);
        // Nothing but a question finds out that it has expired.
        other.call("DEBUG", "SET-ACTIVE-EXPIRE", "0").orThrow();
        eventually(() -> {
            other.call("SET", "md:1", "v", "PX", "300");
            return "v".equals(quotes.get("md:1")) && quotes.nearEntry("md:1") != null;
        });
        Thread.sleep(300);
        assertThat(quotes.read("md:1").source()).isEqualTo(Source.NEAR);
        pass(60);
        eventually(() -> quotes.nearEntry("md:1") == null);
        assertThat(quotes.read("md:1").value()).isNull();
    }

    @Test
    void whatHasLeftMeanwhileIsNotAskedAbout() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            other.call("SET", "md:" + i, "v");
        }
        connectAndWait(quote -> quote.nearBound(NearBound.entries(1)));
        for (int i = 0; i < 100; i++) {
            assertThat(quotes.get("md:" + i)).isEqualTo("v");
        }
        pass(60);
        eventually(() -> asked() > 0);
        assertThat(asked()).isLessThan(5);
    }

    @Test
    void whatHasChangedMeanwhileDoesNotComeBack() throws InterruptedException {
        other.call("SET", "md:1", "v");
        other.call("SET", "md:2", "v");
        connectAndWait(quote -> quote);
        assertThat(quotes.get("md:1")).isEqualTo("v");
        other.call("SET", "md:1", "w");
        eventually(() -> quotes.nearEntry("md:1") == null);
        assertThat(quotes.get("md:2")).isEqualTo("v");
        pass(60);
        eventually(() -> endsIn("md:2") > BOUND_NANOS);
        assertThat(quotes.nearEntry("md:1")).isNull();
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void theTimeToLiveOfAValueThatMayOutlastTheBoundIsAskedForAtOnce() {
        other.call("SET", "md:1", "v", "PX", "60000");
        connect(quote -> quote.whenUnproved(WhenUnproved.DEGRADE));
        assertThat(quotes.get("md:1")).isEqualTo("v");
        assertThat(asked()).isEqualTo(1);
        connect(quote -> quote.freshness(Freshness.bestEffort()));
        assertThat(quotes.get("md:1")).isEqualTo("v");
        assertThat(asked()).isEqualTo(2);
        connect(quote -> quote.writers(Writers.LIBRARY));
        assertThat(quotes.get("md:1")).isEqualTo("v");
        assertThat(asked()).isEqualTo(3);
    }
}

package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.lab.deployment.SentinelSet;
import io.cachewright.lab.deployment.SentinelSettings;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Loading and invalidation while Sentinels replace the primary.
///
/// In the long profile, as [SentinelFaultTest] is.
@Tag("long")
class SentinelLoadingTest {

    private static final Duration AMPLE = Duration.ofSeconds(60);

    private static final CachePolicy POLICY = CachePolicy.parse("policy.yaml", """
            version: 1
            classes:
              quotes:
                prefix: "md:"
                freshness: 20s
                loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 60s}
                invalidation: {key: "md:{I}:quote", tags: ["instrument:{I}"]}
              margins:
                prefix: "margin:"
                freshness: 20s
                writers: library
                loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 60s}
            """);

    private static CachewrightClient client(SentinelSet set) {
        return CachewrightClient.builder(set.uri())
                .policy(POLICY)
                .readTimeout(AMPLE)
                .build();
    }

    @Test
    void loadsAndInvalidationsGoOnAfterAFailover() throws Exception {
        Map<String, Integer> source = new ConcurrentHashMap<>(Map.of("md:VOD:quote", 1, "margin:7", 1));
        AtomicInteger loads = new AtomicInteger();
        try (SentinelSet set = SentinelSet.start(ServerBinaries.embedded(), SentinelSettings.usual());
                CachewrightClient one = client(set);
                CachewrightClient two = client(set)) {
            List<LoadingCache<Integer>> quotes = List.of(quotes(one, source, loads), quotes(two, source, loads));
            LoadingCache<Integer> margins =
                    one.loadingCache("margins", new ClientUnderTest.VersionCodec(), source::get);
            assertThat(quotes.getFirst().get("md:VOD:quote")).isEqualTo(1);
            assertThat(quotes.getLast().get("md:VOD:quote")).isEqualTo(1);
            assertThat(loads).hasValue(1);
            assertThat(margins.get("margin:7")).isEqualTo(1);
            RedisServer first = set.primary();
            first.kill();
            source.replaceAll((_, version) -> version + 1);
            // Waits for the new primary: nothing of it is an error.
            one.invalidateTag("instrument:VOD");
            one.invalidate(List.of("margin:7"));
            set.awaitPrimaryOtherThan(first, AMPLE);
            for (LoadingCache<Integer> each : quotes) {
                eventually(() -> Integer.valueOf(2).equals(each.get("md:VOD:quote")));
            }
            assertThat(loads).hasValue(2);
            eventually(() -> Integer.valueOf(2).equals(margins.get("margin:7")));
        }
    }

    private static LoadingCache<Integer> quotes(
            CachewrightClient client, Map<String, Integer> source, AtomicInteger loads) {
        return client.loadingCache("quotes", new ClientUnderTest.VersionCodec(), key -> {
            loads.incrementAndGet();
            return source.get(key);
        });
    }
}

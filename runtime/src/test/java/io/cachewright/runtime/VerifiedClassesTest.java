package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The verifier looks at classes whose values carry more in the server than what their codec writes.
class VerifiedClassesTest extends OnServer {

    private static final String KEY = "md:VOD.L";
    private static final long WATCHED_NANOS_MAX = 10_000_000_000L;

    private final Map<String, String> source = new ConcurrentHashMap<>(Map.of(KEY, "72.10"));
    private final List<CachewrightClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(CachewrightClient::close);
    }

    private CachewrightClient client(CacheClass policy, Links.LinkFactory links) {
        CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .readTimeout(FaultRun.AMPLE)
                .links(links)
                .cacheClass(policy)
                .build();
        clients.add(client);
        return client;
    }

    private LoadingCache<String> loading(Links.LinkFactory links) throws InterruptedException {
        CachewrightClient client = client(
                CacheClass.builder("quotes", "md:")
                        .loading(LoadLimits.builder(Duration.ofMinutes(1)).build())
                        .build(),
                links);
        LoadingCache<String> quotes = client.loadingCache("quotes", Codec.utf8(), source::get);
        eventually(() -> quotes.read(KEY).source() == Source.NEAR);
        return quotes;
    }

    private Comparison<String, String> comparison(LoadingCache<String> quotes, long watchedNanosMax) {
        return new Comparison<>(quotes.samples(), source::get, watchedNanosMax);
    }

    static void stepUntil(Comparison<?, ?> comparison, Predicate<Verification> isFound) throws InterruptedException {
        eventually(() -> {
            comparison.step();
            return isFound.test(comparison.found());
        });
    }

    @Test
    void aClassWithLoadingIsVerified() throws InterruptedException {
        Comparison<String, String> comparison = comparison(loading(ServerLink::new), WATCHED_NANOS_MAX);
        for (int i = 0; i < 20; i++) {
            comparison.step();
        }
        Verification found = comparison.found();
        assertThat(found.consistent()).isEqualTo(20);
        assertThat(found.sourceChecked()).isEqualTo(20);
        assertThat(found.stale()).isZero();
        assertThat(found.unverifiable()).isZero();
    }

    @Test
    void aLoadedValueThatAFlushLeftBehindIsFound() throws InterruptedException {
        Comparison<String, String> comparison = comparison(loading(FaultTest.IgnoresFlush::new), WATCHED_NANOS_MAX);
        other.call("FLUSHALL").orThrow();
        stepUntil(comparison, found -> found.stale() > 0);
    }

    @Test
    void aSourceThatHasMovedOnUnheardIsFound() throws InterruptedException {
        Comparison<String, String> comparison = comparison(loading(ServerLink::new), 1_000_000);
        source.put(KEY, "72.20");
        stepUntil(comparison, found -> found.sourceMismatches() > 0);
        assertThat(comparison.found().stale()).isZero();
    }

    @Test
    void aClassOfWhichTheLibraryIsTheOnlyWriterIsVerified() throws InterruptedException {
        CachewrightClient client = client(
                CacheClass.builder("limits", "md:").writers(Writers.LIBRARY).build(), ServerLink::new);
        NearCache<String> limits = client.nearCache("limits", Codec.utf8());
        limits.put(KEY, "1000000", Duration.ZERO);
        eventually(() -> limits.read(KEY).source() == Source.NEAR);
        Comparison<String, String> comparison = new Comparison<>(KeySamples.of(limits), null, WATCHED_NANOS_MAX);
        for (int i = 0; i < 20; i++) {
            comparison.step();
        }
        assertThat(comparison.found().consistent()).isEqualTo(20);
        assertThat(comparison.found().stale()).isZero();
        assertThat(comparison.found().unverifiable()).isZero();
    }

    @Test
    void aKeyThatHoldsAnotherTypeMeanwhileIsFound() throws InterruptedException {
        CachewrightClient client =
                client(CacheClass.builder("limits", "md:").build(), BrokenLinks.dropping(KeepsAll::new));
        NearCache<String> limits = client.nearCache("limits", Codec.utf8());
        other.call("SET", KEY, "1000000").orThrow();
        eventually(() -> limits.read(KEY).source() == Source.NEAR);
        other.call("DEL", KEY).orThrow();
        other.call("HSET", KEY, "qty", "1").orThrow();
        Comparison<String, String> comparison = new Comparison<>(KeySamples.of(limits), null, WATCHED_NANOS_MAX);
        stepUntil(comparison, found -> found.stale() > 0);
        assertThat(comparison.found().unverifiable()).isZero();
    }

    private static final class KeepsAll extends ForwardingDrops {
        KeepsAll(Drops to) {
            super(to);
        }

        @Override
        public void drop(String key) {
            // Not dropped.
        }
    }
}

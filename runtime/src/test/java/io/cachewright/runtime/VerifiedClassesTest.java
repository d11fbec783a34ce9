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

    @Test
    void aClassWithLoadingIsVerified() throws InterruptedException {
        Verifier<String> verifier = Verifier.still(loading(ServerLink::new), WATCHED_NANOS_MAX, source::get);
        for (int i = 0; i < 20; i++) {
            verifier.step();
        }
        Verification found = verifier.found();
        assertThat(found.consistent()).isEqualTo(20);
        assertThat(found.sourceChecked()).isEqualTo(20);
        assertThat(found.stale()).isZero();
        assertThat(found.unverifiable()).isZero();
    }

    @Test
    void aLoadedValueThatAFlushLeftBehindIsFound() throws InterruptedException {
        Verifier<String> verifier = Verifier.still(loading(FaultTest.IgnoresFlush::new), WATCHED_NANOS_MAX, null);
        other.call("FLUSHALL").orThrow();
        eventually(() -> {
            verifier.step();
            return verifier.found().stale() > 0;
        });
    }

    @Test
    void aSourceThatHasMovedOnUnheardIsFound() throws InterruptedException {
        Verifier<String> verifier = Verifier.still(loading(ServerLink::new), 1_000_000, source::get);
        source.put(KEY, "72.20");
        eventually(() -> {
            verifier.step();
            return verifier.found().sourceMismatches() > 0;
        });
        assertThat(verifier.found().stale()).isZero();
    }

    @Test
    void aClassOfWhichTheLibraryIsTheOnlyWriterIsVerified() throws InterruptedException {
        CachewrightClient client = client(
                CacheClass.builder("limits", "md:").writers(Writers.LIBRARY).build(), ServerLink::new);
        NearCache<String> limits = client.nearCache("limits", Codec.utf8());
        limits.put(KEY, "1000000", Duration.ZERO);
        eventually(() -> limits.read(KEY).source() == Source.NEAR);
        Verifier<String> verifier = Verifier.still(limits, WATCHED_NANOS_MAX, null);
        for (int i = 0; i < 20; i++) {
            verifier.step();
        }
        assertThat(verifier.found().consistent()).isEqualTo(20);
        assertThat(verifier.found().stale()).isZero();
        assertThat(verifier.found().unverifiable()).isZero();
    }
}

package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.lab.wire.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F16, its second half on a real server: when keys of one time to live will expire there that were loaded together.
@Tag("long")
class ExpirySpreadTest extends OnServer {

    private static final int KEYS = 100_000;
    private static final int THREADS = 16;
    private static final int BATCH = 1_000;

    /// So long that what loading takes is nothing beside the jitter, even on a busy machine.
    private static final Duration TTL = Duration.ofHours(10);
    private static final double JITTER = 0.1;
    private static final long WINDOW_MILLIS = (long) (TTL.toMillis() * JITTER);

    private static List<Long> expiriesOfLoaded(double jitter) throws InterruptedException, ExecutionException {
        LoadLimits limits =
                LoadLimits.builder(TTL).ttlJitter(jitter).oncePerFleet(true).build();
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .detectWithin(FaultRun.PATIENT_DETECTION)
                        .readTimeout(FaultRun.AMPLE)
                        .cacheClass(CacheClass.builder("quotes", "quote:")
                                .freshness(Freshness.bestEffort())
                                .loading(limits)
                                .build())
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LoadingCache<String> quotes = client.loadingCache("quotes", Codec.utf8(), key -> "of " + key);
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                readers.add(threads.submit(() -> {
                    for (int i = first; i < KEYS; i += THREADS) {
                        assertThat(quotes.get("quote:" + i)).isEqualTo("of quote:" + i);
                    }
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        return expiries();
    }

    /// In order, in milliseconds of the server's clock.
    private static List<Long> expiries() {
        List<Long> expiries = new ArrayList<>();
        for (int from = 0; from < KEYS; from += BATCH) {
            other.pipeline(IntStream.range(from, from + BATCH)
                            .mapToObj(i -> Command.of("PEXPIRETIME", "quote:" + i))
                            .toList())
                    .forEach(reply -> expiries.add(reply.integer()));
        }
        Collections.sort(expiries);
        assertThat(expiries.getFirst()).as("every key expires").isPositive();
        return expiries;
    }

    /// The most that expire within any tenth of the window of the jitter.
    private static int mostInATenth(List<Long> expiries) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < expiries.size(); last++) {
            while (expiries.get(last) - expiries.get(first) > WINDOW_MILLIS / 10) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test
    void aHundredThousandKeysThatWereLoadedTogetherDoNotExpireTogether() throws Exception {
        List<Long> expiries = expiriesOfLoaded(JITTER);
        int most = mostInATenth(expiries);
        System.out.printf("of %,d keys at most %,d expire within a tenth of the jitter's window%n", KEYS, most);
        assertThat(most).isLessThan(KEYS * 12 / 100);
        assertThat(expiries.getLast() - expiries.getFirst()).isGreaterThan(WINDOW_MILLIS * 9 / 10);
    }

    @Test
    void withoutJitterTheyExpireTogether() throws Exception {
        assertThat(mostInATenth(expiriesOfLoaded(0))).isEqualTo(KEYS);
    }
}

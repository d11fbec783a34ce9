package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// One process of a fleet: says `ready`, then for each line with a key reads it with all its threads at once
/// and answers `loads values failures`, until its input ends.
final class FleetMember {

    private FleetMember() {}

    static final String CLASS_PREFIX = "md:quote:";

    /// @param args uri, threads, milliseconds that a load takes, whether the fleet loads once
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        int threads = Integer.parseInt(args[1]);
        long loadMillis = Long.parseLong(args[2]);
        AtomicInteger loads = new AtomicInteger();
        CacheClass policy = CacheClass.builder("quotes", CLASS_PREFIX)
                .freshness(Freshness.bounded(Duration.ofSeconds(5)))
                .loading(LoadLimits.builder(Duration.ofMinutes(5))
                        .oncePerFleet(Boolean.parseBoolean(args[3]))
                        .hardTimeout(Duration.ofSeconds(30))
                        .build())
                .build();
        try (CachewrightClient client = CachewrightClient.builder(args[0])
                        .cacheClass(policy)
                        .readTimeout(Duration.ofSeconds(20))
                        .detectWithin(Duration.ofSeconds(10))
                        .build();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            LoadingCache<String> quotes = client.loadingCache("quotes", Codec.utf8(), key -> {
                loads.incrementAndGet();
                Thread.sleep(loadMillis);
                return "of " + key;
            });
            System.out.println("ready");
            for (String key = in.readLine(); key != null; key = in.readLine()) {
                System.out.println(readTogether(quotes, key, threads, readers, loads));
            }
        }
    }

    private static String readTogether(
            LoadingCache<String> quotes, String key, int threads, ExecutorService readers, AtomicInteger loads)
            throws InterruptedException, ExecutionException {
        loads.set(0);
        Set<String> values = ConcurrentHashMap.newKeySet();
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(readers.submit(() -> {
                go.await();
                try {
                    values.add(String.valueOf(quotes.get(key)));
                } catch (CacheException e) {
                    failures.incrementAndGet();
                    System.err.println(e);
                }
                return null;
            }));
        }
        go.countDown();
        for (Future<?> each : all) {
            each.get();
        }
        return loads.get() + " " + (values.equals(Set.of("of " + key)) ? 1 : 0) + " " + failures.get();
    }
}

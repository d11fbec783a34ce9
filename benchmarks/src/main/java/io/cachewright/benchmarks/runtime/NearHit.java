package io.cachewright.benchmarks.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.management.ThreadMXBean;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.NearCache;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The cost of one near hit, beside a bare Caffeine `getIfPresent`, one with expiry, and the clock that a proof of
/// freshness must read.
public final class NearHit {

    private static final int KEYS = 1_024;
    private static final int CALLS = 4_000_000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 9;

    /// Keeps the compiler from dropping what nobody reads.
    private static final AtomicLong SINK = new AtomicLong();

    private NearHit() {}

    /// Prints nanoseconds a call for 1 and 2 threads, and bytes allocated a call.
    public static void main(String[] args) throws InterruptedException {
        String[] keys = new String[KEYS];
        Cache<String, String> bare = Caffeine.newBuilder().maximumSize(10_000).build();
        Cache<String, String> expiring = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofHours(1))
                .recordStats()
                .build();
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .cacheClass(CacheClass.builder("bounded", "b:")
                                .freshness(Freshness.bounded(Duration.ofMillis(250)))
                                .build())
                        .cacheClass(CacheClass.builder("effort", "e:")
                                .freshness(Freshness.bestEffort())
                                .build())
                        .build()) {
            NearCache<String> bounded = client.nearCache("bounded", Codec.utf8());
            NearCache<String> effort = client.nearCache("effort", Codec.utf8());
            String[] boundedKeys = new String[KEYS];
            String[] effortKeys = new String[KEYS];
            try (WireConnection connection = server.connect()) {
                for (int i = 0; i < KEYS; i++) {
                    keys[i] = "quote:" + i;
                    boundedKeys[i] = "b:" + keys[i];
                    effortKeys[i] = "e:" + keys[i];
                    connection.call("SET", boundedKeys[i], "72.10");
                    connection.call("SET", effortKeys[i], "72.10");
                    bare.put(keys[i], "72.10");
                    expiring.put(keys[i], "72.10");
                }
            }
            Thread.sleep(100);
            for (int i = 0; i < KEYS; i++) {
                bounded.get(boundedKeys[i]);
                effort.get(effortKeys[i]);
            }
            for (int threads = 1; threads <= 2; threads++) {
                int n = threads;
                Rounds rounds = new Rounds()
                        .add(n + " t: System.nanoTime", () -> nanosOfClock())
                        .add(n + " t: Caffeine getIfPresent", () -> nanosPerCall(n, keys, bare::getIfPresent))
                        .add(
                                n + " t: Caffeine, expiry and statistics",
                                () -> nanosPerCall(n, keys, expiring::getIfPresent))
                        .add(n + " t: near hit, best effort", () -> nanosPerCall(n, effortKeys, effort::get))
                        .add(n + " t: near hit, bounded 250 ms", () -> nanosPerCall(n, boundedKeys, bounded::get))
                        .run(WARM_UP_ROUNDS, ROUNDS);
                rounds.print("ns/call");
                double caffeine = rounds.median(n + " t: Caffeine getIfPresent");
                System.out.println("  best effort / Caffeine: "
                        + rounds.median(n + " t: near hit, best effort") / caffeine + "   bounded / Caffeine: "
                        + rounds.median(n + " t: near hit, bounded 250 ms") / caffeine);
            }
            System.out.println("bytes allocated a bounded hit: " + bytesPerCall(boundedKeys, bounded::get));
            System.out.println("hits " + bounded.statistics().hits() + ", remote "
                    + bounded.statistics().remote());
        }
    }

    private static double nanosPerCall(int threads, String[] keys, Function<String, @Nullable String> get) {
        CountDownLatch done = new CountDownLatch(threads);
        long[] nanos = new long[threads];
        for (int t = 0; t < threads; t++) {
            int index = t;
            Thread.ofPlatform().start(() -> {
                nanos[index] = call(keys, get);
                done.countDown();
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        long sum = 0;
        for (long each : nanos) {
            sum += each;
        }
        return (double) sum / threads / CALLS;
    }

    private static double nanosOfClock() {
        long begun = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += System.nanoTime();
        }
        SINK.lazySet(sum);
        return (double) (System.nanoTime() - begun) / CALLS;
    }

    private static long call(String[] keys, Function<String, @Nullable String> get) {
        long begun = System.nanoTime();
        long found = 0;
        for (int i = 0; i < CALLS; i++) {
            String value = get.apply(keys[i & (KEYS - 1)]);
            found += value == null ? 0 : value.length();
        }
        SINK.lazySet(found);
        return System.nanoTime() - begun;
    }

    private static double bytesPerCall(String[] keys, Function<String, @Nullable String> get) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        call(keys, get);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
}

package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// One process of a fleet: says `ready`, then for each line `KEY MILLIS` reads the key with all its threads at
/// once, and again for so long, and answers `LOADS FAILURES` and each read, until its input ends.
///
/// The source is a key of the server: `source:KEY`, which holds a version.
final class FleetMember {

    private static final long PAUSE_NANOS = 200_000;

    private final LoadingCache<Integer> quotes;
    private final int threads;
    private final ExecutorService readers;
    private final AtomicInteger loads = new AtomicInteger();

    static final String CLASS_PREFIX = "md:quote:";
    static final String SOURCE_PREFIX = "source:";
    static final Duration BOUND = Duration.ofSeconds(5);

    private FleetMember(
            CachewrightClient client, Address server, long loadMillis, int threads, ExecutorService readers) {
        this.threads = threads;
        this.readers = readers;
        this.quotes = client.loadingCache("quotes", new ClientUnderTest.VersionCodec(), key -> {
            loads.incrementAndGet();
            try (WireConnection source = WireConnection.open(server, Optional.empty())) {
                Reply version = source.call("GET", SOURCE_PREFIX + key);
                Thread.sleep(loadMillis);
                return version instanceof Reply.Null ? null : Integer.valueOf(version.text());
            }
        });
    }

    /// @param args host, port, threads, milliseconds that a load takes, whether the fleet loads once, milliseconds that
    /// a
    ///     reader waits
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        CacheClass policy = CacheClass.builder("quotes", CLASS_PREFIX)
                .freshness(Freshness.bounded(BOUND))
                .loading(LoadLimits.builder(Duration.ofMinutes(5))
                        .oncePerFleet(Boolean.parseBoolean(args[4]))
                        .hardTimeout(Duration.ofMillis(Long.parseLong(args[5])))
                        .build())
                .build();
        Address server = Address.tcp(args[0], Integer.parseInt(args[1]));
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server)
                        .cacheClass(policy)
                        .readTimeout(Duration.ofSeconds(20))
                        .detectWithin(Duration.ofSeconds(10))
                        .build();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            FleetMember member =
                    new FleetMember(client, server, Long.parseLong(args[3]), Integer.parseInt(args[2]), readers);
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                System.out.println(member.readTogether(words[0], Long.parseLong(words[1])));
            }
        }
    }

    private String readTogether(String key, long millis) throws InterruptedException, ExecutionException {
        loads.set(0);
        ConcurrentLinkedQueue<String> reads = new ConcurrentLinkedQueue<>();
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(readers.submit(() -> {
                go.await();
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                do {
                    read(key, reads, failures);
                    LockSupport.parkNanos(PAUSE_NANOS);
                } while (System.nanoTime() - until < 0);
                return null;
            }));
        }
        go.countDown();
        for (Future<?> each : all) {
            each.get();
        }
        return loads.get() + " " + failures.get() + " " + String.join(" ", reads);
    }

    private void read(String key, ConcurrentLinkedQueue<String> reads, AtomicInteger failures) {
        long invoked = System.nanoTime();
        try {
            Answer<Integer> answer = quotes.read(key);
            reads.add(answer.value() + "," + invoked + "," + System.nanoTime() + "," + answer.ageNanos() + ","
                    + answer.source());
        } catch (CacheException e) {
            failures.incrementAndGet();
            System.err.println(e);
        }
    }
}

package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A client behind a faulty network, read by several threads in every class while a writer that the client does not
/// know
/// changes the keys; all that is read and written goes into a history.
final class FaultRun implements AutoCloseable {

    static final Duration BOUND = Duration.ofMillis(250);

    private static final int KEYS_PER_CLASS = 8;
    private static final int READERS_PER_CLASS = 2;
    /// A bound on what one thread records, above what it reaches in a test.
    private static final int READS_MAX = 400_000;

    /// Paces readers, so that a history stays small without leaving a gap that a fault could hide in.
    private static final long READ_PAUSE_NANOS = 20_000;

    final RedisServer server;
    final FaultProxy proxy;
    final CachewrightClient client;
    final History history = new History();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong refusals = new AtomicLong();

    private final List<NearCache<Integer>> caches = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final ConcurrentHashMap<String, Integer> versions = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean isOver;
    private volatile boolean isWriting = true;

    /// Values are versions in plain digits.
    static final class VersionCodec implements Codec<Integer> {
        @Override
        public byte[] encode(Integer value) {
            return Codec.utf8().encode(value.toString());
        }

        @Override
        public Integer decode(byte[] bytes) {
            return Integer.valueOf(Codec.utf8().decode(bytes));
        }

        @Override
        public long versionOf(Integer value) {
            return value;
        }
    }

    FaultRun(CachewrightClient.LinkFactory links, Codec<Integer> codec) {
        server = RedisServer.start(ServerSettings.onTcp());
        proxy = FaultProxy.before((Address.Tcp) server.address());
        client = CachewrightClient.builder("redis://" + proxy.address())
                .detectWithin(Duration.ofMillis(100))
                .readTimeout(Duration.ofMillis(500))
                .cacheClass(CacheClass.builder("strict", "strict:")
                        .freshness(Freshness.strict())
                        .build())
                .cacheClass(CacheClass.builder("bounded", "bounded:")
                        .freshness(Freshness.bounded(BOUND))
                        .build())
                .cacheClass(CacheClass.builder("degrading", "degrading:")
                        .freshness(Freshness.bounded(BOUND))
                        .whenUnproved(WhenUnproved.DEGRADE)
                        .build())
                .cacheClass(CacheClass.builder("refusing", "refusing:")
                        .freshness(Freshness.bounded(BOUND))
                        .whenUnproved(WhenUnproved.REFUSE)
                        .build())
                .cacheClass(CacheClass.builder("effort", "effort:")
                        .freshness(Freshness.bestEffort())
                        .build())
                .links(links)
                .build();
        for (String name : List.of("strict", "bounded", "degrading", "refusing", "effort")) {
            caches.add(client.nearCache(name, codec));
            for (int i = 0; i < KEYS_PER_CLASS; i++) {
                keys.add(name + ":" + i);
            }
        }
        write(keys);
    }

    static FaultRun withAllGuards() {
        return new FaultRun(ServerLink::new, new VersionCodec());
    }

    static FaultRun with(CachewrightClient.LinkFactory links) {
        return new FaultRun(links, new VersionCodec());
    }

    /// Starts the readers and the writer, and returns when every reader has read.
    FaultRun start() throws InterruptedException {
        CountDownLatch warm = new CountDownLatch(caches.size() * READERS_PER_CLASS);
        for (NearCache<Integer> cache : caches) {
            for (int i = 0; i < READERS_PER_CLASS; i++) {
                running.add(threads.submit(() -> readAll(cache, warm)));
            }
        }
        running.add(threads.submit(this::writeSome));
        warm.await();
        return this;
    }

    void pass(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /// Ends all threads and says what cannot be true.
    List<String> violations() throws InterruptedException, ExecutionException {
        isOver = true;
        for (Future<?> task : running) {
            task.get();
        }
        return history.violations();
    }

    void stopWriting() {
        isWriting = false;
    }

    /// Writes the next version of each of `wanted` and returns when all are acknowledged.
    void write(List<String> wanted) {
        try (WireConnection connection = server.connect()) {
            wanted.forEach(key -> write(connection, key));
        }
    }

    /// Flushes the server; for every key that is its next version.
    void flushAll() {
        try (WireConnection connection = server.connect()) {
            long begun = System.nanoTime();
            connection.call("FLUSHALL");
            long acknowledged = System.nanoTime();
            for (String key : keys) {
                history.deleted(key, begun, acknowledged);
                versions.merge(key, 1, Integer::sum);
            }
        }
    }

    List<String> keys() {
        return keys;
    }

    int versionOf(String key) {
        return versions.getOrDefault(key, 0);
    }

    NearCache<Integer> cacheOf(String key) {
        return caches.stream()
                .filter(cache -> key.startsWith(cache.policy().prefix()))
                .findFirst()
                .orElseThrow();
    }

    private void write(WireConnection connection, String key) {
        int version = versions.getOrDefault(key, 0) + 1;
        long begun = System.nanoTime();
        Reply reply = connection.call("SET", key, Integer.toString(version));
        if (reply instanceof Reply.Error(String message)) {
            throw new IllegalStateException(message);
        }
        history.wrote(key, begun, System.nanoTime());
        versions.put(key, version);
    }

    private void writeSome() {
        SplittableRandom random = new SplittableRandom(1);
        try (WireConnection connection = server.connect()) {
            while (!isOver && isWriting) {
                write(connection, keys.get(random.nextInt(keys.size())));
                Thread.sleep(0, 200_000);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll(NearCache<Integer> cache, CountDownLatch warm) {
        String[] own = keys.stream()
                .filter(key -> key.startsWith(cache.policy().prefix()))
                .toArray(String[]::new);
        List<History.Read> reads = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(own));
        for (int i = 0; !isOver && i < READS_MAX; i++) {
            read(cache, own[random.nextInt(own.length)], reads);
            if (i == own.length * 2) {
                warm.countDown();
            }
            LockSupport.parkNanos(READ_PAUSE_NANOS);
        }
        history.addAll(reads);
    }

    private void read(NearCache<Integer> cache, String key, List<History.Read> reads) {
        long bound = switch (cache.policy().freshness()) {
            case Freshness.Strict() -> -1;
            case Freshness.Bounded(Duration most) -> most.toNanos();
            case Freshness.BestEffort() -> Long.MAX_VALUE;
        };
        long invoked = System.nanoTime();
        try {
            Answer<Integer> answer = cache.read(key);
            long returned = System.nanoTime();
            Integer value = answer.value();
            reads.add(new History.Read(
                    key,
                    value == null ? History.ABSENT : value,
                    invoked,
                    returned,
                    answer.ageNanos(),
                    bound,
                    answer.source()));
        } catch (CacheException.Refused _) {
            refusals.incrementAndGet();
        } catch (CacheException _) {
            failures.incrementAndGet();
        }
    }

    @Override
    public void close() {
        isOver = true;
        proxy.restore();
        threads.close();
        client.close();
        proxy.close();
        server.close();
    }
}

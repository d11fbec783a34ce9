package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.runtime.loading.Loader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// Classes with loading, read by several threads while another process changes their source and invalidates what it
/// changed; all that is read and changed goes into a history. A change counts as acknowledged when its invalidation is.
final class LoadingRun implements AutoCloseable {

    static final Duration BOUND = Duration.ofMillis(250);

    private static final List<String> CLASSES = List.of("strict", "bounded", "degrading");
    private static final int KEYS_PER_CLASS = 6;
    private static final int READERS_PER_CLASS = 3;
    private static final int READS_MAX = 200_000;
    private static final long READ_PAUSE_NANOS = 50_000;

    final World.Single world = new World.Single(ServerSettings.onTcp());
    final History history = new History();
    final AtomicLong notLoaded = new AtomicLong();
    final Origin source = new Origin();

    private final LoadLimits limits;
    private final CachewrightClient client;
    private final CachewrightClient changer;
    private final List<LoadingCache<Integer>> caches = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    /// Between two changes of any key.
    volatile long changePauseNanos = 2_000_000;
    private volatile boolean isOver;

    /// What the caches are filled from: slow and failing on demand.
    static final class Origin implements Loader<Integer> {
        private final Map<String, Integer> versions = new ConcurrentHashMap<>();
        volatile boolean isDown;
        /// Before it looks, and again on the way back, so that old values arrive late.
        volatile long delayNanos;

        @Override
        public Integer load(String key) throws InterruptedException {
            pause();
            int version = versions.getOrDefault(key, 0);
            pause();
            if (isDown) {
                throw new IllegalStateException("the source is down");
            }
            return version;
        }

        private void pause() throws InterruptedException {
            long nanos = delayNanos;
            if (nanos > 0) {
                Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
            }
        }

        int change(String key) {
            return versions.merge(key, 1, Integer::sum);
        }
    }

    LoadingRun(LoadLimits limits, Codec<Integer> codec, UnaryOperator<Loader<Integer>> loader) {
        this.limits = limits;
        client = client(limits, world.uri());
        changer = client(limits, "redis://" + world.server.address());
        for (String name : CLASSES) {
            caches.add(client.loadingCache(name, codec, loader.apply(source)));
            for (int i = 0; i < KEYS_PER_CLASS; i++) {
                keys.add(name + ":" + i);
            }
        }
    }

    static LoadingRun of(LoadLimits limits) {
        return new LoadingRun(limits, new FaultRun.VersionCodec(), loader -> loader);
    }

    private static CachewrightClient client(LoadLimits limits, String uri) {
        return CachewrightClient.builder(uri)
                .detectWithin(Duration.ofMillis(100))
                .readTimeout(Duration.ofMillis(500))
                .cacheClass(CacheClass.builder("strict", "strict:")
                        .freshness(Freshness.strict())
                        .loading(limits)
                        .build())
                .cacheClass(CacheClass.builder("bounded", "bounded:")
                        .freshness(Freshness.bounded(BOUND))
                        .loading(limits)
                        .build())
                .cacheClass(CacheClass.builder("degrading", "degrading:")
                        .freshness(Freshness.bounded(BOUND))
                        .whenUnproved(WhenUnproved.DEGRADE)
                        .loading(limits)
                        .build())
                .build();
    }

    LoadingRun start() {
        for (LoadingCache<Integer> cache : caches) {
            for (int i = 0; i < READERS_PER_CLASS; i++) {
                int seed = running.size();
                running.add(threads.submit(() -> readAll(cache, new SplittableRandom(seed))));
            }
        }
        running.add(threads.submit(this::changeSome));
        return this;
    }

    void pass(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /// Runs `task` beside the readers until all is over.
    void beside(Runnable task) {
        running.add(threads.submit(() -> {
            while (!isOver) {
                task.run();
            }
        }));
    }

    /// Another process with another codec and source, for the same classes of keys.
    Release release(Codec<Integer> codec, Loader<Integer> loader) {
        CachewrightClient other = client(limits, "redis://" + world.server.address());
        return new Release(
                other,
                CLASSES.stream()
                        .map(name -> other.loadingCache(name, codec, loader))
                        .toList());
    }

    record Release(CachewrightClient client, List<LoadingCache<Integer>> caches) implements AutoCloseable {
        void read(String key) {
            try {
                var _ = cacheOf(caches, key).get(key);
            } catch (CacheException _) {
                // Whether it succeeds is its own affair.
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /// Ends all threads.
    void endAll() throws InterruptedException {
        isOver = true;
        try {
            for (Future<?> task : running) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /// Ends all threads and says what cannot be true.
    List<String> violations() throws InterruptedException {
        endAll();
        return history.violations();
    }

    long decodeErrors() {
        return caches.stream()
                .mapToLong(cache -> cache.statistics().decodeErrors())
                .sum();
    }

    /// Once all is quiet, every class reads what the source holds.
    void assertNothingStaleForGood() throws InterruptedException {
        assertThat(staleForGood()).isEmpty();
    }

    /// Keys that, once all is quiet, do not read what the source holds.
    List<String> staleForGood() throws InterruptedException {
        pass(BOUND.toMillis());
        return keys.stream()
                .filter(key -> !source.versions
                        .getOrDefault(key, 0)
                        .equals(cacheOf(key).get(key)))
                .toList();
    }

    List<String> keys() {
        return keys;
    }

    LoadingCache<Integer> cacheOf(String key) {
        return cacheOf(caches, key);
    }

    private static LoadingCache<Integer> cacheOf(List<LoadingCache<Integer>> caches, String key) {
        return caches.stream()
                .filter(cache -> key.startsWith(cache.policy().prefix()))
                .findFirst()
                .orElseThrow();
    }

    private void changeSome() {
        SplittableRandom random = new SplittableRandom(1);
        while (!isOver) {
            change(keys.get(random.nextInt(keys.size())));
            LockSupport.parkNanos(changePauseNanos);
        }
    }

    /// Changes the source of `key`, then invalidates it.
    void change(String key) {
        long begun = System.nanoTime();
        source.change(key);
        boolean isAcknowledged;
        try {
            changer.invalidate(List.of(key));
            isAcknowledged = true;
        } catch (CacheException.Unavailable _) {
            isAcknowledged = false;
        }
        history.wrote(key, begun, isAcknowledged ? System.nanoTime() : History.NEVER);
    }

    private void readAll(LoadingCache<Integer> cache, SplittableRandom random) {
        List<String> own = keys.stream()
                .filter(key -> key.startsWith(cache.policy().prefix()))
                .toList();
        long bound = cache.policy().freshness() instanceof Freshness.Bounded(Duration most) ? most.toNanos() : -1;
        List<History.Read> reads = new ArrayList<>();
        for (int i = 0; !isOver && i < READS_MAX; i++) {
            String key = own.get(random.nextInt(own.size()));
            long invoked = System.nanoTime();
            try {
                Answer<Integer> answer = cache.read(key);
                Integer version = answer.value();
                reads.add(new History.Read(
                        key,
                        version == null ? History.ABSENT : version,
                        invoked,
                        System.nanoTime(),
                        answer.ageNanos(),
                        bound,
                        answer.source()));
            } catch (CacheException _) {
                notLoaded.incrementAndGet();
            }
            LockSupport.parkNanos(READ_PAUSE_NANOS);
        }
        history.addAll(reads);
    }

    @Override
    public void close() {
        isOver = true;
        world.restore();
        threads.close();
        client.close();
        changer.close();
        world.close();
    }
}

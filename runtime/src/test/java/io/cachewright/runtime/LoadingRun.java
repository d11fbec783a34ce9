package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
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
import org.jspecify.annotations.Nullable;

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
    /// Held from before a change until the history has it.
    private final Object change = new Object();
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
        this(limits, codec, loader, Duration.ofMillis(100), Duration.ofMillis(500));
    }

    private LoadingRun(
            LoadLimits limits,
            Codec<Integer> codec,
            UnaryOperator<Loader<Integer>> loader,
            Duration detection,
            Duration readTimeout) {
        this.limits = limits;
        client = client(limits, world.uri(), detection, readTimeout);
        changer = client(limits, "redis://" + world.server.address(), detection, readTimeout);
        for (String name : CLASSES) {
            caches.add(client.loadingCache(name, codec, loader.apply(source)));
            for (int i = 0; i < KEYS_PER_CLASS; i++) {
                keys.add(name + ":" + i);
            }
        }
    }

    static LoadingRun of(LoadLimits limits) {
        return new LoadingRun(limits, new ClientUnderTest.VersionCodec(), loader -> loader);
    }

    /// One whose source is asked no more often only because this machine is slow.
    static LoadingRun patient(LoadLimits limits, Loader<Integer> loader) {
        return new LoadingRun(
                limits, new ClientUnderTest.VersionCodec(), _ -> loader, FaultRun.PATIENT_DETECTION, FaultRun.AMPLE);
    }

    private static CachewrightClient client(LoadLimits limits, String uri, Duration detection, Duration readTimeout) {
        return CachewrightClient.builder(uri)
                .detectWithin(detection)
                .readTimeout(readTimeout)
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
        CachewrightClient other =
                client(limits, "redis://" + world.server.address(), FaultRun.PATIENT_DETECTION, FaultRun.AMPLE);
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

    /// What the checker sees of `fault`, which is brought about again until it sees something.
    List<String> violationsOf(Eventually.Step fault) throws Exception {
        Eventually.repeat(fault, this::hasViolations);
        return violations();
    }

    boolean hasViolations() {
        // What is read of a change that is not in the history yet would be from the future.
        synchronized (change) {
            return !history.violations().isEmpty();
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
        List<String> stale = new ArrayList<>();
        for (String key : keys) {
            if (!source.versions.getOrDefault(key, 0).equals(readOnceLoaded(key))) {
                stale.add(key);
            }
        }
        return stale;
    }

    /// A machine that is too busy to load it, or to prove it, is waited for.
    private @Nullable Integer readOnceLoaded(String key) throws InterruptedException {
        List<Answer<Integer>> seen = new ArrayList<>();
        eventually(() -> {
            try {
                seen.add(cacheOf(key).read(key));
                return seen.getLast().source() != Source.STALE;
            } catch (CacheException _) {
                return false;
            }
        });
        return seen.getLast().value();
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
        synchronized (change) {
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
    }

    private void readAll(LoadingCache<Integer> cache, SplittableRandom random) {
        List<String> own = keys.stream()
                .filter(key -> key.startsWith(cache.policy().prefix()))
                .toList();
        long bound = cache.policy().freshness() instanceof Freshness.Bounded(Duration most) ? most.toNanos() : -1;
        try (History.Recorder reads = history.new Recorder()) {
            for (int i = 0; !isOver && i < READS_MAX; i++) {
                String key = own.get(random.nextInt(own.size()));
                long invoked = System.nanoTime();
                try {
                    reads.add(History.Read.of(key, invoked, cache.read(key), bound));
                } catch (CacheException _) {
                    notLoaded.incrementAndGet();
                }
                LockSupport.parkNanos(READ_PAUSE_NANOS);
            }
        }
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

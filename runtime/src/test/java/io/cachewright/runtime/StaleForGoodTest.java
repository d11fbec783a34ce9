package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F3 by numbers: readers race with a writer over every key, round after round; once all is quiet, every key is
/// compared. What differs then would differ for good, since the classes serve whatever they hold.
class StaleForGoodTest {

    /// The race is one of threads: where it may be lost, it is not lost each time.
    private static final int TRIES_MAX = 30;

    private static final int KEYS = 10_000;
    private static final int BATCH = 500;
    private static final int READERS = 16;
    private static final int LOADING_READERS = 32;
    private static final List<String> ALL =
            IntStream.range(0, KEYS).mapToObj(i -> "quote:" + i).toList();

    private static CacheClass.Builder quotes() {
        return CacheClass.builder("quotes", "quote:")
                .freshness(Freshness.bestEffort())
                .nearBound(NearBound.entries(2 * KEYS));
    }

    private static List<List<String>> batches() {
        return IntStream.range(0, KEYS / BATCH)
                .mapToObj(i -> ALL.subList(i * BATCH, (i + 1) * BATCH))
                .toList();
    }

    /// Decodes at leisure during the races, so that answers wait between arriving and being stored.
    private static final class SlowInRaces implements Codec<Integer> {
        private final ClientUnderTest.VersionCodec plain = new ClientUnderTest.VersionCodec();
        volatile boolean isRace;

        @Override
        public byte[] encode(Integer value) {
            return plain.encode(value);
        }

        @Override
        public Integer decode(byte[] bytes) {
            if (isRace && ThreadLocalRandom.current().nextInt(4) == 0) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(3_000_000));
            }
            return plain.decode(bytes);
        }

        @Override
        public long versionOf(Integer value) {
            return value;
        }
    }

    /// Keys that are stale for good after `rounds` rounds, in each of which `write` gives every key the value
    /// that it returns.
    private static long race(
            CachewrightClient client,
            SlowInRaces codec,
            int rounds,
            int readersWanted,
            Consumer<String> read,
            Function<Collection<String>, Map<String, Integer>> readAll,
            WriteRound write)
            throws Exception {
        long stale = 0;
        for (int round = 1; round <= rounds; round++) {
            int wanted;
            codec.isRace = true;
            boolean[] isOver = new boolean[1];
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> readers = new ArrayList<>();
                for (int i = 0; i < readersWanted; i++) {
                    int seed = round * readersWanted + i;
                    readers.add(threads.submit(() -> {
                        SplittableRandom random = new SplittableRandom(seed);
                        while (!isOver(isOver)) {
                            read.accept(ALL.get(random.nextInt(KEYS)));
                        }
                    }));
                }
                wanted = write.write(round);
                synchronized (isOver) {
                    isOver[0] = true;
                }
                for (Future<?> reader : readers) {
                    reader.get();
                }
            }
            codec.isRace = false;
            // Every invalidation of the round has come when a later heartbeat has.
            eventually(() -> isProved(client));
            for (List<String> batch : batches()) {
                Map<String, Integer> seen = readAll.apply(batch);
                stale += batch.stream()
                        .filter(key -> !Integer.valueOf(wanted).equals(seen.get(key)))
                        .count();
            }
        }
        return stale;
    }

    /// False where the link was lost meanwhile, as on a busy machine: then the next one proves it.
    private static boolean isProved(CachewrightClient client) throws InterruptedException {
        try {
            return client.links()
                    .of(ALL.getFirst())
                    .proofSince(System.nanoTime())
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }

    private static boolean isOver(boolean[] isOver) {
        synchronized (isOver) {
            return isOver[0];
        }
    }

    @FunctionalInterface
    private interface WriteRound {
        int write(int round);
    }

    private static long staleNear(Links.LinkFactory links, int rounds) throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection other = server.connect();
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .readTimeout(Duration.ofSeconds(60))
                        .cacheClass(quotes().build())
                        .links(links)
                        .build()) {
            SlowInRaces codec = new SlowInRaces();
            NearCache<Integer> quotes = client.nearCache("quotes", codec);
            return race(client, codec, rounds, READERS, quotes::get, quotes::getAll, round -> {
                for (List<String> batch : batches()) {
                    // Twice: after the first time its readers are on their way.
                    for (int version = 2 * round - 1; version <= 2 * round; version++) {
                        String value = Integer.toString(version);
                        other.pipeline(batch.stream()
                                .map(key -> Command.of("SET", key, value))
                                .toList());
                    }
                }
                return 2 * round;
            });
        }
    }

    @Test
    void ofAHundredThousandKeyChecksNoneIsStaleForGood() throws Exception {
        assertThat(staleNear(ServerLink::new, 10)).isZero();
    }

    @Tag("long")
    @Test
    void ofAMillionKeyChecksNoneIsStaleForGood() throws Exception {
        assertThat(staleNear(ServerLink::new, 100)).isZero();
    }

    @Tag("long")
    @Test
    void withoutLeasesKeysAreStaleForGood() throws Exception {
        AtomicLong stale = new AtomicLong();
        Eventually.repeat(
                () -> stale.set(staleNear(BrokenLinks.judging(FaultTest.FillsRegardless::new), 10)),
                () -> stale.get() > 0);
        assertThat(stale).hasPositiveValue();
    }

    private static long staleLoaded(boolean oncePerFleet, int rounds) throws Exception {
        AtomicIntegerArray source = new AtomicIntegerArray(KEYS / BATCH);
        LoadLimits limits = LoadLimits.builder(Duration.ofHours(1))
                .oncePerFleet(oncePerFleet)
                .hardTimeout(Duration.ofSeconds(60))
                .build();
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = loading(server, limits);
                CachewrightClient changer = loading(server, limits)) {
            SlowInRaces codec = new SlowInRaces();
            LoadingCache<Integer> quotes = client.loadingCache("quotes", codec, key -> {
                int version = source.get(Integer.parseInt(key.substring("quote:".length())) / BATCH);
                // On its way.
                Thread.sleep(0, 300_000);
                return version;
            });
            return race(client, codec, rounds, LOADING_READERS, quotes::get, quotes::getAll, round -> {
                for (int i = 0; i < KEYS / BATCH; i++) {
                    // Twice: at the second time most keys are absent, so that their readers hear nothing of it.
                    for (int half = 0; half < 2; half++) {
                        source.incrementAndGet(i);
                        changer.invalidate(batches().get(i));
                    }
                }
                return 2 * round;
            });
        }
    }

    private static CachewrightClient loading(RedisServer server, LoadLimits limits) {
        return CachewrightClient.builder("redis://" + server.address())
                .readTimeout(Duration.ofSeconds(60))
                .cacheClass(quotes().loading(limits).build())
                .build();
    }

    @Test
    void ofTwentyThousandLoadedKeysNoneIsStaleForGood() throws Exception {
        assertThat(staleLoaded(true, 2)).isZero();
    }

    @Tag("long")
    @Test
    void ofAMillionLoadedKeysNoneIsStaleForGood() throws Exception {
        assertThat(staleLoaded(true, 100)).isZero();
    }

    @Tag("long")
    @Test
    void withoutTheLeaseInTheServerLoadedKeysAreStaleForGood() throws Exception {
        long stale = 0;
        for (int tries = 0; tries < TRIES_MAX && stale == 0; tries++) {
            stale = staleLoaded(false, 3);
        }
        assertThat(stale).isPositive();
    }
}

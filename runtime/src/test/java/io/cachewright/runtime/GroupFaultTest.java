package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// F24: a group of keys changes one key after another, by writers of whom some die half way. Readers in another process
/// read the group, and single keys of it; a history has every read, and each group must be of one version.
class GroupFaultTest {

    private static final Duration BOUND = Duration.ofMillis(250);
    /// So long that no change is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final String TAG = "instrument:VOD.L";
    private static final List<String> GROUP = List.of("md:VOD.L:quote", "pos:A:VOD.L", "pos:B:VOD.L");
    private static final int CHANGES = 40;

    private static final CachePolicy POLICY = CachePolicy.parse("policy.yaml", """
            version: 1
            classes:
              quotes:
                prefix: "md:"
                freshness: 250ms
                loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 60s}
                invalidation:
                  key: "md:{I}:quote"
                  tags: ["instrument:{I}"]
              positions:
                prefix: "pos:"
                freshness: 250ms
                loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 60s}
                invalidation:
                  key: "pos:{ACCT}:{I}"
                  tags: ["instrument:{I}"]
            """);

    private final Map<String, Integer> source = new ConcurrentHashMap<>();
    private final History history = new History();
    private final AtomicLong mixed = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private volatile boolean isOver;

    private static CachewrightClient client(RedisServer server) {
        return CachewrightClient.builder("redis://" + server.address())
                .policy(POLICY)
                .readTimeout(AMPLE)
                .build();
    }

    /// A process that reads.
    private final class Far implements AutoCloseable {
        final CachewrightClient client;
        final LoadingCache<Integer> quotes;
        final LoadingCache<Integer> positions;

        Far(RedisServer server) {
            client = client(server);
            quotes = client.loadingCache("quotes", new ClientUnderTest.VersionCodec(), source::get);
            positions = client.loadingCache("positions", new ClientUnderTest.VersionCodec(), source::get);
        }

        History.Read read(String key) {
            long invoked = System.nanoTime();
            Answer<Integer> answer = (key.startsWith("md:") ? quotes : positions).read(key);
            Integer version = answer.value();
            return new History.Read(
                    key,
                    version == null ? 0 : version,
                    invoked,
                    System.nanoTime(),
                    answer.ageNanos(),
                    BOUND.toNanos(),
                    answer.source());
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private List<Future<?>> startReaders(ExecutorService threads, Far far, boolean isGuarded) {
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(threads.submit(() -> {
                List<History.Read> reads = new ArrayList<>();
                Supplier<List<History.Read>> group =
                        () -> GROUP.stream().map(far::read).toList();
                while (!isOver) {
                    List<History.Read> together = isGuarded ? far.client.together(TAG, group) : group.get();
                    seen.incrementAndGet();
                    if (together.stream()
                                    .mapToInt(History.Read::version)
                                    .distinct()
                                    .count()
                            > 1) {
                        mixed.incrementAndGet();
                    }
                    reads.addAll(together);
                    LockSupport.parkNanos(100_000);
                }
                history.addAll(reads);
            }));
        }
        readers.add(threads.submit(() -> {
            List<History.Read> reads = new ArrayList<>();
            while (!isOver) {
                reads.add(far.read(GROUP.get(ThreadLocalRandom.current().nextInt(GROUP.size()))));
                LockSupport.parkNanos(100_000);
            }
            history.addAll(reads);
        }));
        return readers;
    }

    private void run(boolean isGuarded) throws Exception {
        GROUP.forEach(key -> source.put(key, 0));
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient writer = client(server);
                WireConnection other = server.connect();
                Far far = new Far(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = startReaders(threads, far, isGuarded);
            try {
                AtomicInteger version = new AtomicInteger();
                if (isGuarded) {
                    while (version.get() < CHANGES) {
                        changeGuarded(writer, other, version.incrementAndGet());
                    }
                } else {
                    Eventually.repeat(() -> changeUnguarded(writer, version.incrementAndGet()), () -> mixed.get() > 0);
                }
                eventually(() -> seen.get() > 20);
            } finally {
                isOver = true;
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private void changeUnguarded(CachewrightClient writer, int version) {
        long begun = System.nanoTime();
        writeSlowly(version, GROUP);
        GROUP.forEach(key -> writer.invalidate(List.of(key)));
        written(begun);
    }

    private void changeGuarded(CachewrightClient writer, WireConnection other, int version)
            throws InterruptedException {
        long begun = System.nanoTime();
        if (version % 10 == 0) {
            dieHalfWay(writer, other, version);
        } else {
            writer.change(TAG, AMPLE, () -> writeSlowly(version, GROUP));
        }
        written(begun);
    }

    private void written(long begun) {
        long acknowledged = System.nanoTime();
        GROUP.forEach(key -> history.wrote(key, begun, acknowledged));
    }

    /// Nobody opens the group again before its time ends. Who mends the source after the crash must do it before that:
    /// here its time ends when he has.
    private void dieHalfWay(CachewrightClient writer, WireConnection other, int version) throws InterruptedException {
        long _ = writer.invalidator().close(TAG, AMPLE);
        String generation = Generations.keyOf(Generations.nameOfTag(TAG));
        assertThat(other.call("PTTL", generation).integer()).isPositive();
        writeSlowly(version, GROUP.subList(0, 1));
        Thread.sleep(100);
        writeSlowly(version, GROUP.subList(1, GROUP.size()));
        other.call("PEXPIRE", generation, "1").orThrow();
        // A reader may have begun a new one by then; only a closed one is a negative number.
        eventually(() -> !String.valueOf(World.Writer.textOf(other.call("GET", generation)))
                .startsWith("-"));
        Thread.sleep(BOUND.toMillis());
    }

    private void writeSlowly(int version, List<String> keys) {
        for (String key : keys) {
            source.put(key, version);
            LockSupport.parkNanos(300_000 + ThreadLocalRandom.current().nextInt(400_000));
        }
    }

    @Test
    void whatIsChangedTogetherIsNeverSeenMixedThoughWritersDie() throws Exception {
        run(true);
        assertThat(history.violations()).isEmpty();
        assertThat(mixed.get()).isZero();
    }

    @Test
    void withoutTheBarrierReadersSeeTheGroupMixed() throws Exception {
        run(false);
        assertThat(mixed.get()).isPositive();
    }
}

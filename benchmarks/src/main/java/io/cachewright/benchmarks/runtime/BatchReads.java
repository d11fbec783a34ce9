package io.cachewright.benchmarks.runtime;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.NearCache;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/// A batch of 100 keys of which 10 are not near, beside one `MGET` of 10 keys by a driver; and the batch with nothing
/// to ask for, which is what looking at 90 keys costs.
@AutoService(Benchmark.class)
public final class BatchReads implements Benchmark {

    private static final int KEYS = 200_000;
    private static final int BATCH = 100;
    private static final int MISSES = 10;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 21;
    private static final long ROUND_NANOS = 200_000_000;

    private static final String OURS = "**`NearCache.getAll` of 100, 10 of them not near**";
    private static final String NEAR = "`NearCache.getAll` of the other 90";
    private static final String LETTUCE = "Lettuce 7.7.0 `MGET` of 10, sync";
    private static final String JEDIS = "Jedis 8.0.2 `MGET` of 10";

    @Override
    public String name() {
        return "batch-reads";
    }

    @Override
    public String summary() {
        return "a batch of 100 with 10 misses beside one MGET of 10: " + Surroundings.ARGUMENTS;
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                Surroundings surroundings = Surroundings.of(arguments, server)) {
            try (WireConnection connection = server.connect()) {
                for (int i = 0; i < KEYS; i++) {
                    connection.call("SET", key(i), "x".repeat(100));
                }
            }
            String uri = "redis://" + server.address();
            URI address = URI.create(uri);
            try (CachewrightClient ours = CachewrightClient.builder(uri)
                            .cacheClass(CacheClass.builder("quotes", "quote:")
                                    .nearBound(NearBound.entries(1_000))
                                    .build())
                            .build();
                    RedisClient lettuce = RedisClient.create(uri);
                    var jedis = redis.clients.jedis.RedisClient.builder()
                            .hostAndPort(address.getHost(), address.getPort())
                            .build()) {
                NearCache<String> near = ours.nearCache("quotes", Codec.utf8());
                RedisCommands<String, String> sync = lettuce.connect().sync();
                List<String> hot = new ArrayList<>();
                for (int i = 0; i < BATCH - MISSES; i++) {
                    hot.add(key(i));
                }
                Rounds rounds = new Rounds()
                        .add(
                                OURS,
                                () -> micros(
                                        misses -> near.getAll(with(hot, misses)).size()))
                        .add(NEAR, () -> micros(_ -> near.getAll(hot).size()))
                        .add(
                                LETTUCE,
                                () -> micros(misses ->
                                        sync.mget(misses.toArray(String[]::new)).size()))
                        .add(
                                JEDIS,
                                () -> micros(misses -> jedis.mget(misses.toArray(String[]::new))
                                        .size()))
                        .run(WARM_UP_ROUNDS, ROUNDS);
                long remoteBefore = near.statistics().remote();
                int batches = 1_000;
                SplittableRandom random = new SplittableRandom(1);
                for (int i = 0; i < batches; i++) {
                    near.getAll(with(hot, misses(random)));
                }
                double missed = (near.statistics().remote() - remoteBefore) / (double) batches;
                result.printf(
                        Locale.ROOT,
                        "us a call by one thread, median [least–greatest] of %d rounds in turn; %s; %.2f of each batch"
                                + " of %d keys were not near%n%n",
                        ROUNDS,
                        surroundings,
                        missed,
                        BATCH);
                rounds.print("us", result);
                result.printf(
                        Locale.ROOT,
                        "%nours is %.2f times Lettuce's and %.2f times Jedis' MGET%n",
                        rounds.median(OURS) / rounds.median(LETTUCE),
                        rounds.median(OURS) / rounds.median(JEDIS));
            }
        }
    }

    private static String key(int i) {
        return "quote:" + i;
    }

    /// Keys that nobody has read for long, so that they are not near.
    private static List<String> misses(SplittableRandom random) {
        List<String> misses = new ArrayList<>(MISSES);
        for (int i = 0; i < MISSES; i++) {
            misses.add(key(random.nextInt(BATCH, KEYS)));
        }
        return misses;
    }

    private static List<String> with(List<String> hot, List<String> misses) {
        List<String> all = new ArrayList<>(hot);
        all.addAll(misses);
        return all;
    }

    private static double micros(ToIntFunction<List<String>> read) {
        SplittableRandom random = new SplittableRandom(System.nanoTime());
        long begun = System.nanoTime();
        long calls = 0;
        long elapsed;
        do {
            if (read.applyAsInt(misses(random)) < MISSES) {
                throw new IllegalStateException("values are missing");
            }
            calls++;
            elapsed = System.nanoTime() - begun;
        } while (elapsed < ROUND_NANOS);
        return elapsed / 1e3 / calls;
    }
}

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;

/// Blocking reads that go to the server, by one thread and by 64 virtual ones: through a near-cache that has room
/// for one entry, so that each read asks for a value and its time to live and throws another value out; through
/// one of a class that keeps nothing near; over one Lettuce connection; and from a Jedis pool. They take turns.
@AutoService(Benchmark.class)
public final class BlockingReads implements Benchmark {

    private static final int KEYS = 10_000;
    private static final int THREADS = 64;
    private static final int WARM_UP_ROUNDS = 8;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 600_000_000;
    private static final long LATENCY_NANOS_MAX = 10_000_000_000L;

    private enum Client {
        CACHEWRIGHT("**`NearCache.get`, a miss each time**"),
        CACHEWRIGHT_REMOTE("**`NearCache.get` of a class that keeps nothing near**"),
        LETTUCE("Lettuce 7.7.0, one connection, sync"),
        JEDIS("Jedis 8.0.2, pool of 64, sync");

        final String title;

        Client(String title) {
            this.title = title;
        }
    }

    private record Round(double perSecond, double p50Micros, double p99Micros) {}

    @Override
    public String name() {
        return "blocking-reads";
    }

    @Override
    public String summary() {
        return "blocking reads by 1 thread and 64 virtual ones beside Lettuce and a Jedis pool: "
                + Surroundings.ARGUMENTS;
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws Exception {
        String[] keys = new String[KEYS];
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                Surroundings surroundings = Surroundings.of(arguments, server)) {
            try (WireConnection connection = server.connect()) {
                for (int i = 0; i < KEYS; i++) {
                    keys[i] = "quote:" + i;
                    connection.call("SET", keys[i], "x".repeat(100));
                }
            }
            String uri = "redis://" + server.address();
            URI address = URI.create(uri);
            try (CachewrightClient ours = CachewrightClient.builder(uri)
                            .cacheClass(CacheClass.builder("quotes", "quote:")
                                    .nearBound(NearBound.entries(1))
                                    .build())
                            .build();
                    CachewrightClient remote = CachewrightClient.builder(uri)
                            .cacheClass(CacheClass.builder("quotes", "quote:")
                                    .nearTtl(Duration.ZERO)
                                    .build())
                            .build();
                    RedisClient lettuce = RedisClient.create(uri);
                    var jedis = redis.clients.jedis.RedisClient.builder()
                            .hostAndPort(address.getHost(), address.getPort())
                            .poolConfig(pool())
                            .build()) {
                NearCache<String> near = ours.nearCache("quotes", Codec.utf8());
                NearCache<String> nothingNear = remote.nearCache("quotes", Codec.utf8());
                RedisCommands<String, String> sync = lettuce.connect().sync();
                Map<Client, ToIntFunction<String>> clients = new EnumMap<>(Client.class);
                clients.put(
                        Client.CACHEWRIGHT, key -> String.valueOf(near.get(key)).length());
                clients.put(
                        Client.CACHEWRIGHT_REMOTE,
                        key -> String.valueOf(nothingNear.get(key)).length());
                clients.put(Client.LETTUCE, key -> String.valueOf(sync.get(key)).length());
                clients.put(Client.JEDIS, key -> String.valueOf(jedis.get(key)).length());
                result.printf(
                        Locale.ROOT,
                        "%,d keys of 100 bytes; %s; reads a second, and us a read; median [least–greatest] of %d rounds%n%n",
                        KEYS,
                        surroundings,
                        ROUNDS);
                result.println("| | threads | reads a second | p50 us | p99 us | times Lettuce |");
                result.println("|---|---|---|---|---|---|");
                compare(clients, keys, 1, result);
                compare(clients, keys, THREADS, result);
            }
        }
    }

    private static redis.clients.jedis.ConnectionPoolConfig pool() {
        redis.clients.jedis.ConnectionPoolConfig config = new redis.clients.jedis.ConnectionPoolConfig();
        config.setMaxTotal(THREADS);
        config.setMaxIdle(THREADS);
        return config;
    }

    private static void compare(
            Map<Client, ToIntFunction<String>> clients, String[] keys, int threads, PrintStream result)
            throws Exception {
        Map<Client, List<Round>> rounds = new EnumMap<>(Client.class);
        for (int i = 0; i < WARM_UP_ROUNDS + ROUNDS; i++) {
            for (Map.Entry<Client, ToIntFunction<String>> client : clients.entrySet()) {
                Round round = round(client.getValue(), keys, threads);
                if (i >= WARM_UP_ROUNDS) {
                    rounds.computeIfAbsent(client.getKey(), _ -> new ArrayList<>())
                            .add(round);
                }
            }
        }
        double lettuce = median(rates(rounds, Client.LETTUCE));
        for (Client client : Client.values()) {
            double[] rates = rates(rounds, client);
            List<Round> own = rounds.getOrDefault(client, List.of());
            result.printf(
                    Locale.ROOT,
                    "| %s | %d | %,.0f [%,.0f–%,.0f] | %.0f | %.0f | %.2f |%n",
                    client.title,
                    threads,
                    median(rates),
                    rates[0],
                    rates[rates.length - 1],
                    median(own.stream().mapToDouble(Round::p50Micros).sorted().toArray()),
                    median(own.stream().mapToDouble(Round::p99Micros).sorted().toArray()),
                    median(rates) / lettuce);
        }
    }

    private static double[] rates(Map<Client, List<Round>> rounds, Client client) {
        return rounds.getOrDefault(client, List.of()).stream()
                .mapToDouble(Round::perSecond)
                .sorted()
                .toArray();
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static Round round(ToIntFunction<String> get, String[] keys, int threads) throws Exception {
        Histogram all = new Histogram(LATENCY_NANOS_MAX, 2);
        List<Future<Histogram>> running = new ArrayList<>();
        long begun = System.nanoTime();
        try (ExecutorService pool =
                threads == 1 ? Executors.newSingleThreadExecutor() : Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                long seed = begun + i;
                running.add(pool.submit(() -> read(get, keys, seed, begun + ROUND_NANOS)));
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        for (Future<Histogram> each : running) {
            all.add(each.get());
        }
        return new Round(
                all.getTotalCount() / seconds, all.getValueAtPercentile(50) / 1e3, all.getValueAtPercentile(99) / 1e3);
    }

    private static Histogram read(ToIntFunction<String> get, String[] keys, long seed, long until) {
        Histogram latencies = new Histogram(LATENCY_NANOS_MAX, 2);
        SplittableRandom random = new SplittableRandom(seed);
        long now = System.nanoTime();
        while (now - until < 0) {
            int length = get.applyAsInt(keys[random.nextInt(keys.length)]);
            long after = System.nanoTime();
            if (length > 0) {
                latencies.recordValue(Math.min(after - now, LATENCY_NANOS_MAX));
            }
            now = after;
        }
        return latencies;
    }
}

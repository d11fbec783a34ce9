package io.cachewright.benchmarks.load;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadResult;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many requests a second the load generator reaches, against the generators that come with the servers: in
/// turn, on one server, with one thread, the same connections, pipeline depth and values. And the latency that it
/// shows at a fixed rate far below that.
@AutoService(Benchmark.class)
public final class LoadGeneratorBenchmark implements Benchmark {

    private static final String OURS = "cachewright";
    private static final int ROUNDS = 5;
    private static final double FIXED_RATE = 20_000;
    private static final int FIXED_RATE_ROUNDS = 3;
    private static final Duration ROUND = Duration.ofMillis(1_300);
    private static final Duration WARM_UP = Duration.ofMillis(200);
    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "load-generator";
    }

    @Override
    public String summary() {
        return "requests a second against redis-benchmark and valkey-benchmark; latency at 20,000/s";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException, InterruptedException {
        ServerBinary binary = ServerBinaries.installed().stream().findFirst().orElseGet(ServerBinaries::embedded);
        List<PeerGenerator> peers = PeerGenerator.all();
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onTcp())) {
            result.printf(
                    Locale.ROOT,
                    "%s; %d connections, values of %d bytes, %,d keys, one generator thread each; requests a second, "
                            + "median [min–max] of %d rounds in turn%n%n",
                    binary.version(),
                    Setting.CONNECTIONS,
                    Setting.VALUE_BYTES,
                    Setting.KEYS,
                    ROUNDS);
            compare(server, peers, result);
            fixedRate(server, result);
        }
    }

    private static void compare(RedisServer server, List<PeerGenerator> peers, PrintStream result)
            throws IOException, InterruptedException {
        for (Setting setting : Setting.all()) {
            ours(server, setting, FIRST_WARM_UP, WARM_UP);
        }
        StringBuilder header = new StringBuilder("| | " + OURS);
        StringBuilder rule = new StringBuilder("|---|---");
        for (PeerGenerator peer : peers) {
            header.append(" | ").append(peer.name()).append(" | ratio");
            rule.append("|---|---");
        }
        result.println(header + " |\n" + rule + "|");
        for (Setting setting : Setting.all()) {
            result.println(row(server, setting, peers));
        }
    }

    private static String row(RedisServer server, Setting setting, List<PeerGenerator> peers)
            throws IOException, InterruptedException {
        double[] own = new double[ROUNDS];
        Map<String, double[]> theirs = new LinkedHashMap<>();
        peers.forEach(peer -> theirs.put(peer.name(), new double[ROUNDS]));
        for (int round = 0; round < ROUNDS; round++) {
            own[round] = ours(server, setting, WARM_UP, ROUND);
            for (PeerGenerator peer : peers) {
                long requests = (long) (own[round] * ROUND.toMillis() / 1_000);
                theirs.getOrDefault(peer.name(), own)[round] =
                        peer.run(server.port().orElseThrow(), setting, requests);
            }
        }
        List<String> cells =
                new ArrayList<>(List.of(setting.toString(), Spread.of(own).format("%,.0f")));
        theirs.values().forEach(rates -> {
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ratios[round] = own[round] / rates[round];
            }
            cells.add(Spread.of(rates).format("%,.0f"));
            cells.add("**" + Spread.of(ratios).format("%.2f").replace(" [", "** ["));
        });
        return "| " + String.join(" | ", cells) + " |";
    }

    private static double ours(RedisServer server, Setting setting, Duration warmUp, Duration duration) {
        LoadResult result = LoadGenerator.closedLoop(setting.pipelineDepth())
                .run(
                        server.address(),
                        server.credentials(),
                        Workloads.unpaced(Setting.CONNECTIONS, setting.mix(), 7),
                        LoadSettings.lasting(duration).withWarmUp(warmUp));
        return result.throughput();
    }

    private static void fixedRate(RedisServer server, PrintStream result) {
        double[] p50 = new double[FIXED_RATE_ROUNDS];
        double[] p99 = new double[FIXED_RATE_ROUNDS];
        double[] lag = new double[FIXED_RATE_ROUNDS];
        int valid = 0;
        for (int round = 0; round < FIXED_RATE_ROUNDS; round++) {
            LoadResult measured = LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            server.credentials(),
                            Workloads.fixedRate(FIXED_RATE, Setting.CONNECTIONS, new Setting("GET", 1).mix(), 7),
                            LoadSettings.lasting(Duration.ofSeconds(4)));
            p50[round] = measured.percentileNanos(50) / 1e6;
            p99[round] = measured.percentileNanos(99) / 1e6;
            lag[round] = measured.sendLag().getValueAtPercentile(99) / 1e6;
            valid += measured.validity().isValid() ? 1 : 0;
        }
        result.printf(
                Locale.ROOT,
                "%nOpen loop, GET at %,.0f/s, ms, %d rounds of 4 s: p50 %s, p99 %s, send lag p99 %s; %d valid%n",
                FIXED_RATE,
                FIXED_RATE_ROUNDS,
                Spread.of(p50).format("%.3f"),
                Spread.of(p99).format("%.3f"),
                Spread.of(lag).format("%.4f"),
                valid);
    }
}

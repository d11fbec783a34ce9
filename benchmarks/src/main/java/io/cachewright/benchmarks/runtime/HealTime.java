package io.cachewright.benchmarks.runtime;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.NearCache;
import io.cachewright.runtime.Source;
import io.cachewright.runtime.coherence.LinkState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How soon a half-open link is suspected, and how soon after its return values are served near again that nobody wrote
/// meanwhile. Each time the link is silent for long enough to be given up, and returns at another moment of the
/// attempts to connect.
@AutoService(Benchmark.class)
public final class HealTime implements Benchmark {

    private static final int ROUNDS = 40;
    private static final int KEYS = 10_000;
    private static final Duration DETECTION = Duration.ofMillis(250);
    private static final double HEAL_MILLIS_MAX = 100;
    private static final long SILENT_MILLIS = 600;
    private static final long SILENT_MILLIS_MORE = 13;
    private static final long WAIT_SECONDS_MAX = 20;

    @Override
    public String name() {
        return "heal-time";
    }

    @Override
    public String summary() {
        return "how soon a half-open link is noticed and healed, and what is read anew after it";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws Exception {
        double[] suspected = new double[ROUNDS];
        double[] healed = new double[ROUNDS];
        long readAnew = 0;
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                FaultProxy proxy = FaultProxy.before((Address.Tcp) server.address());
                CachewrightClient client = client("redis://" + proxy.address());
                CachewrightClient writer = client("redis://" + server.address())) {
            NearCache<String> near = client.nearCache("positions", Codec.utf8());
            NearCache<String> written = writer.nearCache("positions", Codec.utf8());
            for (int i = 0; i < KEYS; i++) {
                written.put("position:" + i, "1", Duration.ZERO);
            }
            for (int round = 0; round < ROUNDS; round++) {
                System.err.println("round " + round);
                readAll(near);
                Thread.sleep(300);
                long opened = System.nanoTime();
                proxy.openHole();
                await("the link is suspected", () -> client.linkState() != LinkState.LIVE);
                suspected[round] = millisSince(opened);
                Thread.sleep(SILENT_MILLIS + round * SILENT_MILLIS_MORE);
                written.put("position:0", Integer.toString(round), Duration.ZERO);
                long remote = near.statistics().remote();
                long returned = System.nanoTime();
                proxy.restore();
                await(
                        "values are served near again",
                        () -> client.linkState() == LinkState.LIVE
                                && near.read("position:1").source() == Source.NEAR);
                healed[round] = millisSince(returned);
                for (int i = 2; i < KEYS; i++) {
                    near.get("position:" + i);
                }
                readAnew += near.statistics().remote() - remote;
            }
        }
        long late =
                Arrays.stream(healed).filter(millis -> millis > HEAL_MILLIS_MAX).count();
        result.println("| | ms, median [least–greatest] of " + ROUNDS + " |");
        result.println("|---|---|");
        result.println("| suspected after the link fell silent, bound " + DETECTION.toMillis() + " ms | "
                + spread(suspected) + " |");
        result.println("| served near again after the link's return, goal " + (int) HEAL_MILLIS_MAX + " ms | "
                + spread(healed) + ", " + late + " above the goal |");
        result.println("| untouched values read anew | " + readAnew + " of " + (long) ROUNDS * (KEYS - 1) + " |");
    }

    private static void readAll(NearCache<String> near) {
        for (int i = 0; i < KEYS; i++) {
            near.get("position:" + i);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            if (millisSince(begun) > WAIT_SECONDS_MAX * 1_000) {
                throw new IllegalStateException(what + ": not within " + WAIT_SECONDS_MAX + " s");
            }
            Thread.sleep(0, 100_000);
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static CachewrightClient client(String uri) {
        return CachewrightClient.builder(uri)
                .detectWithin(DETECTION)
                .cacheClass(CacheClass.builder("positions", "position:")
                        .freshness(Freshness.bounded(DETECTION))
                        .nearBound(NearBound.entries(2L * KEYS))
                        .writers(Writers.LIBRARY)
                        .build())
                .build();
    }

    private static String spread(double[] values) {
        Arrays.sort(values);
        return String.format(
                Locale.ROOT, "%.0f [%.0f–%.0f]", values[values.length / 2], values[0], values[values.length - 1]);
    }
}

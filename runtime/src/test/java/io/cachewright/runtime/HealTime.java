package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// How soon a half-open link is suspected, and how soon after its return values are served near again that nobody wrote
/// meanwhile.
final class HealTime {

    private static final int ROUNDS = 40;
    private static final int KEYS = 10_000;
    private static final Duration DETECTION = Duration.ofMillis(250);

    private HealTime() {}

    /// Prints the median, and the least and greatest, of both.
    public static void main(String[] args) throws InterruptedException {
        World.Single world = new World.Single(ServerSettings.onTcp());
        double[] suspected = new double[ROUNDS];
        double[] healed = new double[ROUNDS];
        long dropped = 0;
        try (CachewrightClient client = client(world.uri());
                CachewrightClient writer = client("redis://" + world.server.address())) {
            NearCache<String> near = client.nearCache("positions", Codec.utf8());
            NearCache<String> written = writer.nearCache("positions", Codec.utf8());
            for (int i = 0; i < KEYS; i++) {
                written.put("position:" + i, "1", Duration.ZERO);
                near.get("position:" + i);
            }
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(500);
                for (int i = 0; i < KEYS; i++) {
                    near.get("position:" + i);
                }
                Thread.sleep(200);
                long opened = System.nanoTime();
                world.proxy.openHole();
                while (client.linkState() == LinkState.LIVE) {
                    Thread.sleep(0, 100_000);
                }
                suspected[round] = (System.nanoTime() - opened) / 1e6;
                // Long enough that the link is given up, and at another moment of its attempts each time.
                Thread.sleep(600 + round * 13L);
                written.put("position:0", Integer.toString(round), Duration.ZERO);
                long remote = near.statistics().remote();
                long returned = System.nanoTime();
                world.proxy.restore();
                while (client.linkState() != LinkState.LIVE
                        || near.read("position:1").source() != Source.NEAR) {
                    Thread.sleep(0, 100_000);
                }
                healed[round] = (System.nanoTime() - returned) / 1e6;
                for (int i = 1; i < KEYS; i++) {
                    near.get("position:" + i);
                }
                dropped += near.statistics().remote() - remote;
            }
        } finally {
            world.close();
        }
        System.out.println("suspected after " + spread(suspected) + " ms; healed after " + spread(healed)
                + " ms; untouched values read anew: " + dropped + " of " + (long) ROUNDS * (KEYS - 1));
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
                Locale.ROOT, "%.0f [%.0f-%.0f]", values[values.length / 2], values[0], values[values.length - 1]);
    }
}

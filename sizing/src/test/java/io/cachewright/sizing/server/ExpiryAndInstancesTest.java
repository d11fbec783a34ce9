package io.cachewright.sizing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.whatif.InstanceWhatIf;
import io.cachewright.sizing.whatif.TtlRule;
import io.cachewright.sizing.whatif.TtlWhatIf;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What-ifs about time and about instances, against real servers.
final class ExpiryAndInstancesTest {

    @Test
    void hitsAndExpiriesAreThoseOfARealServerInTraceTime() {
        AccessShape shape = new AccessShape(200, _ -> 50, id -> 20_000 + Math.floorMod(Hashing.mix(id), 20_000L));
        Trace trace = SyntheticTrace.zipf(5_000, 0.8, 40_000, shape, 2);

        TtlWhatIf.Outcome predicted = TtlWhatIf.of(trace, new TtlRule.AsTraced(), TtlWhatIf.Writes.STORED);

        try (RealReplay real = new RealReplay(dynamicServer(), true)) {
            RealReplay.Outcome observed = real.play(trace, EvictionPolicy.NOEVICTION, 0);
            assertThat(predicted.hitRatio()).isCloseTo(observed.hitRatio(), Offset.offset(0.003));
            assertThat(predicted.expiries()).isCloseTo(observed.expired(), Percentage.withPercentage(3));
        }
    }

    @Test
    void aBurstOfExpiryIsAsLargeOnARealServer() {
        Trace trace = loadedTogether();

        assertThat(removedInWorstSecond(trace, new TtlRule.AsTraced()))
                .isCloseTo(predictedWorstSecond(trace, new TtlRule.AsTraced()), Percentage.withPercentage(5));
    }

    /// While no more than a tenth of what it looks at has expired, a server lets the rest wait: it removes less
    /// evenly than values expire, yet far from all at once.
    @Test
    void jitterSpreadsTheBurstOnARealServer() {
        Trace trace = loadedTogether();
        TtlRule jittered = new TtlRule.Jittered(new TtlRule.AsTraced(), 0.2);

        assertThat(removedInWorstSecond(trace, jittered))
                .isBetween(
                        predictedWorstSecond(trace, jittered) * 9 / 10,
                        predictedWorstSecond(trace, new TtlRule.AsTraced()) / 2);
    }

    private static Trace loadedTogether() {
        return SyntheticTrace.zipf(1_000_000, 0.1, 4_000, new AccessShape(20_000, _ -> 20, _ -> 30_000), 8);
    }

    private static long predictedWorstSecond(Trace trace, TtlRule rule) {
        return TtlWhatIf.of(withPause(trace), rule, TtlWhatIf.Writes.STORED).expiriesPerSecondMax();
    }

    private static long removedInWorstSecond(Trace trace, TtlRule rule) {
        try (RealReplay real = new RealReplay(dynamicServer(), true)) {
            return real.expiredInWorstSecond(trace, rule, 40);
        }
    }

    /// So that what was loaded expires within the trace.
    private static Trace withPause(Trace trace) {
        return new io.cachewright.sizing.trace.TraceBuilder("and a look later")
                .addAll(trace)
                .add(60_000_000, Long.MAX_VALUE, io.cachewright.sizing.trace.Operation.READ, 1, 0)
                .build();
    }

    @Test
    void mergingGainsWhatItGainsOnARealServer() {
        Trace trace = SyntheticTrace.zipf(20_000, 0.9, 100_000, AccessShape.uniform(1_000, 100), 4);
        KeyGroups groups = KeyGroups.by(trace, name -> name.charAt(15) == '0' ? "few" : "many");
        List<Long> bytes = List.of(500_000L, 1_500_000L);
        List<Long> inGroupOrder = groups.names().getFirst().equals("few") ? bytes : bytes.reversed();

        InstanceWhatIf predicted = InstanceWhatIf.of(
                trace,
                groups,
                inGroupOrder,
                ServerTraits.redis70().withAllocator(Allocator.JEMALLOC_SYSTEM),
                EvictionPolicy.ALLKEYS_LRU,
                ReplayClock.traceTime());

        double hits = 0;
        for (int group = 0; group < 2; group++) {
            Trace part = InstanceWhatIf.part(trace, groups, group);
            hits += played(part, inGroupOrder.get(group)) * part.length();
        }
        assertThat(predicted.separateHitRatio()).isCloseTo(hits / trace.length(), Offset.offset(0.005));
        assertThat(predicted.merged().hitRatio()).isCloseTo(played(trace, 2_000_000), Offset.offset(0.005));
    }

    private static double played(Trace trace, long bytesForKeys) {
        try (RealReplay real = new RealReplay(dynamicServer(), true)) {
            return real.play(trace, EvictionPolicy.ALLKEYS_LRU, bytesForKeys).hitRatio();
        }
    }

    private static ServerBinary dynamicServer() {
        List<ServerBinary> installed = ServerBinaries.installed();
        Assumptions.assumeFalse(installed.isEmpty(), "no redis-server is installed on this machine");
        return installed.getFirst();
    }
}

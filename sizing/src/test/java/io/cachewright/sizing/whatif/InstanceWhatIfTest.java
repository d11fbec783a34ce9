package io.cachewright.sizing.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ReplayClock;
import io.cachewright.sizing.server.ServerTraits;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InstanceWhatIfTest {

    @Test
    void anIdleInstanceLendsItsMemoryToABusyOne() {
        Trace trace = busyAndIdle();
        KeyGroups groups = KeyGroups.by(trace, name -> name.substring(0, 4));

        InstanceWhatIf outcome = InstanceWhatIf.of(
                trace,
                groups,
                List.of(1_000_000L, 1_000_000L),
                ServerTraits.redis70(),
                EvictionPolicy.ALLKEYS_LRU,
                ReplayClock.traceTime());

        assertThat(outcome.gainByMerging()).isGreaterThan(0.05);
        assertThat(outcome.merged().reads()).isEqualTo(trace.length());
        assertThat(outcome.instances()).hasSize(2);
    }

    @Test
    void halvesOfOneWorkloadDoAsWellAsTheWhole() {
        Trace trace = SyntheticTrace.zipf(20_000, 0.9, 200_000, AccessShape.uniform(1_000, 100), 4);
        KeyGroups halves = KeyGroups.by(trace, name -> (name.charAt(15) & 1) == 0 ? "even" : "odd");

        InstanceWhatIf outcome = InstanceWhatIf.of(
                trace,
                halves,
                List.of(1_000_000L, 1_000_000L),
                ServerTraits.redis70(),
                EvictionPolicy.ALLKEYS_LRU,
                ReplayClock.traceTime());

        assertThat(outcome.gainByMerging()).isBetween(-0.01, 0.02);
    }

    private static Trace busyAndIdle() {
        Random random = new Random(9);
        TraceBuilder trace = new TraceBuilder("busy and idle");
        for (int i = 0; i < 200_000; i++) {
            String name = i % 20 == 0 ? "idle:" + random.nextInt(500) : "busy:" + random.nextInt(10_000);
            trace.add(i * 1_000L, name.getBytes(StandardCharsets.UTF_8), Operation.READ, 100, 0);
        }
        return trace.build();
    }
}

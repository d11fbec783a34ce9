package io.cachewright.sizing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The model of versions that keep their keys in other ways than Redis 7.0, in trace time. A tenth of the keys
/// never expires.
final class OtherServersTest {

    private static final long BYTES_FOR_KEYS = 1_000_000;

    private static final Trace TRACE = SyntheticTrace.zipf(
            30_000,
            0.8,
            150_000,
            new AccessShape(
                    1_000,
                    id -> 10 + (int) Math.floorMod(Hashing.mix(id), 120L),
                    id -> Hashing.mix(id + 3) % 10 == 0 ? 0 : 600_000 + Math.floorMod(Hashing.mix(id + 1), 600_000L)),
            5);

    @Test
    void predictsFurtherVersions() {
        check(List.of(EvictionPolicy.ALLKEYS_LRU));
    }

    @Test
    @Tag("long")
    void predictsFurtherVersionsForEachPolicy() {
        check(List.of(
                EvictionPolicy.ALLKEYS_LRU,
                EvictionPolicy.ALLKEYS_LFU,
                EvictionPolicy.ALLKEYS_RANDOM,
                EvictionPolicy.VOLATILE_LRU,
                EvictionPolicy.VOLATILE_LFU,
                EvictionPolicy.VOLATILE_RANDOM,
                EvictionPolicy.VOLATILE_TTL));
    }

    @Test
    void keysTakeAsManyBytesAsOnFurtherVersions() {
        for (ServerBinary binary : further()) {
            try (RealReplay real = new RealReplay(binary, true)) {
                real.play(TRACE, EvictionPolicy.NOEVICTION, 0);
                ServerTraits traits = traits(binary).withBaseline(real.baselineBytes());
                ReplayResult predicted =
                        new ModelledServer(traits, EvictionPolicy.NOEVICTION, 0).replay(TRACE, ReplayClock.traceTime());

                assertThat(predicted.usedBytesAtEnd() - real.baselineBytes())
                        .as(binary.toString())
                        .isCloseTo(real.usedBytes() - real.baselineBytes(), Percentage.withPercentage(1.5));
            }
        }
    }

    private static void check(List<EvictionPolicy> policies) {
        for (ServerBinary binary : further()) {
            for (EvictionPolicy policy : policies) {
                try (RealReplay real = new RealReplay(binary, true)) {
                    double observed = real.play(TRACE, policy, BYTES_FOR_KEYS).hitRatio();
                    ServerTraits traits = traits(binary).withBaseline(real.baselineBytes());
                    double predicted = new ModelledServer(traits, policy, real.maxmemoryBytes())
                            .replay(TRACE, ReplayClock.traceTime())
                            .hitRatio();

                    assertThat(predicted).as(binary + ", " + policy).isCloseTo(observed, Offset.offset(0.005));
                }
            }
        }
    }

    /// Debian's packages, with Debian's allocator.
    private static ServerTraits traits(ServerBinary binary) {
        return ServerTraits.of(binary.version()).withAllocator(Allocator.JEMALLOC_SYSTEM);
    }

    private static List<ServerBinary> further() {
        List<ServerBinary> further = ServerBinaries.further();
        Assumptions.assumeFalse(further.isEmpty(), "no further servers: CACHEWRIGHT_SERVERS is not set");
        return further;
    }
}

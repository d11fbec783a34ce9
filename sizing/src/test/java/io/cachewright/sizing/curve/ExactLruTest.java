package io.cachewright.sizing.curve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.PublishedTraces;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ExactLruTest {

    record Access(long key, Operation operation, int bytes) {}

    /// With writes of other sizes and deletions, which leave room behind.
    @Property(tries = 400)
    void equalsANaiveSimulatorAtEverySizeToTheLastHit(@ForAll("accesses") List<Access> accesses) {
        Trace trace = trace(accesses);
        long[] sizes = LongStream.rangeClosed(1, 60).toArray();

        MissRatioCurve curve = Curves.of(trace, Trace::valueBytes, sizes).exactLru();

        for (MissRatioCurve.Point point : curve.points()) {
            assertThat(Math.round(point.hitRatio() * trace.reads()))
                    .as("hits in %d bytes of %s", point.bytes(), accesses)
                    .isEqualTo(naiveHits(accesses, point.bytes()));
        }
    }

    /// One size and no deletions: entries are counted instead of bytes.
    @Property(tries = 200)
    void equalsANaiveSimulatorWhereAllValuesWeighTheSame(
            @ForAll("accesses") List<Access> accesses, @ForAll @IntRange(min = 1, max = 9) int bytes) {
        List<Access> alike = accesses.stream()
                .filter(access -> access.operation() != Operation.DELETE)
                .map(access -> new Access(access.key(), access.operation(), bytes))
                .toList();
        Trace trace = trace(alike);

        MissRatioCurve curve = Curves.of(
                        trace, Trace::valueBytes, LongStream.rangeClosed(1, 60).toArray())
                .exactLru();

        for (MissRatioCurve.Point point : curve.points()) {
            assertThat(Math.round(point.hitRatio() * trace.reads()))
                    .as("hits in %d bytes of %s", point.bytes(), alike)
                    .isEqualTo(naiveHits(alike, point.bytes()));
        }
    }

    @Provide
    static Arbitrary<List<Access>> accesses() {
        Arbitrary<Operation> operations = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, Operation.READ),
                net.jqwik.api.Tuple.of(3, Operation.WRITE),
                net.jqwik.api.Tuple.of(2, Operation.DELETE));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 9),
                        operations,
                        Arbitraries.integers().between(0, 12))
                .as(Access::new)
                .list()
                .ofMaxSize(300);
    }

    /// Long enough that positions run out many times and are moved together.
    @Test
    void equalsANaiveSimulatorOverALongTrace() {
        AccessShape shape = new AccessShape(1_000, id -> 1 + (int) (id % 7), _ -> 0);
        Trace trace = SyntheticTrace.zipf(9_000, 0.8, 200_000, shape, 7);
        Curves curves = Curves.of(trace, Trace::valueBytes, 100, 1_000, 5_000, 20_000);

        MissRatioCurve exact = curves.exactLru();

        assertThat(exact.points())
                .allSatisfy(point -> assertThat(Math.round(point.hitRatio() * trace.length()))
                        .isEqualTo(naiveHits(trace, point.bytes())));
    }

    /// As above, for entries of one size.
    @Test
    void equalsANaiveSimulatorOverALongTraceOfOneSize() {
        Trace trace = SyntheticTrace.zipf(9_000, 0.8, 200_000, AccessShape.uniform(1_000, 1), 7);
        Curves curves = Curves.of(trace, Weigher.entries(), 1, 30, 100, 511, 512, 513, 1_000, 5_000, 8_999);

        MissRatioCurve exact = curves.exactLru();

        assertThat(exact.points())
                .allSatisfy(point -> assertThat(Math.round(point.hitRatio() * trace.length()))
                        .isEqualTo(naiveHits(trace, point.bytes())));
    }

    @Test
    void equalsANaiveSimulatorOnTheLedger() {
        Trace trace = PublishedTraces.corda(AccessShape.uniform(100, 1));
        Curves curves = Curves.of(trace, Weigher.entries(), 1, 2, 5, 10, 20, 50, 100);

        assertThat(curves.exactLru().points())
                .allSatisfy(point -> assertThat(Math.round(point.hitRatio() * trace.length()))
                        .isEqualTo(naiveHits(trace, point.bytes())));
    }

    @Test
    void groupsAddUpToTheWhole() {
        Trace trace = SyntheticTrace.zipf(500, 0.9, 20_000, AccessShape.uniform(1_000, 1), 3);
        Curves curves = Curves.of(trace, Weigher.entries(), 50, 200);
        KeyGroups groups = KeyGroups.by(trace, name -> name.endsWith("0") ? "round" : "other");

        Map<String, MissRatioCurve> byGroup = curves.exactLru(groups);

        int[] reads = new int[2];
        for (int access = 0; access < trace.length(); access++) {
            reads[groups.of(trace.key(access))]++;
        }
        List<MissRatioCurve> inOrder = List.copyOf(byGroup.values());
        for (int i = 0; i < 2; i++) {
            double hits = 0;
            for (int group = 0; group < 2; group++) {
                hits += inOrder.get(group).points().get(i).hitRatio() * reads[group];
            }
            assertThat(Math.round(hits))
                    .isEqualTo(Math.round(curves.exactLru().points().get(i).hitRatio() * trace.length()));
        }
    }

    private static Trace trace(List<Access> accesses) {
        TraceBuilder trace = new TraceBuilder("made up");
        accesses.forEach(access -> trace.add(0, access.key(), access.operation(), access.bytes(), 0));
        return trace.build();
    }

    /// A list from the most to the least recent key; values go from its end until the rest fits.
    private static long naiveHits(List<Access> accesses, long capacity) {
        Deque<Long> recency = new ArrayDeque<>();
        Map<Long, Integer> bytes = new HashMap<>();
        long hits = 0;
        for (Access access : accesses) {
            boolean present = recency.remove(access.key());
            if (access.operation() == Operation.DELETE) {
                bytes.remove(access.key());
                continue;
            }
            hits += access.operation() == Operation.READ && present ? 1 : 0;
            recency.addFirst(access.key());
            bytes.put(access.key(), access.bytes());
            while (bytes.values().stream().mapToLong(each -> each).sum() > capacity) {
                bytes.remove(recency.removeLast());
            }
        }
        return hits;
    }

    private static long naiveHits(Trace trace, long capacity) {
        LinkedHashMap<Integer, Integer> byRecency = new LinkedHashMap<>(16, 0.75f, true);
        long used = 0;
        long hits = 0;
        for (int access = 0; access < trace.length(); access++) {
            Integer before = byRecency.put(trace.key(access), trace.valueBytes(access));
            hits += before == null ? 0 : 1;
            used += trace.valueBytes(access) - (before == null ? 0 : before);
            while (used > capacity) {
                used -= byRecency.pollFirstEntry().getValue();
            }
        }
        return hits;
    }
}

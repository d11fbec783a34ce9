package io.cachewright.study;

import io.cachewright.capture.behaviour.Behaviour;
import io.cachewright.capture.behaviour.BehaviourWatch;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.domain.keys.UseCasePlacement;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Says how keys are accessed in a trace: which, how often, when, how large, and for how long they are to live.
public final class TraceStudy {

    private static final double[] KEY_SHARES = {0.001, 0.01, 0.1, 0.5};
    private static final int HOT_KEYS_TOLD = 50;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final Client NOBODY = new Client(0, "", Client.Kind.NETWORK);

    private TraceStudy() {}

    /// @param source names the trace for people
    /// @param tool the version of Cachewright
    /// @throws InvalidInput when the trace has no access
    public static TraceView view(Trace trace, String source, String sourceKind, List<String> notes, String tool) {
        if (trace.length() == 0) {
            throw new InvalidInput(source, List.of("holds no access"));
        }
        Counts counts = Counts.of(trace);
        int[] byKey = trace.accessesByKey();
        Behaviour behaviour = behaviour(trace);
        return new TraceView(
                TraceView.FORMAT_VERSION,
                TraceView.KIND,
                tool,
                source,
                sourceKind,
                trace.spanMicros() / 1e6,
                trace.length(),
                counts.reads,
                counts.writes,
                counts.deletes,
                trace.keyCount(),
                Arrays.stream(byKey).filter(accesses -> accesses == 1).count(),
                popularity(trace, byKey),
                RhythmViews.skew(behaviour),
                sizes(trace, counts.lastBytes),
                lifetimes(trace),
                hottest(trace, byKey, counts.lastBytes),
                families(trace),
                RhythmViews.gaps(behaviour),
                RhythmViews.bursts(behaviour, trace.timeMicros(0) * NANOS_PER_MICRO),
                RhythmViews.timeline(behaviour),
                notes);
    }

    /// What a capture's watch says of rhythm and skew holds for accesses, too: each is shown to it as a command.
    private static Behaviour behaviour(Trace trace) {
        BehaviourWatch watch = new BehaviourWatch();
        byte[][] names = {ascii("GET"), ascii("SET"), ascii("DEL")};
        Arguments.Builder builder = new Arguments.Builder(Integer.MAX_VALUE, Integer.MAX_VALUE);
        for (int access = 0; access < trace.length(); access++) {
            byte[] name = switch (trace.operation(access)) {
                case READ -> names[0];
                case WRITE -> names[1];
                case DELETE -> names[2];
            };
            builder.add(name).add(trace.keyNameBytes(trace.key(access)));
            watch.accept(new CapturedCommand(
                    trace.timeMicros(access) * NANOS_PER_MICRO,
                    NOBODY,
                    0,
                    builder.build(),
                    trace.valueBytes(access),
                    Optional.empty()));
        }
        return watch.finish();
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<TraceView.Popularity> popularity(Trace trace, int[] byKey) {
        int[] ascending = byKey.clone();
        Arrays.sort(ascending);
        return Arrays.stream(KEY_SHARES)
                .mapToObj(share -> {
                    int keys = (int) Math.ceil(share * ascending.length);
                    long accesses = Arrays.stream(ascending, ascending.length - keys, ascending.length)
                            .asLongStream()
                            .sum();
                    return new TraceView.Popularity(share, keys, (double) accesses / trace.length());
                })
                .toList();
    }

    private static TraceView.Sizes sizes(Trace trace, int[] lastBytes) {
        int[] bytes = IntStream.range(0, trace.length())
                .map(trace::valueBytes)
                .sorted()
                .toArray();
        return new TraceView.Sizes(
                bytes[bytes.length / 2],
                bytes[(int) (0.99 * (bytes.length - 1))],
                bytes[bytes.length - 1],
                Arrays.stream(bytes).average().orElse(0),
                Arrays.stream(lastBytes).asLongStream().sum());
    }

    private static TraceView.@Nullable Lifetimes lifetimes(Trace trace) {
        long[] millis = IntStream.range(0, trace.length())
                .mapToLong(trace::ttlMillis)
                .filter(ttl -> ttl > 0)
                .sorted()
                .toArray();
        return millis.length == 0
                ? null
                : new TraceView.Lifetimes(
                        (double) millis.length / trace.length(),
                        millis[millis.length / 2] / 1e3,
                        millis[(int) (0.99 * (millis.length - 1))] / 1e3,
                        millis[millis.length - 1] / 1e3);
    }

    private static List<TraceView.HotKey> hottest(Trace trace, int[] byKey, int[] lastBytes) {
        return IntStream.range(0, byKey.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer key) -> -byKey[key]).thenComparing(trace::keyName))
                .limit(HOT_KEYS_TOLD)
                .map(key -> new TraceView.HotKey(
                        RedactedName.ofPrintable(trace.printableName(key)).printed(),
                        byKey[key],
                        (double) byKey[key] / trace.length(),
                        lastBytes[key]))
                .toList();
    }

    private static List<TraceView.Family> families(Trace trace) {
        TraceFamilies families = TraceFamilies.of(trace);
        long[] keys = new long[families.count()];
        long[] reads = new long[families.count()];
        long[] writes = new long[families.count()];
        long[] bytes = new long[families.count()];
        for (int key = 0; key < trace.keyCount(); key++) {
            keys[families.groups().of(key)]++;
        }
        for (int access = 0; access < trace.length(); access++) {
            int group = families.groups().of(trace.key(access));
            (trace.operation(access) == Operation.READ ? reads : writes)[group]++;
            bytes[group] += trace.valueBytes(access);
        }
        return IntStream.range(0, families.count())
                .mapToObj(group -> new TraceView.Family(
                        families.groups().names().get(group),
                        UseCasePlacement.of(families.groups().names().get(group), "string", Set.of())
                                .useCase()
                                .label(),
                        keys[group],
                        reads[group] + writes[group],
                        (double) (reads[group] + writes[group]) / trace.length(),
                        reads[group],
                        writes[group],
                        bytes[group]))
                .sorted(Comparator.comparingLong((TraceView.Family family) -> -family.accesses())
                        .thenComparing(TraceView.Family::pattern))
                .toList();
    }

    /// @param lastBytes the size of each key's value at its last access
    // Lives within one study and is compared by nobody.
    @SuppressWarnings("ArrayRecordComponent")
    private record Counts(long reads, long writes, long deletes, int[] lastBytes) {

        static Counts of(Trace trace) {
            long reads = 0;
            long writes = 0;
            long deletes = 0;
            int[] lastBytes = new int[trace.keyCount()];
            for (int access = 0; access < trace.length(); access++) {
                switch (trace.operation(access)) {
                    case READ -> reads++;
                    case WRITE -> writes++;
                    case DELETE -> deletes++;
                }
                lastBytes[trace.key(access)] = trace.valueBytes(access);
            }
            return new Counts(reads, writes, deletes, lastBytes);
        }
    }
}

package io.cachewright.study;

import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.domain.keys.UseCasePlacement;
import io.cachewright.sizing.server.HitCount;
import io.cachewright.sizing.server.KeyFootprint;
import io.cachewright.sizing.server.ReplayResult;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The key families of a trace.
///
/// @param groups each key in the group named by its family's pattern
record TraceFamilies(KeyGroups groups) {

    static TraceFamilies of(Trace trace) {
        List<Integer> keys = IntStream.range(0, trace.keyCount()).boxed().toList();
        Map<String, String> patternOfName = new HashMap<>();
        for (KeyGroup<Integer> family :
                KeyGrouping.<Integer>by(trace::printableName).group(keys)) {
            String pattern = RedactedName.ofPrintable(family.pattern()).printed();
            family.members().forEach(key -> patternOfName.put(trace.keyName(key), pattern));
        }
        return new TraceFamilies(KeyGroups.by(trace, name -> patternOfName.getOrDefault(name, "*")));
    }

    int count() {
        return groups.count();
    }

    /// One row a family, most accesses first.
    ///
    /// @param more the same with `moreGb` of memory more
    List<SizeView.Family> rows(
            Trace trace,
            KeyFootprint footprint,
            ReplayResult result,
            ReplayResult more,
            double moreGb,
            double seconds) {
        long[] keys = new long[count()];
        long[] bytes = new long[count()];
        long[] accesses = new long[count()];
        long[] bytesOfKey = new long[trace.keyCount()];
        Arrays.fill(bytesOfKey, -1);
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            accesses[groups.of(key)]++;
            bytesOfKey[key] = footprint.bytes(trace.keyNameLength(key), trace.valueBytes(access));
        }
        for (int key = 0; key < bytesOfKey.length; key++) {
            keys[groups.of(key)]++;
            bytes[groups.of(key)] += Math.max(0, bytesOfKey[key]);
        }
        return IntStream.range(0, count())
                .mapToObj(group -> {
                    HitCount hits = result.groups().get(group);
                    long further = more.groups().get(group).hits() - hits.hits();
                    String pattern = groups.names().get(group);
                    return new SizeView.Family(
                            pattern,
                            UseCasePlacement.of(pattern, "string", Set.of())
                                    .useCase()
                                    .label(),
                            keys[group],
                            accesses[group],
                            (double) accesses[group] / trace.length(),
                            bytes[group],
                            hits.hitRatio(),
                            seconds > 0 ? further / seconds / moreGb : 0);
                })
                .sorted(Comparator.comparingLong(SizeView.Family::accesses).reversed())
                .toList();
    }
}

package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;
import java.util.Arrays;
import java.util.List;

/// A trace of reads and a server, with what the model says of them with all keys.
///
/// @param hitsByKey by key
/// @param samples one for each seed
record SampledRow(
        String name,
        Trace trace,
        ModelledServer server,
        ReplayClock clock,
        long[] hitsByKey,
        List<TraceSample> samples) {

    static SampledRow of(
            String name,
            Trace trace,
            KeyGroups keys,
            ModelledServer server,
            ReplayClock clock,
            List<TraceSample> samples) {
        long[] hits = server.replay(trace, clock, keys).groups().stream()
                .mapToLong(HitCount::hits)
                .toArray();
        return new SampledRow(name, trace, server, clock, hits, samples);
    }

    double truth() {
        return (double) Arrays.stream(hitsByKey).sum() / trace.length();
    }

    /// The hit ratio of the whole from some keys' hits: each popularity counts by all its reads, and one that is not
    /// among
    /// them is taken to do as the next less popular one does.
    double weighed(long[] hits, long[] reads) {
        long[] all = new long[reads.length];
        for (int accesses : trace.accessesByKey()) {
            all[KeyGroups.popularity(accesses)] += accesses;
        }
        double sum = 0;
        double ratio = 0;
        for (int popularity = 0; popularity < reads.length; popularity++) {
            ratio = reads[popularity] > 0 ? (double) hits[popularity] / reads[popularity] : ratio;
            sum += ratio * all[popularity];
        }
        return sum / trace.length();
    }
}

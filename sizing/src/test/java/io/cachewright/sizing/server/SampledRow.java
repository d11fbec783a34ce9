package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;
import java.util.Arrays;
import java.util.List;

/// A trace of reads and a server, with what the model says of them with all keys.
final class SampledRow {

    private final String name;
    private final Trace trace;
    private final ModelledServer server;
    private final ReplayClock clock;
    private final List<TraceSample> samples;
    private final long[] hitsByKey;

    /// @param keys each key in a group of its own
    /// @param samples one for each seed
    SampledRow(
            String name,
            Trace trace,
            KeyGroups keys,
            ModelledServer server,
            ReplayClock clock,
            List<TraceSample> samples) {
        this.name = name;
        this.trace = trace;
        this.server = server;
        this.clock = clock;
        this.samples = samples;
        this.hitsByKey = server.replay(trace, clock, keys).groups().stream()
                .mapToLong(HitCount::hits)
                .toArray();
    }

    String name() {
        return name;
    }

    Trace trace() {
        return trace;
    }

    ModelledServer server() {
        return server;
    }

    ReplayClock clock() {
        return clock;
    }

    List<TraceSample> samples() {
        return samples;
    }

    long hits(int key) {
        return hitsByKey[key];
    }

    double truth() {
        return (double) Arrays.stream(hitsByKey).sum() / trace.length();
    }

    /// The hit ratio of the whole from some keys' hits: each popularity counts by all its reads, and one that is
    /// not among them is taken to do as the next less popular one does.
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

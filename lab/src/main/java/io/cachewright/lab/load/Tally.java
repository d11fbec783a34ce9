package io.cachewright.lab.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Counts one run. Commands due before `measureFromNanos` are warm-up and not counted.
final class Tally {

    /// Operations told apart; each has a histogram of some 270 KB.
    private static final int OPERATIONS_MAX = 256;

    /// Kinds of errors told apart.
    private static final int ERROR_KINDS_MAX = 64;

    private final long measureFromNanos;
    private final boolean hasDueTimes;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private Histogram[] latencies = new Histogram[8];
    private final Histogram sendLag = LoadResult.newHistogram();
    private final Map<String, Long> errors = new LinkedHashMap<>();
    private long sent;
    private long answered;
    private long unanswered;
    private long dropped;
    private long bytesOut;
    private long bytesIn;

    /// @param hasDueTimes whether commands are due at a time of their own; only then is there a lag behind it
    Tally(long measureFromNanos, boolean hasDueTimes) {
        this.measureFromNanos = measureFromNanos;
        this.hasDueTimes = hasDueTimes;
    }

    /// The number of an operation, for the calls below.
    int indexOf(String operation) {
        Integer known = indexes.get(operation);
        return known != null ? known : register(operation);
    }

    private int register(String operation) {
        int index = names.size();
        if (index == OPERATIONS_MAX) {
            throw new IllegalArgumentException("a workload has at most " + OPERATIONS_MAX + " operations");
        }
        indexes.put(operation, index);
        names.add(operation);
        if (index == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * index);
        }
        latencies[index] = LoadResult.newHistogram();
        return index;
    }

    boolean isMeasured(long dueNanos) {
        return dueNanos - measureFromNanos >= 0;
    }

    /// A command was handed to its connection.
    void sent(long dueNanos, int bytes) {
        if (isMeasured(dueNanos)) {
            sent++;
            bytesOut += bytes;
        }
    }

    /// The socket was offered a command, and the call has returned.
    void written(long dueNanos, long nowNanos) {
        if (hasDueTimes && isMeasured(dueNanos)) {
            record(sendLag, nowNanos - dueNanos);
        }
    }

    void answered(int operation, long dueNanos, long nowNanos) {
        if (isMeasured(dueNanos)) {
            answered++;
            record(latencies[operation], nowNanos - dueNanos);
        }
    }

    void failed(long dueNanos, String kind) {
        if (isMeasured(dueNanos)) {
            boolean isTold = errors.containsKey(kind) || errors.size() < ERROR_KINDS_MAX;
            errors.merge(isTold ? kind : "other", 1L, Long::sum);
        }
    }

    /// The run is over and this command has waited since it was due.
    void unanswered(int operation, long dueNanos, long nowNanos) {
        if (isMeasured(dueNanos)) {
            unanswered++;
            record(latencies[operation], nowNanos - dueNanos);
        }
    }

    void dropped(long dueNanos) {
        if (isMeasured(dueNanos)) {
            dropped++;
        }
    }

    void received(long nowNanos, int bytes) {
        if (isMeasured(nowNanos)) {
            bytesIn += bytes;
        }
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, LoadResult.HIGHEST_NANOS));
    }

    LoadResult toResult(long endNanos, Duration late, double sourceShare) {
        Map<String, Histogram> byOperation = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byOperation.put(names.get(i), latencies[i]);
        }
        return new LoadResult(
                Duration.ofNanos(endNanos - measureFromNanos),
                sent,
                answered,
                errors,
                unanswered,
                dropped,
                late,
                sourceShare,
                bytesOut,
                bytesIn,
                byOperation,
                sendLag);
    }
}

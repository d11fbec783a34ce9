package io.cachewright.lab.load;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import org.HdrHistogram.Histogram;

/// What a load measured. Histograms are in nanoseconds; callers must not change them.
///
/// Latency counts from the moment a command was due (in a closed loop: was sent) to its reply. Error replies are
/// counted apart: a refusal is quick, and would flatter the percentiles.
///
/// @param elapsed the time that was counted
/// @param sent commands that fell due in that time and were sent
/// @param answered those that got a reply which is no error
/// @param errors those that got an error reply, by its first word, and those on a lost connection
/// @param unanswered those still waiting at the end; they are in the histograms with their age at that time
/// @param dropped commands that were due and not sent because a bound of the settings was reached
/// @param late how far behind its commands the generator was at the end; zero unless it could not keep up
/// @param sourceShare the share of the time that making the commands took, 0 to 1
/// @param byOperation latency of each operation
/// @param sendLag due to written: until the call that wrote to the socket returned. The generator's own delay,
/// which
///     is a part of each latency; empty in a closed loop, where nothing is due at a time of its own
public record LoadResult(
        Duration elapsed,
        long sent,
        long answered,
        Map<String, Long> errors,
        long unanswered,
        long dropped,
        Duration late,
        double sourceShare,
        long bytesOut,
        long bytesIn,
        Map<String, Histogram> byOperation,
        Histogram sendLag) {

    /// The largest part of a latency that the generator itself may have made.
    static final double SEND_LAG_SHARE_MAX = 0.10;

    /// The percentile that is compared when none is named.
    private static final double COMPARED_PERCENTILE = 99;

    /// Above this share, it is the source of the commands that makes the generator late.
    private static final double SOURCE_SHARE_MAX = 0.5;

    /// Above this a histogram cannot tell values apart; no run lasts that long.
    static final long HIGHEST_NANOS = Duration.ofHours(1).toNanos();

    public LoadResult {
        errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
        byOperation = Collections.unmodifiableMap(new LinkedHashMap<>(byOperation));
    }

    static Histogram newHistogram() {
        return new Histogram(1, HIGHEST_NANOS, 3);
    }

    /// Latency over all operations.
    public Histogram latency() {
        Histogram total = newHistogram();
        byOperation.values().forEach(total::add);
        return total;
    }

    /// Latency of one operation.
    public Histogram latency(String operation) {
        Histogram histogram = byOperation.get(operation);
        if (histogram == null) {
            throw new IllegalArgumentException("no operation " + operation + "; there are " + byOperation.keySet());
        }
        return histogram;
    }

    /// A percentile of latency over all operations, for example 99.9.
    public double percentileNanos(double percentile) {
        return latency().getValueAtPercentile(percentile);
    }

    /// A percentile of the latency of one operation.
    public double percentileNanos(String operation, double percentile) {
        return latency(operation).getValueAtPercentile(percentile);
    }

    /// Replies that are no error, per second.
    public double throughput() {
        return answered / (elapsed.toNanos() / 1e9);
    }

    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether the p99 may be believed, and with it all below.
    public Validity validity() {
        return validityAt(COMPARED_PERCENTILE);
    }

    /// Whether this percentile of latency may be believed: the same percentile of send lag must be at most a tenth
    /// of it, every due command must have been sent, and the commands must have come in time.
    ///
    /// A percentile is compared with itself, because that bounds what the generator can have added there: if at
    /// most 1 in 100 commands was sent later than L, then without any lag the p99 could be lower by no more than
    /// about L. A lower percentile of lag would miss rare pauses of the generator that make the tail; a higher
    /// one would reject a good p99 for a pause that only the p99.9 can show.
    public Validity validityAt(double percentile) {
        if (dropped > 0) {
            return new Validity.Invalid(String.format(
                    Locale.ROOT, "%,d commands were due and not sent: too many were waiting for a reply", dropped));
        }
        double lag = sendLag.getValueAtPercentile(percentile);
        double shown = percentileNanos(percentile);
        boolean lagsBehind = sendLag.getTotalCount() > 0 && lag > SEND_LAG_SHARE_MAX * shown;
        if (late.isPositive() || (lagsBehind && sourceShare > SOURCE_SHARE_MAX)) {
            return new Validity.Invalid(String.format(
                    Locale.ROOT,
                    "the commands could not be made in time: making them took %.0f %% of the time, and the last were %.1f ms late",
                    100 * sourceShare,
                    Math.max((double) late.toNanos(), lag) / 1e6));
        }
        if (lagsBehind) {
            return new Validity.Invalid(String.format(
                    Locale.ROOT,
                    "the generator's own p%s send lag of %.3f ms is more than %.0f %% of the latency shown, %.3f ms",
                    trimmed(percentile),
                    lag / 1e6,
                    100 * SEND_LAG_SHARE_MAX,
                    shown / 1e6));
        }
        return new Validity.Valid();
    }

    private static String trimmed(double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }

    /// Both runs as one, one after the other.
    public LoadResult mergedWith(LoadResult other) {
        Map<String, Long> allErrors = new LinkedHashMap<>(errors);
        other.errors.forEach((prefix, count) -> allErrors.merge(prefix, count, Long::sum));
        Map<String, Histogram> operations = new LinkedHashMap<>();
        for (LoadResult result : List.of(this, other)) {
            for (Entry<String, Histogram> operation : result.byOperation.entrySet()) {
                operations
                        .computeIfAbsent(operation.getKey(), _ -> newHistogram())
                        .add(operation.getValue());
            }
        }
        Histogram lag = newHistogram();
        lag.add(sendLag);
        lag.add(other.sendLag);
        double nanos = elapsed.toNanos();
        double otherNanos = other.elapsed.toNanos();
        return new LoadResult(
                elapsed.plus(other.elapsed),
                sent + other.sent,
                answered + other.answered,
                allErrors,
                unanswered + other.unanswered,
                dropped + other.dropped,
                late.compareTo(other.late) > 0 ? late : other.late,
                (sourceShare * nanos + other.sourceShare * otherNanos) / (nanos + otherNanos),
                bytesOut + other.bytesOut,
                bytesIn + other.bytesIn,
                operations,
                lag);
    }

    /// One line for people.
    @Override
    public String toString() {
        Histogram total = latency();
        return String.format(
                Locale.ROOT,
                "%,.0f/s, p50 %.3f, p95 %.3f, p99 %.3f, p99.9 %.3f, max %.3f ms; %,d sent, %,d answered, %,d errors, "
                        + "%,d unanswered, %,d dropped; send lag p99 %.3f ms",
                throughput(),
                total.getValueAtPercentile(50) / 1e6,
                total.getValueAtPercentile(95) / 1e6,
                total.getValueAtPercentile(99) / 1e6,
                total.getValueAtPercentile(99.9) / 1e6,
                total.getMaxValue() / 1e6,
                sent,
                answered,
                errorCount(),
                unanswered,
                dropped,
                sendLag.getValueAtPercentile(99) / 1e6);
    }
}

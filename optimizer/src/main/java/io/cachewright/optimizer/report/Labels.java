package io.cachewright.optimizer.report;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.Words;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.prove.Proof;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The optimizer's own words, plain and coloured.
final class Labels {

    private Labels() {}

    /// `watched for 5 s · 2026-04-20T08:00:00Z`; a file was not watched, and tells of one moment.
    static String moment(ReportView view) {
        String at = view.collectedAt().truncatedTo(ChronoUnit.SECONDS).toString();
        return view.windowSeconds() > 0
                ? "watched for " + Words.significant(view.windowSeconds()) + " s · " + at
                : "as of " + at;
    }

    static String severity(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    static String severity(Severity severity, Ink ink) {
        String label = severity(severity);
        return switch (severity) {
            case CRITICAL -> ink.paint("1;31", label);
            case HIGH -> ink.paint("31", label);
            case MEDIUM -> ink.paint("33", label);
            case LOW -> ink.paint("36", label);
            case INFO -> ink.paint("2", label);
        };
    }

    static String verdict(Proof.Verdict verdict, Ink ink) {
        return switch (verdict) {
            case IMPROVED -> ink.paint("1;32", verdict.label());
            case NO_DIFFERENCE -> ink.paint("33", verdict.label());
            case WORSE -> ink.paint("1;31", verdict.label());
            case NOT_PROVABLE_HERE -> ink.paint("2", verdict.label());
        };
    }

    /// A measured value in the unit that fits it: `310 µs`, `1.92 ms`, `812 MB`, `18,400/s`.
    static String value(Metric metric, double value) {
        return switch (metric) {
            case P50, P99, P999, SERVER_TIME -> Words.duration(value);
            case THROUGHPUT -> Words.count(value) + "/s";
            case MEMORY, BYTES_IN, BYTES_OUT -> Words.bytes(value);
            case HIT_RATIO -> Words.share(value);
        };
    }
}

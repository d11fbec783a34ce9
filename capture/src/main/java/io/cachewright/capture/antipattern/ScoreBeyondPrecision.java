package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// Nanosecond timestamps and ids of exchanges as scores.
@AutoService(AntiPattern.class)
public final class ScoreBeyondPrecision implements AntiPattern {

    private static final long EXACT_MAX = 1L << 53;

    @Override
    public Facts facts() {
        return new Facts(
                "N3",
                Severity.CORRUPTS,
                "scores are integers above 2^53, such as nanoseconds or 64-bit ids: the last digits are lost",
                "stream ids, or the number in the member, or microseconds since the start of the day",
                3);
    }

    @Override
    public Set<String> commands() {
        return Scores.COMMANDS;
    }

    @Override
    public Detector start(Sightings seen) {
        return Scores.detector(
                (arguments, score) -> Shapes.isInteger(arguments, score)
                        && Math.abs(arguments.number(score, Long.MAX_VALUE)) > EXACT_MAX,
                seen);
    }
}

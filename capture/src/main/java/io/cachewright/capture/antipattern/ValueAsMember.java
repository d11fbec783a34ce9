package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// `ZADD k <time> <number>`.
@AutoService(AntiPattern.class)
public final class ValueAsMember implements AntiPattern {

    /// A second of the year 2001; smaller scores are prices or ranks.
    private static final long TIME_MIN = 1_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "N4",
                Severity.CORRUPTS,
                "a value is the member of a time series, so that equal values collapse into one",
                "a stream, or members of the form sequence:value",
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
                        && arguments.number(score, 0) >= TIME_MIN
                        && Shapes.isDecimal(arguments, score + 1),
                seen);
    }
}

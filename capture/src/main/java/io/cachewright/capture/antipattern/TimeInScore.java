package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// Scores of 13 significant digits or more, nine of them behind the point.
@AutoService(AntiPattern.class)
public final class TimeInScore implements AntiPattern {

    private static final int DIGITS_MIN = 13;
    private static final int FRACTION_DIGITS_MIN = 9;

    @Override
    public Facts facts() {
        return new Facts(
                "N2",
                Severity.CORRUPTS,
                "a time is packed into the fraction of a price score, which a double cannot hold",
                "the price in ticks is the score; the sequence, padded with zeros, is part of the member",
                3);
    }

    @Override
    public Set<String> commands() {
        return Scores.COMMANDS;
    }

    @Override
    public Detector start(Sightings seen) {
        return Scores.detector(
                (arguments, score) -> Shapes.isDecimal(arguments, score)
                        && arguments.length(score) > DIGITS_MIN
                        && Shapes.fractionDigits(arguments, score) >= FRACTION_DIGITS_MIN,
                seen);
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import java.util.Set;

/// `HSET k <price> 0.000`: a field that is a number gets the value zero.
@AutoService(AntiPattern.class)
public final class ZeroLevels implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "B4",
                Severity.CORRUPTS,
                "levels whose quantity became zero are stored instead of deleted",
                "HDEL the level; sweep what has not been touched for long",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("HSET", "HMSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                Arguments arguments = command.arguments();
                int zeros = 0;
                for (int i = 2; i + 1 < arguments.count(); i += 2) {
                    if (Shapes.isZero(arguments, i + 1) && Shapes.isNumber(arguments, i)) {
                        zeros++;
                    }
                }
                if (zeros > 0) {
                    seen.add(Cost.NONE, command);
                    seen.more(zeros - 1L, Cost.NONE);
                }
            }
        };
    }
}

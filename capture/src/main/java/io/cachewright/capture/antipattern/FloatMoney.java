package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// `INCRBYFLOAT`, `HINCRBYFLOAT`, and `ZINCRBY` with a fraction.
@AutoService(AntiPattern.class)
public final class FloatMoney implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "N1",
                Severity.CORRUPTS,
                "amounts are added up as floating-point numbers",
                "integers, scaled by the tick or lot size, and INCRBY or HINCRBY",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("INCRBYFLOAT", "HINCRBYFLOAT", "ZINCRBY");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                if (!command.name().equals("ZINCRBY") || Shapes.isDecimal(command.arguments(), 2)) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// Messages of more than 4 KB.
@AutoService(AntiPattern.class)
public final class WholeBookPublished implements AntiPattern {

    private static final int LARGE_BYTES = 4 << 10;

    @Override
    public Facts facts() {
        return new Facts(
                "B7",
                Severity.PERFORMANCE,
                "large messages are published: each subscriber receives all of every one",
                "publish a sequence and the change, or only that something changed; readers fetch what " + "they need",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("PUBLISH", "SPUBLISH");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                if (command.arguments().count() == 3 && command.arguments().length(2) >= LARGE_BYTES) {
                    seen.add(new Cost(0, command.command().requestBytes(), 0), command);
                }
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import java.util.Set;

/// Members that begin like JSON.
@AutoService(AntiPattern.class)
public final class JsonInSortedSet implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "M2",
                Severity.MEMORY,
                "records are JSON members of a sorted set, some four times as large as entries of a stream",
                "a stream with fields, or packed blocks",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("ZADD");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                Arguments arguments = command.arguments();
                int score = command.lastScore();
                if (score > 0 && Shapes.isJson(arguments, score + 1)) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

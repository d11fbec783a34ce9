package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
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
        return Scores.COMMANDS;
    }

    @Override
    public Detector start(Sightings seen) {
        return Scores.detector((arguments, score) -> Shapes.isJson(arguments, score + 1), seen);
    }
}

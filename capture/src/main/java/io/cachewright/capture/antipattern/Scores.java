package io.cachewright.capture.antipattern;

import io.cachewright.capture.antipattern.AntiPattern.Detector;
import io.cachewright.capture.command.Arguments;
import java.util.Set;

/// What detectors that judge a score of `ZADD`, or the member behind it, share.
final class Scores {

    static final Set<String> COMMANDS = Set.of("ZADD");

    private Scores() {}

    /// Judges the argument at `score`; the member follows it.
    @FunctionalInterface
    interface Judge {
        boolean isWrong(Arguments arguments, int score);
    }

    /// Tells of each command whose last score is wrong.
    static Detector detector(Judge judge, Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                int score = command.lastScore();
                if (score > 0 && judge.isWrong(command.arguments(), score)) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

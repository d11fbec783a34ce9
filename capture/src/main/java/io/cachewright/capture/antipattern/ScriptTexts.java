package io.cachewright.capture.antipattern;

import io.cachewright.capture.antipattern.AntiPattern.Detector;
import java.util.Set;
import java.util.function.Predicate;

/// What detectors that judge the text of scripts share: each text is judged once, however often it is sent.
final class ScriptTexts {

    /// The commands that carry the text of a script.
    static final Set<String> COMMANDS = Set.of("EVAL", "SCRIPT LOAD", "FUNCTION LOAD");

    private ScriptTexts() {}

    /// Tells of each command whose script `isWrong`.
    static Detector detector(Predicate<String> isWrong, Sightings seen) {
        return new Detector() {
            private final Recent<String, Boolean> known = new Recent<>();

            @Override
            public void on(Observed command) {
                String text = command.scriptText();
                if (known.getOrNew(text, () -> isWrong.test(text))) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// `SET k` of more than 4 KB, more than five times within a second.
@AutoService(AntiPattern.class)
public final class WholeBookRewritten implements AntiPattern {

    private static final int LARGE_BYTES = 4 << 10;
    private static final int PER_SECOND_MAX = 5;

    @Override
    public Facts facts() {
        return new Facts(
                "B6",
                Severity.PERFORMANCE,
                "a large value is written whole again and again, many times a second",
                "write what changed: deltas, or the packed best levels; a full snapshot at most twice a second",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Window> windows = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()
                        || command.arguments().count() < 3
                        || command.arguments().length(2) < LARGE_BYTES) {
                    return;
                }
                Window window = windows.getOrNew(command.key(), Window::new);
                if (window.count(command.timeNanos()) > PER_SECOND_MAX) {
                    seen.add(new Cost(0, command.command().requestBytes(), 0), command);
                }
            }
        };
    }
}

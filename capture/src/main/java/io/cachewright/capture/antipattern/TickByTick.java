package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// More than 30 small writes to one key within a second.
@AutoService(AntiPattern.class)
public final class TickByTick implements AntiPattern {

    private static final int SMALL_BYTES = 512;
    /// Half again what conflation to 50 ms would send.
    private static final int PER_SECOND_MAX = 30;

    @Override
    public Facts facts() {
        return new Facts(
                "K3",
                Severity.PERFORMANCE,
                "every tick is written in a command of its own, though the next one overwrites it at once",
                "keep the latest and write it every 10 to 100 ms; send what is due in one pipeline",
                1);
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
                        || command.isAtomic()
                        || command.arguments().count() < 3
                        || command.arguments().length(2) > SMALL_BYTES) {
                    return;
                }
                if (windows.getOrNew(command.key(), Window::new).count(command.timeNanos()) > PER_SECOND_MAX) {
                    seen.add(Cost.of(command), command);
                }
            }
        };
    }
}

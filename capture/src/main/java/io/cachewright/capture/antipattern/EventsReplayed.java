package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// `LRANGE k 0 -1`, then `RPUSH k` by the same client.
@AutoService(AntiPattern.class)
public final class EventsReplayed implements AntiPattern {

    private static final long TOGETHER_NANOS = 1_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "C5",
                Severity.PERFORMANCE,
                "a list of events is read whole before each new one is added",
                "a hash with the state and a revision; the log elsewhere",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("LRANGE", "RPUSH", "LPUSH");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Observed> read = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                Arguments arguments = command.arguments();
                if (command.name().equals("LRANGE")) {
                    if (arguments.number(2, -1) == 0 && arguments.number(3, 0) == -1) {
                        read.put(command.key(), command);
                    }
                    return;
                }
                Observed replay = read.remove(command.key());
                if (replay != null && command.follows(replay, TOGETHER_NANOS)) {
                    seen.add(Cost.of(replay), replay, command);
                }
            }
        };
    }
}

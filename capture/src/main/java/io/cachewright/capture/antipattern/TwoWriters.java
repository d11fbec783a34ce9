package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// Two hosts write the same key alternately within a second, outside of scripts.
@AutoService(AntiPattern.class)
public final class TwoWriters implements AntiPattern {

    private static final long TOGETHER_NANOS = 1_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "B9",
                Severity.CORRUPTS,
                "clients on several machines overwrite one key in turn, and the last one wins",
                "compare and set by epoch and sequence in a function; a lease for one writer",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "HSET", "HMSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Observed> writers = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic() || command.has("NX", 3)) {
                    return;
                }
                Key key = command.key();
                Observed earlier = writers.replace(key, command);
                if (earlier != null
                        && !earlier.client().equals(command.client())
                        && !earlier.client().host().equals(command.client().host())
                        && command.timeNanos() - earlier.timeNanos() < TOGETHER_NANOS) {
                    seen.add(Cost.NONE, earlier, command);
                }
            }
        };
    }
}

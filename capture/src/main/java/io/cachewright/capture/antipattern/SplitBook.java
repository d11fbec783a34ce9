package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// `ZADD x:…` and `HSET x:…` under one prefix, by one client right after each other, outside of transactions.
@AutoService(AntiPattern.class)
public final class SplitBook implements AntiPattern {

    private static final long TOGETHER_NANOS = 10_000_000;

    @Override
    public Facts facts() {
        return new Facts(
                "B2",
                Severity.CORRUPTS,
                "prices and sizes of one book live in two structures that are updated one after the other",
                "one structure that holds both; where two are needed, one function or MULTI",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("ZADD", "HSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<String, Observed> latest = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                String name = command.key().toString();
                int separator = name.lastIndexOf(':');
                if (separator <= 0) {
                    return;
                }
                String prefix = name.substring(0, separator);
                Observed earlier = latest.replace(prefix, command);
                if (earlier != null
                        && !earlier.name().equals(command.name())
                        && !earlier.key().equals(command.key())
                        && command.follows(earlier, TOGETHER_NANOS)) {
                    seen.add(new Cost(1, 0, 0), earlier, command);
                }
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;
import java.util.regex.Pattern;

/// `SET k NX` without a time to live, or `SETNX`, where `k` is named as locks are.
@AutoService(AntiPattern.class)
public final class LockWithoutExpiry implements AntiPattern {

    private static final Pattern LOCK = Pattern.compile("(?i)lock|mutex|lease|leader|semaphore");

    @Override
    public Facts facts() {
        return new Facts(
                "C7",
                Severity.CORRUPTS,
                "a lock has no expiry: when its owner dies, nobody gets it any more",
                "SET NX PX with a token, released by a script that compares the token; a fencing number in "
                        + "the writes",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "SETNX");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final NamePattern lock = new NamePattern(LOCK);

            @Override
            public void on(Observed command) {
                boolean isPlain = command.name().equals("SETNX") || (command.has("NX", 3) && !command.setsLease());
                if (isPlain && command.hasKey() && lock.isIn(command.key())) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

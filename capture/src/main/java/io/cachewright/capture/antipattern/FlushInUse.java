package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;

/// `FLUSHDB` or `FLUSHALL`.
@AutoService(AntiPattern.class)
public final class FlushInUse implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "E2",
                Severity.CORRUPTS,
                "a client empties the database while others use it",
                "a prefix with a generation; deny FLUSHDB and FLUSHALL to applications by ACL",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("FLUSHDB", "FLUSHALL");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                seen.add(Cost.NONE, command);
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import java.util.Set;

/// `KEYS`, and more than 20 `SCAN` of one client within a second.
@AutoService(AntiPattern.class)
public final class KeysInRequestPath implements AntiPattern {

    private static final int SCANS_MAX = 20;

    @Override
    public Facts facts() {
        return new Facts(
                "K1",
                Severity.PERFORMANCE,
                "the keyspace is walked while requests are served: KEYS, or SCAN from one end to the other",
                "a set or hash that lists the keys; a prefix with a generation; forbid KEYS by ACL",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("KEYS", "SCAN");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Client, Window> scans = new Recent<>();

            @Override
            public void on(Observed command) {
                if (command.name().equals("KEYS")
                        || scans.getOrNew(command.client(), Window::new).count(command.timeNanos()) > SCANS_MAX) {
                    seen.add(Cost.of(command), command);
                }
            }
        };
    }
}

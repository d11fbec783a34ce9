package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// `SET k`, then `EXPIRE k` by the same client, outside of transactions.
@AutoService(AntiPattern.class)
public final class ExpireAfterSet implements AntiPattern {

    private static final long TOGETHER_NANOS = 100_000_000;

    @Override
    public Facts facts() {
        return new Facts(
                "M4",
                Severity.MEMORY,
                "a key is set and then made to expire by a second command: without the second, it stays " + "for ever",
                "SET with EX or PX; a script or function for INCR",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "SETNX", "GETSET", "INCR", "INCRBY", "EXPIRE", "PEXPIRE");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Observed> written = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                Key key = command.key();
                if (command.name().endsWith("EXPIRE")) {
                    Observed write = written.remove(key);
                    if (write != null && command.follows(write, TOGETHER_NANOS)) {
                        seen.add(Cost.of(command), write, command);
                    }
                } else if (!command.setsLease()) {
                    written.put(key, command);
                }
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// `SET k v EX 60`, later `SET k v`, and no `EXPIRE` soon after.
@AutoService(AntiPattern.class)
public final class LeaseDropped implements AntiPattern {

    /// An EXPIRE that follows at once mends it; that it is a command of its own is another mistake.
    private static final long SOON_NANOS = 1_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "M4b",
                Severity.MEMORY,
                "a key that expires is set again without a time to live, and from then on stays for ever",
                "give EX or PX with every SET, or KEEPTTL",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "SETEX", "PSETEX", "EXPIRE", "PEXPIRE");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Observed> leased = new Recent<>();
            private final Recent<Key, Observed> dropped = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                Key key = command.key();
                Observed waiting = dropped.remove(key);
                boolean leases = !command.name().equals("SET") || command.setsLease();
                if (waiting != null && !(leases && command.timeNanos() - waiting.timeNanos() < SOON_NANOS)) {
                    seen.add(Cost.NONE, waiting);
                }
                if (leases) {
                    leased.put(key, command);
                } else if (leased.get(key) != null && !command.has("KEEPTTL", 3)) {
                    leased.remove(key);
                    dropped.put(key, command);
                }
            }

            @Override
            public void finish() {
                dropped.forEach((_, command) -> seen.add(Cost.NONE, command));
            }
        };
    }
}

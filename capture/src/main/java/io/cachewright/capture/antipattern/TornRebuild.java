package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `DEL k`, then write after write to `k` outside of any transaction.
@AutoService(AntiPattern.class)
public final class TornRebuild implements AntiPattern {

    /// So many writes after the DEL make a rebuild.
    private static final int WRITES_MIN = 3;

    private static final long PAUSE_NANOS = 1_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "B1",
                Severity.CORRUPTS,
                "a collection is deleted and built again entry by entry, where readers can see it half built",
                "build it under another name and RENAME it, or do all of it in one MULTI or function",
                2);
    }

    @Override
    public Set<String> commands() {
        return Set.of("DEL", "UNLINK", "ZADD", "HSET", "RPUSH", "LPUSH", "SADD");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, List<Observed>> rebuilds = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                Key key = command.key();
                if (command.name().equals("DEL") || command.name().equals("UNLINK")) {
                    rebuilds.remove(key);
                    if (!command.isAtomic() && command.keys().size() == 1) {
                        rebuilds.put(key, new ArrayList<>(List.of(command)));
                    }
                    return;
                }
                List<Observed> rebuild = rebuilds.get(key);
                if (rebuild == null) {
                    return;
                }
                if (command.isAtomic() || !command.follows(rebuild.getLast(), PAUSE_NANOS)) {
                    rebuilds.remove(key);
                    return;
                }
                rebuild.add(command);
                if (rebuild.size() == 1 + WRITES_MIN) {
                    seen.add(new Cost(WRITES_MIN, 0, 0), rebuild);
                } else if (rebuild.size() > 1 + WRITES_MIN) {
                    rebuild.removeLast();
                    rebuild.set(WRITES_MIN, command);
                    seen.more(0, new Cost(1, 0, 0));
                }
            }
        };
    }
}

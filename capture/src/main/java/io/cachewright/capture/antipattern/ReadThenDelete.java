package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `HGETALL k`, then `HDEL k` three times or more, one field each.
@AutoService(AntiPattern.class)
public final class ReadThenDelete implements AntiPattern {

    private static final int DELETIONS_MIN = 3;
    private static final long TOGETHER_NANOS = 5_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "K6",
                Severity.PERFORMANCE,
                "a hash is read whole to find what is old, and cleaned field by field",
                "keys by time bucket that expire, or expiring fields (Redis 7.4, Valkey 9.0); HDEL takes "
                        + "many fields",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("HGETALL", "HKEYS", "HSCAN", "HDEL");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, List<Observed>> cleanings = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                Key key = command.key();
                if (!command.name().equals("HDEL")) {
                    cleanings.put(key, new ArrayList<>(List.of(command)));
                    return;
                }
                List<Observed> cleaning = cleanings.get(key);
                if (cleaning == null
                        || !command.follows(cleaning.getFirst(), TOGETHER_NANOS)
                        || command.arguments().count() != 3) {
                    return;
                }
                if (cleaning.size() <= DELETIONS_MIN) {
                    cleaning.add(command);
                    if (cleaning.size() == 1 + DELETIONS_MIN) {
                        seen.add(new Cost(DELETIONS_MIN, 0, 0), cleaning);
                    }
                } else {
                    seen.more(0, Cost.of(command));
                }
            }
        };
    }
}

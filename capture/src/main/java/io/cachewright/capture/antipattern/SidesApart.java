package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Key;
import java.util.Set;
import java.util.regex.Pattern;

/// Two reads right after each other whose keys differ in the side only.
@AutoService(AntiPattern.class)
public final class SidesApart implements AntiPattern {

    private static final long TOGETHER_NANOS = 5_000_000;
    private static final Pattern SIDE = Pattern.compile("(?i)(?<![a-z])(bids?|asks?|buys?|sells?|offers?)(?![a-z])");

    private static String withoutSide(Key key) {
        return SIDE.matcher(key.toString()).replaceAll("<side>");
    }

    @Override
    public Facts facts() {
        return new Facts(
                "B11",
                Severity.CORRUPTS,
                "bids and asks are read in two calls, so that a crossed book can be seen that never was",
                "one key for both sides, or both reads in one MULTI or function",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of(
                "HGETALL",
                "HMGET",
                "HGET",
                "GET",
                "ZRANGE",
                "ZREVRANGE",
                "ZRANGEBYSCORE",
                "ZREVRANGEBYSCORE",
                "LRANGE");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final NamePattern side = new NamePattern(SIDE);
            private final Recent<Client, Observed> latest = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                Observed earlier = latest.replace(command.client(), command);
                if (earlier == null || !command.follows(earlier, TOGETHER_NANOS)) {
                    return;
                }
                Key first = earlier.key();
                Key second = command.key();
                if (side.isIn(first)
                        && side.isIn(second)
                        && !first.equals(second)
                        && withoutSide(first).equals(withoutSide(second))) {
                    seen.add(new Cost(1, 0, 0), earlier, command);
                }
            }
        };
    }
}

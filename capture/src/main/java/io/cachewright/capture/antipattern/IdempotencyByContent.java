package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import java.util.Set;
import java.util.regex.Pattern;

/// `SET k NX EX t` where `k` ends with a long hash, or is named for idempotency and lives less than eight hours.
@AutoService(AntiPattern.class)
public final class IdempotencyByContent implements AntiPattern {

    private static final Pattern HASH = Pattern.compile("(?i)(?<![0-9a-f])(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-f])");
    private static final Pattern NAMED = Pattern.compile("(?i)idem|dedup|clord");
    private static final long LIFE_MIN_SECONDS = 8 * 3_600;

    private static long leaseSeconds(Observed command) {
        Arguments arguments = command.arguments();
        int ex = arguments.find("EX", 3);
        int px = arguments.find("PX", 3);
        if (ex > 0) {
            return arguments.number(ex + 1, 0);
        }
        return px > 0 ? arguments.number(px + 1, 0) / 1_000 : Long.MAX_VALUE;
    }

    @Override
    public Facts facts() {
        return new Facts(
                "C2",
                Severity.CORRUPTS,
                "an idempotency key is a hash of the content, or lives shorter than an order can be repeated",
                "the key is the session and the client's order id; it lives for the trading day and the "
                        + "time for repeats",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final NamePattern hash = new NamePattern(HASH);
            private final NamePattern named = new NamePattern(NAMED);

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || !command.has("NX", 3) || !command.setsLease()) {
                    return;
                }
                if (hash.isIn(command.key())
                        || (named.isIn(command.key()) && leaseSeconds(command) < LIFE_MIN_SECONDS)) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

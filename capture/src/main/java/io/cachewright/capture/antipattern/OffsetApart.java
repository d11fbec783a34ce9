package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import java.util.Set;
import java.util.regex.Pattern;

/// A write, then a write to a key or field named as an offset, by the same client, outside of transactions.
@AutoService(AntiPattern.class)
public final class OffsetApart implements AntiPattern {

    private static final long TOGETHER_NANOS = 100_000_000;
    private static final Pattern OFFSET =
            Pattern.compile("(?i)(?<![a-z])(offset|checkpoint|watermark|last_?id|cursor)s?(?![a-z])");

    private static boolean isOffset(Observed command, NamePattern offset) {
        return offset.isIn(command.key())
                || (command.name().equals("HSET")
                        && command.arguments().count() > 2
                        && OFFSET.matcher(command.arguments().text(2)).find());
    }

    @Override
    public Facts facts() {
        return new Facts(
                "C4",
                Severity.CORRUPTS,
                "data and the offset up to which it was consumed are written apart: after a crash it is "
                        + "counted twice, or lost",
                "both in one MULTI or function; or values that can be written twice",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "HSET", "HINCRBY", "INCRBY", "INCR", "ZADD", "RPUSH", "LPUSH", "XADD", "SADD", "MSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final NamePattern offset = new NamePattern(OFFSET);
            private final Recent<Client, Observed> latest = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                if (!isOffset(command, offset)) {
                    latest.put(command.client(), command);
                    return;
                }
                Observed data = latest.remove(command.client());
                if (data != null && command.follows(data, TOGETHER_NANOS)) {
                    seen.add(new Cost(1, 0, 0), data, command);
                }
            }
        };
    }
}

package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes to keys or fields that are named as sequence numbers of sessions are.
@AutoService(AntiPattern.class)
public final class SequenceInCache implements AntiPattern {

    private static final Pattern SEQUENCE =
            Pattern.compile("(?i)(msg|in|out|sender|target|next)_?-?seq(_?num|_?no)?|fix[:._-].*seq");

    @Override
    public Facts facts() {
        return new Facts(
                "C3",
                Severity.CORRUPTS,
                "sequence numbers of a FIX session are kept in the cache, which may lose the last second",
                "the local durable store is the master; the cache holds a copy",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "INCR", "INCRBY", "HSET", "HINCRBY");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final NamePattern sequence = new NamePattern(SEQUENCE);

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                String field =
                        command.name().startsWith("H") && command.arguments().count() > 2
                                ? command.arguments().text(2)
                                : "";
                if (sequence.isIn(command.key())
                        || (!field.isEmpty() && SEQUENCE.matcher(field).find())) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}

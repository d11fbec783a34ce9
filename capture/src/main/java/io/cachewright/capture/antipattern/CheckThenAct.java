package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.ReplyType;
import java.util.Set;

/// `GET k`, then `SET k <number>` by the same client, without WATCH, MULTI or a time to live.
@AutoService(AntiPattern.class)
public final class CheckThenAct implements AntiPattern {

    private static final long TOGETHER_NANOS = 1_000_000_000L;

    @Override
    public Facts facts() {
        return new Facts(
                "C1",
                Severity.CORRUPTS,
                "a number is read, looked at and written back: what others write in between is lost",
                "one function that compares and reserves, or WATCH and MULTI; INCRBY",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("GET", "SET", "HGET", "HSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Observed> read = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic() || command.isWatched()) {
                    return;
                }
                Key key = command.key();
                if (command.name().endsWith("GET")) {
                    read.put(key, command);
                    return;
                }
                Observed check = read.remove(key);
                int value = command.arguments().count() > 2 ? command.name().equals("SET") ? 2 : 3 : 0;
                if (check != null
                        && command.follows(check, TOGETHER_NANOS)
                        && check.answer()
                                .map(answer -> answer.type() != ReplyType.NULL)
                                .orElse(true)
                        && Shapes.isNumber(command.arguments(), value)
                        && !command.setsLease()) {
                    seen.add(new Cost(1, 0, 0), check, command);
                }
            }
        };
    }
}

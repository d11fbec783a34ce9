package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.Key;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `LRANGE k 0 -1` and the like, and `HGETALL` of what is large: by its answer, or, where only commands are
/// captured, by what was written to it.
@AutoService(AntiPattern.class)
public final class WholeCollectionRead implements AntiPattern {

    private static final long LARGE_ELEMENTS = 200;

    private static boolean isLarge(Observed command, long @Nullable [] fields) {
        Arguments arguments = command.arguments();
        boolean isRange = command.name().endsWith("RANGE");
        if (isRange && !(arguments.count() >= 4 && arguments.number(2, -1) == 0 && arguments.number(3, 0) == -1)) {
            return false;
        }
        return command.answer()
                .map(answer -> answer.length() >= LARGE_ELEMENTS)
                .orElse(isRange || (fields != null && fields[0] >= LARGE_ELEMENTS));
    }

    @Override
    public Facts facts() {
        return new Facts(
                "K4",
                Severity.PERFORMANCE,
                "whole collections are read, again and again",
                "keep what is asked for under a key of its own; read ranges",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("HGETALL", "HVALS", "HKEYS", "SMEMBERS", "LRANGE", "ZRANGE", "ZREVRANGE", "HSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, long[]> fieldsWritten = new Recent<>();
            private final Recent<Key, Observed> readBefore = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                Key key = command.key();
                if (command.name().equals("HSET")) {
                    fieldsWritten.getOrNew(key, () -> new long[1])[0] +=
                            (command.arguments().count() - 2) / 2;
                    return;
                }
                if (!isLarge(command, fieldsWritten.get(key))) {
                    return;
                }
                Observed earlier = readBefore.replace(key, command);
                if (earlier != null) {
                    seen.add(Cost.of(command), earlier, command);
                }
            }
        };
    }
}

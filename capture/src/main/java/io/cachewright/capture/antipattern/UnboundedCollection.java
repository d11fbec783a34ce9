package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keys that got 20 entries or more within the capture and lost none.
@AutoService(AntiPattern.class)
public final class UnboundedCollection implements AntiPattern {

    private static final int ADDED_MIN = 20;
    /// Smaller scores are prices or ranks: such a set is bounded by what there is to rank.
    private static final long TIME_MIN = 1_000_000_000L;

    /// What happened to one key.
    private static final class Growth {
        private long added;
        private boolean isTrimmed;
        private @Nullable Observed first;
    }

    private static boolean adds(Observed command) {
        return switch (command.name()) {
            case "XADD" -> !command.has("MAXLEN", 2) && !command.has("MINID", 2);
            case "RPUSH", "LPUSH" -> true;
            case "ZADD" -> command.arguments().number(command.arguments().count() - 2, 0) >= TIME_MIN;
            default -> false;
        };
    }

    @Override
    public Facts facts() {
        return new Facts(
                "M1",
                Severity.MEMORY,
                "a stream, list or time series is added to and never trimmed",
                "XADD MAXLEN ~, LTRIM after RPUSH, ZREMRANGEBYRANK: a cap by count, and one by time",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of(
                "XADD",
                "XTRIM",
                "XDEL",
                "RPUSH",
                "LPUSH",
                "LTRIM",
                "LPOP",
                "RPOP",
                "BLPOP",
                "BRPOP",
                "LMOVE",
                "BLMOVE",
                "RPOPLPUSH",
                "LMPOP",
                "BLMPOP",
                "LREM",
                "ZADD",
                "ZREM",
                "ZREMRANGEBYRANK",
                "ZREMRANGEBYSCORE",
                "ZPOPMIN",
                "ZPOPMAX",
                "BZPOPMIN",
                "BZPOPMAX",
                "DEL",
                "UNLINK",
                "EXPIRE",
                "PEXPIRE",
                "XREADGROUP");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Growth> growths = new Recent<>();

            @Override
            public void on(Observed command) {
                for (int i = 0; i < command.keys().size(); i++) {
                    Growth growth = growths.getOrNew(
                            Key.of(command.arguments(), command.keys().get(i).argument()), Growth::new);
                    if (adds(command)) {
                        growth.added++;
                        growth.first = growth.first == null ? command : growth.first;
                    } else if (!command.name().equals("ZADD")) {
                        growth.isTrimmed = true;
                    }
                }
            }

            @Override
            public void finish() {
                growths.forEach((_, growth) -> {
                    Observed first = growth.first;
                    if (!growth.isTrimmed && growth.added >= ADDED_MIN && first != null) {
                        seen.add(Cost.NONE, first);
                        seen.more(growth.added - 1, Cost.NONE);
                    }
                });
            }
        };
    }
}

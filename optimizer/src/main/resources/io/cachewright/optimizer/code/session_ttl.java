import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Predicate;

/// Reference data lives until the next session of its venue has opened, over nights, weekends and holidays.
final class SessionTtl {

    private final RedisCommands<String, String> redis;
    private final ZoneId zone;
    private final LocalTime open;
    private final Predicate<java.time.LocalDate> isTradingDay;

    SessionTtl(
            RedisCommands<String, String> redis,
            ZoneId zone,
            LocalTime open,
            Predicate<java.time.LocalDate> isTradingDay) {
        this.redis = redis;
        this.zone = zone;
        this.open = open;
        this.isTradingDay = isTradingDay;
    }

    /// The grace lets the loader of the new session finish before the old value goes.
    void put(String key, String value, Instant now, Duration grace) {
        redis.set(key, value, SetArgs.Builder.pxAt(nextOpen(now).plus(grace)));
    }

    Instant nextOpen(Instant now) {
        ZonedDateTime candidate = now.atZone(zone).with(open);
        for (int days = 0; days < 30; days++, candidate = candidate.plusDays(1)) {
            if (candidate.toInstant().isAfter(now) && isTradingDay.test(candidate.toLocalDate())) {
                return candidate.toInstant();
            }
        }
        throw new IllegalStateException("the calendar knows no trading day within 30 days of " + now);
    }
}

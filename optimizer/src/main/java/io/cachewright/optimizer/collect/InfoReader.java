package io.cachewright.optimizer.collect;

import io.cachewright.domain.Engine;
import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Reads the text of INFO.
final class InfoReader {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private InfoReader() {}

    /// Fields of all sections; a name that comes more than once (`module`) has its values joined by `;`.
    static InfoSnapshot read(String text, Instant at) {
        Map<String, String> fields = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.merge(line.substring(0, colon), line.substring(colon + 1), (a, b) -> a + ";" + b);
            }
        });
        return new InfoSnapshot(at, serverTime(fields, at), fields);
    }

    private static Instant serverTime(Map<String, String> fields, Instant at) {
        String micros = fields.getOrDefault("server_time_usec", "");
        if (!micros.matches("\\d{1,18}")) {
            return at;
        }
        long value = Long.parseLong(micros);
        return Instant.ofEpochSecond(value / MICROS_PER_SECOND, value % MICROS_PER_SECOND * 1_000);
    }

    /// Valkey also prints a `redis_version`, the one that it is compatible with.
    static Reading<ServerVersion> version(InfoSnapshot info) {
        Map<String, String> fields = info.fields();
        Engine engine = fields.containsKey("valkey_version") ? Engine.VALKEY : Engine.REDIS;
        String text = fields.getOrDefault(engine == Engine.VALKEY ? "valkey_version" : "redis_version", "");
        return ServerVersion.parse(engine, text)
                .map(Reading::known)
                .orElseGet(() -> Reading.unavailable(Cause.FAILED, "INFO shows no version"));
    }
}

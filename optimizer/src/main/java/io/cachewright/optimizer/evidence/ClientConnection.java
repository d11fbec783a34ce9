package io.cachewright.optimizer.evidence;

import java.time.Duration;
import java.util.Map;

/// One line of CLIENT LIST.
///
/// @param fields as printed (`omem`, `qbuf`, `sub`, `flags`, `lib-name` …), without `user` and `name`
public record ClientConnection(
        long id, String address, Duration age, Duration idle, String lastCommand, Map<String, String> fields) {

    public ClientConnection {
        fields = Map.copyOf(fields);
    }

    /// A numeric field, 0 when this version does not print it.
    public long number(String field) {
        String value = fields.getOrDefault(field, "");
        return value.chars().allMatch(Character::isDigit) && !value.isEmpty() ? Long.parseLong(value) : 0;
    }

    /// Whether the connection is a normal client: no replica, no primary link, no subscriber, no MONITOR.
    public boolean isNormal() {
        String flags = fields.getOrDefault("flags", "N");
        return !flags.contains("S") && !flags.contains("M") && !flags.contains("P") && !flags.contains("O");
    }
}

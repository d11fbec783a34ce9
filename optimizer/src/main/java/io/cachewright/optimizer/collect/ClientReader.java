package io.cachewright.optimizer.collect;

import io.cachewright.optimizer.evidence.ClientConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads CLIENT LIST. The names of users and of connections are not kept.
final class ClientReader {

    private ClientReader() {}

    /// All connections but those named `ownName`, which are ours.
    static List<ClientConnection> read(String text, String ownName) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(ClientReader::fields)
                .filter(fields -> !ownName.equals(fields.get("name")))
                .map(ClientReader::connection)
                .toList();
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String part : line.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return fields;
    }

    private static ClientConnection connection(Map<String, String> fields) {
        Map<String, String> kept = new HashMap<>(fields);
        kept.keySet().removeAll(List.of("user", "name"));
        return new ClientConnection(
                number(fields, "id"),
                fields.getOrDefault("addr", ""),
                Duration.ofSeconds(number(fields, "age")),
                Duration.ofSeconds(number(fields, "idle")),
                fields.getOrDefault("cmd", ""),
                kept);
    }

    private static long number(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}

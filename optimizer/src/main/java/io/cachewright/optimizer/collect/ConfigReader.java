package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.ServerConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads CONFIG GET; secrets are redacted before anything keeps them.
final class ConfigReader {

    private static final Pattern SECRET_NAME = Pattern.compile(
            "requirepass|masterauth|primaryauth|.*(pass|passwd|password|passphrase|secret|token|api-?key)");

    private ConfigReader() {}

    static ServerConfig read(Reply reply) {
        Map<String, String> parameters = new HashMap<>();
        Replies.pairs(reply).forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            parameters.put(lower, redacted(lower, value.text()));
        });
        return new ServerConfig(parameters);
    }

    private static String redacted(String name, String value) {
        return !value.isEmpty() && SECRET_NAME.matcher(name).matches() ? ServerConfig.REDACTED : value;
    }
}

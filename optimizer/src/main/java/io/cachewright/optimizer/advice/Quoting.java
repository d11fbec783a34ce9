package io.cachewright.optimizer.advice;

import java.nio.charset.StandardCharsets;

/// Writes an argument so that whoever reads it gets the same bytes back.
final class Quoting {

    private Quoting() {}

    /// For a line of redis-cli or `redis.conf`, which both split by the same rules (valkey: `src/sds.c`, sdssplitargs).
    static String forRedis(String argument) {
        byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && isPlain(bytes)) {
            return argument;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (byte each : bytes) {
            int character = each & 0xff;
            switch (character) {
                case '\\' -> quoted.append("\\\\");
                case '"' -> quoted.append("\\\"");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character >= ' ' && character <= '~') {
                        quoted.append((char) character);
                    } else {
                        quoted.append(String.format("\\x%02x", character));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /// For a POSIX shell, which takes everything between single quotes as it is.
    static String forShell(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(byte[] bytes) {
        for (byte each : bytes) {
            if (each <= ' ' || each > '~' || each == '"' || each == '\'' || each == '\\' || each == '#') {
                return false;
            }
        }
        return true;
    }
}

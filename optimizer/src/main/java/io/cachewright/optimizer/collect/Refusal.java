package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import java.util.Locale;
import java.util.Set;

/// Turns a server's error into the reason why a reading is unavailable.
final class Refusal {

    /// Commands that every version has: where one is unknown, somebody renamed it or switched it off, as managed
    /// services do with CONFIG.
    private static final Set<String> EVERYWHERE = Set.of(
            "INFO", "CONFIG", "SLOWLOG", "CLIENT", "PING", "SCAN", "TYPE", "OBJECT", "LATENCY", "SELECT", "MEMORY");

    private static final int MESSAGE_LENGTH_MAX = 100;

    private Refusal() {}

    /// `probe` is the command as people write it, such as `CONFIG GET`; `message` what the server said.
    static <T> Reading<T> of(String probe, String message) {
        String command = probe.contains(" ") ? probe.substring(0, probe.indexOf(' ')) : probe;
        String lower = message.toLowerCase(Locale.ROOT);
        if (message.startsWith("NOPERM")) {
            return Reading.unavailable(Cause.NOT_PERMITTED, probe + " is not permitted for this user (NOPERM)");
        }
        if (message.startsWith("NOAUTH")) {
            return Reading.unavailable(Cause.NOT_PERMITTED, probe + " needs a password here (NOAUTH)");
        }
        if (lower.startsWith("err unknown command")) {
            return EVERYWHERE.contains(command)
                    ? Reading.unavailable(
                            Cause.NOT_PERMITTED, command + " does not exist here: it is renamed or switched off")
                    : Reading.unavailable(Cause.NOT_IN_THIS_VERSION, "this version has no " + command);
        }
        if (lower.startsWith("err unknown subcommand")) {
            return Reading.unavailable(Cause.NOT_IN_THIS_VERSION, "this version has no " + probe);
        }
        return Reading.unavailable(Cause.FAILED, probe + " failed: " + printable(message));
    }

    private static String printable(String message) {
        String cleaned = message.replaceAll("[^ -~]", "?");
        return cleaned.length() <= MESSAGE_LENGTH_MAX ? cleaned : cleaned.substring(0, MESSAGE_LENGTH_MAX) + "…";
    }
}

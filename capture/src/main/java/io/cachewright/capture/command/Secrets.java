package io.cachewright.capture.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Takes passwords out of commands before anybody sees them, as the server does for MONITOR; a packet capture shows
/// them in clear.
public final class Secrets {

    private static final byte[] REDACTED = "(redacted)".getBytes(StandardCharsets.US_ASCII);

    private Secrets() {}

    /// The command with `(redacted)` in the place of each secret; the same one where there is none.
    public static Arguments redact(Arguments arguments) {
        if (arguments.count() < 2) {
            return arguments;
        }
        return switch (Arguments.upper(arguments.keptLength(0) == 0 ? 0 : arguments.at(0, 0))) {
            case 'A' -> redactA(arguments);
            case 'C' -> arguments.is(0, "CONFIG") && arguments.is(1, "SET") ? configSet(arguments) : arguments;
            case 'H' -> arguments.is(0, "HELLO") ? after(arguments, arguments.find("AUTH", 1), 2) : arguments;
            case 'M' -> arguments.is(0, "MIGRATE") ? migrate(arguments) : arguments;
            default -> arguments;
        };
    }

    private static Arguments redactA(Arguments arguments) {
        if (arguments.is(0, "AUTH")) {
            return replace(arguments, i -> i > 0);
        }
        // Rules such as `>password` and `#hash` are secrets, the user's name is not.
        return arguments.is(0, "ACL") && arguments.is(1, "SETUSER") ? replace(arguments, i -> i > 2) : arguments;
    }

    private static Arguments configSet(Arguments arguments) {
        return replace(arguments, i -> i > 2 && i % 2 == 1 && isSecret(arguments.text(i - 1)));
    }

    private static boolean isSecret(String directive) {
        String name = directive.toLowerCase(java.util.Locale.ROOT);
        return name.contains("pass") || name.endsWith("auth");
    }

    private static Arguments migrate(Arguments arguments) {
        Arguments once = after(arguments, arguments.find("AUTH", 6), 1);
        return after(once, once.find("AUTH2", 6), 2);
    }

    private static Arguments after(Arguments arguments, int word, int count) {
        return word < 0 ? arguments : replace(arguments, i -> i > word && i <= word + count);
    }

    private static Arguments replace(Arguments arguments, IntPredicate isSecret) {
        List<byte[]> replaced = new ArrayList<>(arguments.count());
        for (int i = 0; i < arguments.count(); i++) {
            replaced.add(isSecret.test(i) ? REDACTED : arguments.bytes(i));
        }
        return Arguments.ofBytes(replaced);
    }
}

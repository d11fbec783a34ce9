package io.cachewright.lab.deployment;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerUnavailable;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Waits for what servers bring about by themselves, and asks those who may not answer.
final class Patience {

    private static final long POLL_MILLIS = 10;

    private Patience() {}

    /// @throws ServerUnavailable naming `what` when it did not come true in time
    static void await(String what, Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new ServerUnavailable(what + " did not happen within " + within.toMillis() + " ms");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServerUnavailable("interrupted while waiting until " + what, e);
            }
        }
    }

    /// What `server` answers; empty when it does not run, or does not answer.
    static Optional<Reply> ask(RedisServer server, String... command) {
        if (!server.isAlive()) {
            return Optional.empty();
        }
        try (WireConnection connection = WireConnection.open(
                server.address(), server.credentials(), Duration.ofMillis(500), Duration.ofMillis(500))) {
            return Optional.of(connection.call(command));
        } catch (UncheckedIOException _) {
            return Optional.empty();
        }
    }

    /// A field of `INFO`, or of another answer of lines `name:value`; empty when it is not to be had.
    static Optional<String> field(Optional<Reply> info, String name) {
        return info.filter(reply -> !reply.isError()).flatMap(reply -> {
            Matcher line =
                    Pattern.compile("(?m)^" + Pattern.quote(name) + ":(\\S*)").matcher(reply.text());
            return line.find() ? Optional.of(line.group(1)) : Optional.empty();
        });
    }
}

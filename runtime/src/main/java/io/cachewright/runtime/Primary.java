package io.cachewright.runtime;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a server says of itself, asked with `HELLO`: whoever may open a connection may ask that.
final class Primary {

    private Primary() {}

    /// The link leads to a server that is no primary.
    static final class NotPrimary extends RuntimeException {
        NotPrimary(String role) {
            super("the server is a " + role + ", and nothing that a replica says proves what its primary has"
                    + " acknowledged");
        }
    }

    static AsyncCommand<String, byte[], List<Object>> ask() {
        return Commands.hello();
    }

    /// What is wrong with a server that answered so; empty for a primary.
    static Optional<NotPrimary> refusal(List<Object> hello) {
        for (int i = 0; i + 1 < hello.size(); i += 2) {
            if (text(hello.get(i)).equals("role")) {
                String role = text(hello.get(i + 1));
                return role.equals("master") || role.equals("primary")
                        ? Optional.empty()
                        : Optional.of(new NotPrimary(role));
            }
        }
        return Optional.of(new NotPrimary("server without a role"));
    }

    static String text(Object part) {
        return part instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(part);
    }

    /// Sends `commands` without others in between: the driver takes them one by one, and an `ASKING` ahead of a command
    /// would otherwise be for that of another thread.
    static void dispatch(
            StatefulRedisConnection<String, byte[]> on, List<? extends AsyncCommand<String, byte[], ?>> commands) {
        try {
            synchronized (on) {
                on.dispatch(commands);
            }
        } catch (RuntimeException e) {
            commands.forEach(command -> command.completeExceptionally(e));
        }
    }
}

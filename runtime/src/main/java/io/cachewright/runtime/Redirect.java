package io.cachewright.runtime;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a node of a cluster says that a key is, since it is not there.
///
/// @param isAsk for this one request only (`ASK`, while the slot moves), or from now on (`MOVED`)
record Redirect(boolean isAsk, int slot, NodeAddress target) {

    /// What `cause` says, if it is such an answer.
    static Optional<Redirect> of(@Nullable Throwable cause) {
        return cause instanceof RedisCommandExecutionException error
                ? parse(String.valueOf(error.getMessage()))
                : Optional.empty();
    }

    /// `MOVED 3999 127.0.0.1:6381`; the port stands after the last colon, since hosts may be IPv6 addresses.
    static Optional<Redirect> parse(String message) {
        String[] words = message.split(" ", -1);
        if (words.length < 3 || !(words[0].equals("MOVED") || words[0].equals("ASK"))) {
            return Optional.empty();
        }
        int colon = words[2].lastIndexOf(':');
        try {
            return Optional.of(new Redirect(
                    words[0].equals("ASK"),
                    Integer.parseInt(words[1]),
                    new NodeAddress(
                            words[2].substring(0, Math.max(colon, 0)),
                            Integer.parseInt(words[2].substring(colon + 1)))));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}

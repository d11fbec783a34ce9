package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Answer;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.KeyUse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A command with what detectors want to know of it.
///
/// @param name upper case; with the subcommand where there are some
/// @param first the first key; null where there is none
/// @param isAtomic whether it runs within a transaction or a script, so that nobody sees what is between
/// @param isWatched whether its client watches keys, so that a transaction fails when they change
public record Observed(
        CapturedCommand command,
        String name,
        List<KeyUse> keys,
        @Nullable Key first,
        boolean isAtomic,
        boolean isWatched) {

    public Arguments arguments() {
        return command.arguments();
    }

    public Client client() {
        return command.client();
    }

    public long timeNanos() {
        return command.timeNanos();
    }

    public Optional<Answer> answer() {
        return command.answer();
    }

    public boolean hasKey() {
        return !keys.isEmpty();
    }

    /// The first key; only where there is one.
    public Key key() {
        return Objects.requireNonNull(first, "the command has no key");
    }

    /// Whether this command came at most so many nanoseconds after `earlier`, from the same connection.
    boolean follows(Observed earlier, long nanos) {
        return client().equals(earlier.client()) && timeNanos() - earlier.timeNanos() <= nanos;
    }

    /// Whether argument `i` is there and `word` in any case.
    boolean has(String word, int from) {
        return arguments().find(word, from) >= 0;
    }

    /// The first word that makes a SET expire, `EX`, `PX`, `EXAT` or `PXAT`.
    boolean setsLease() {
        return has("EX", 3) || has("PX", 3) || has("EXAT", 3) || has("PXAT", 3);
    }

    /// Where the last score of a `ZADD` stands, its member being the argument behind; -1 where there is none.
    int lastScore() {
        int score = arguments().count() - 2;
        return score >= 2 ? score : -1;
    }

    /// The text of the script that `EVAL`, `SCRIPT LOAD` or `FUNCTION LOAD` brings.
    String scriptText() {
        return arguments().text(name.equals("EVAL") ? 1 : arguments().count() - 1);
    }
}

package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Key;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for a pattern in names of keys. What was found is remembered for the names of late, as a capture names the
/// same
/// keys again and again. Not safe for several threads.
final class NamePattern {

    private static final int SLOTS = 1 << 16;

    private final Pattern pattern;
    private final @Nullable Key[] judged = new Key[SLOTS];
    private final boolean[] found = new boolean[SLOTS];

    NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Whether the pattern is anywhere in the name.
    boolean isIn(Key key) {
        int slot = key.hashCode() & (SLOTS - 1);
        if (!key.equals(judged[slot])) {
            judged[slot] = key;
            found[slot] = pattern.matcher(key.toString()).find();
        }
        return found[slot];
    }
}

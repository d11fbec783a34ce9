package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Key;
import java.util.regex.Pattern;

/// Looks for a pattern in names of keys. What was found is remembered for the names of late, as a capture names the
/// same
/// keys again and again. Not safe for several threads.
final class NamePattern {

    private static final int SLOTS = 1 << 15;
    private static final long FOUND = 1;

    private final Pattern pattern;

    /// The hashes of names but for the last bit, which tells what was found; two names of a million are taken for one
    /// with a
    /// chance of one in 2^24.
    private final long[] judged = new long[SLOTS];

    NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Whether the pattern is anywhere in the name.
    boolean isIn(Key key) {
        long hash = key.hash();
        int slot = (int) hash >>> 1 & (SLOTS - 1);
        if (((judged[slot] ^ hash) & ~FOUND) != 0) {
            boolean found = pattern.matcher(key.toString()).find();
            judged[slot] = found ? hash | FOUND : hash & ~FOUND;
        }
        return (judged[slot] & FOUND) != 0;
    }
}

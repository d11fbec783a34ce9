package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.HashPlaces;
import io.cachewright.capture.command.Key;
import java.util.regex.Pattern;

/// Looks for a pattern in names of keys. What was found is remembered for the names of late, as a capture names
/// the same keys again and again; two names of a million are taken for one with a chance of one in 2^24. Not safe
/// for several threads.
final class NamePattern {

    private final Pattern pattern;
    private final HashPlaces judged = new HashPlaces();
    private final boolean[] found = new boolean[HashPlaces.COUNT];

    NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Whether the pattern is anywhere in the name.
    boolean isIn(Key key) {
        int place = judged.find(key.hash());
        if (place < 0) {
            place = judged.take(key.hash());
            found[place] = pattern.matcher(key.toString()).find();
        }
        return found[place];
    }
}

package io.cachewright.capture.command;

import org.jspecify.annotations.Nullable;

/// Gives the same [Key] for the same name again, so that most commands of a capture make none, and equal ones are
/// mostly
/// one object. Remembers 65,536 names at most: of two whose hashes meet, the later one. Not safe for several threads.
public final class KeyPool {

    private static final int SLOTS = 1 << 16;

    private final @Nullable Key[] slots = new Key[SLOTS];

    /// What was kept of argument `i`.
    public Key of(Arguments arguments, int i) {
        long hash = arguments.hash(i);
        int slot = (int) hash & (SLOTS - 1);
        Key known = slots[slot];
        if (known != null && known.hash() == hash && known.isArgument(arguments, i)) {
            return known;
        }
        Key fresh = Key.of(arguments, i, hash);
        slots[slot] = fresh;
        return fresh;
    }
}

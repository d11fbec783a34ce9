package io.cachewright.capture.command;

import org.jspecify.annotations.Nullable;

/// Gives the same [Key] for the same name again, so that most commands of a capture make none, and equal ones are
/// mostly one object. Remembers as many names as [HashPlaces] does. Not safe for several threads.
public final class KeyPool {

    private final HashPlaces places = new HashPlaces();
    private final @Nullable Key[] keys = new Key[HashPlaces.COUNT];

    /// What was kept of argument `i`.
    public Key of(Arguments arguments, int i) {
        long hash = arguments.hash(i);
        int place = places.find(hash);
        if (place < 0) {
            place = places.take(hash);
        } else {
            Key known = keys[place];
            if (known != null && known.isArgument(arguments, i)) {
                return known;
            }
        }
        Key fresh = Key.of(arguments, i, hash);
        keys[place] = fresh;
        return fresh;
    }
}

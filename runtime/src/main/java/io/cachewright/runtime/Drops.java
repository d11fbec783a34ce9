package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Proof;
import java.util.Set;
import java.util.function.Predicate;

/// What is kept near, as a link has it go. Called under the link's monitor.
interface Drops {

    void drop(String key);

    void dropAll();

    void dropIf(Predicate<String> key);

    /// Takes over to the epoch `now` what came over the link of `proof` in the epoch `before` and is untouched.
    void carry(Proof proof, long before, long now, CatchUp caughtUp);

    /// Only `fields` of `key` changed, as far as the server was told.
    default void dropFields(String key, Set<String> fields) {
        drop(key);
    }

    /// What is kept of `key` may have changed too, unnamed: it is proved up to `provedNanos` and no further.
    default void doubt(String key, long provedNanos) {}

    /// The server itself has said that `key` changed; it was dropped.
    default void pushed(String key) {}
}

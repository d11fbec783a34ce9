package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Proof;
import java.util.Set;
import java.util.function.Predicate;

/// Drops that reach what is kept near; a test overrides what it keeps from there.
class ForwardingDrops implements Drops {

    private final Drops to;

    ForwardingDrops(Drops to) {
        this.to = to;
    }

    @Override
    public void drop(String key) {
        to.drop(key);
    }

    @Override
    public void dropAll() {
        to.dropAll();
    }

    @Override
    public void dropIf(Predicate<String> key) {
        to.dropIf(key);
    }

    @Override
    public void carry(Proof proof, long before, long now, CatchUp caughtUp) {
        to.carry(proof, before, now, caughtUp);
    }

    @Override
    public void dropFields(String key, Set<String> fields) {
        to.dropFields(key, fields);
    }

    @Override
    public void doubt(String key, long provedNanos) {
        to.doubt(key, provedNanos);
    }

    @Override
    public void pushed(String key) {
        to.pushed(key);
    }
}

package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.Proof;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What changed at the server of one link, brought to its coherence, to what is kept near and to the log in one step.
/// Guarded by the link's monitor.
final class LinkInvalidations {

    private final LinkCoherence<String> machine;
    private final Proof proof;
    private final LogFollower log;
    private final Drops drops;

    /// Nothing of the old epoch is freed before it was seen what of it goes over to the new one.
    private boolean isArming;

    LinkInvalidations(LinkCoherence<String> machine, LogFollower log, Drops drops) {
        this.machine = machine;
        this.proof = machine.proof();
        this.log = log;
        this.drops = drops;
    }

    /// The server says so.
    void pushed(PushedInvalidation pushed) {
        if (pushed.isEverything()) {
            machine.invalidatedAll();
        } else {
            changed(pushed.keys());
            pushed.keys().forEach(log::invalidated);
            pushed.keys().forEach(drops::pushed);
        }
    }

    /// These keys changed, in one turn of the server.
    void changed(List<String> keys) {
        ChangedFields named = ChangedFields.in(keys);
        for (String key : keys) {
            Set<String> fields = named.of(key);
            if (fields.isEmpty()) {
                machine.invalidated(key);
            } else {
                machine.voidFills(key);
                drops.dropFields(key, fields);
                drops.doubt(key, proof.provedNanos());
            }
        }
    }

    /// The server answers for these keys no more: what is on its way will not be kept, what is kept goes.
    void lost(Predicate<String> keys) {
        machine.voidFills();
        drops.dropIf(keys);
    }

    /// A connection is armed and has caught up. When an epoch begins with it, what `catchUp` shows to be untouched goes
    /// over to it and the rest is dropped; whether one does.
    boolean armed(long generation, long sentNanos, long nowNanos, CatchUp catchUp) {
        long before = proof.epoch();
        isArming = true;
        machine.armed(generation, sentNanos, nowNanos);
        isArming = false;
        long now = proof.epoch();
        if (now == before) {
            return false;
        }
        catchUp.finish();
        if (catchUp.logsProved() > 0) {
            drops.carry(proof, before, now, catchUp);
        }
        log.restart();
        drops.dropAll();
        return true;
    }

    // What the machine asks for

    void drop(String key) {
        drops.drop(key);
    }

    void dropOldEpochs() {
        if (!isArming) {
            drops.dropAll();
        }
    }
}

package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkCoherence;

/// Which answers of one link may be kept near, and what proves them. Whether one may is decided in one step with its
/// being stored, under the link's monitor.
class LinkAnswers {

    private final ServerLink link;
    private final LinkSettings settings;
    private final LinkCoherence<String> machine;

    LinkAnswers(ServerLink link, LinkSettings settings, LinkCoherence<String> machine) {
        this.link = link;
        this.settings = settings;
        this.machine = machine;
    }

    /// Judges the answers of a link; the fault tests put judges with a guard switched off here.
    @FunctionalInterface
    interface Factory {
        LinkAnswers of(ServerLink link, LinkSettings settings, LinkCoherence<String> machine);
    }

    /// Ends `lease`; runs `store` in the same step when the answer to its read may be kept.
    final void store(Lease<String> lease, Runnable store) {
        synchronized (link) {
            if (mayStore(lease)) {
                store.run();
            }
        }
    }

    /// Ends `lease`, whose read asked about a value that is stored; runs `refine` in the same step when the key has not
    /// changed since.
    final void refine(Lease<String> lease, Runnable refine) {
        synchronized (link) {
            if (machine.mayRefine(lease)) {
                refine.run();
            }
        }
    }

    /// Ends `lease`: nobody waits for its read any more.
    final void abandon(Lease<String> lease) {
        synchronized (link) {
            machine.abandon(lease);
        }
    }

    /// Where the answer to the read of `lease` comes from, for an entry that is stored in this step.
    Entry.Origin origin(Lease<String> lease, boolean isAbsence) {
        // No server tells when a key is created at another one.
        boolean isProvable = !(isAbsence && settings.isCluster());
        return new Entry.Origin(machine.proof(), storeEpoch(), lease.issuedNanos(), lease.arrival(), isProvable);
    }

    /// The epoch that what is stored now belongs to.
    long storeEpoch() {
        return machine.proof().epoch();
    }

    boolean mayStore(Lease<String> lease) {
        return machine.mayStore(lease);
    }
}

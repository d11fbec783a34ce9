package io.cachewright.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Links to nodes of a cluster that own no slot yet, but answer for keys of one that is on its way to them: only
/// redirects name them, until the slot has arrived.
final class Newcomers {

    /// Redirects to more nodes than this are followed when the slots have arrived.
    private static final int LINKS_MAX = 64;

    /// Nobody was sent there for so long: the slot went back.
    private static final long UNASKED_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private static final class Newcomer {
        final ServerLink link;
        volatile long askedNanos;

        Newcomer(ServerLink link, long askedNanos) {
            this.link = link;
            this.askedNanos = askedNanos;
        }
    }

    private final Function<NodeAddress, ServerLink> newLink;
    private final ServerLink nowhere;
    private final LinkClock clock;
    private final Map<NodeAddress, Newcomer> all = new ConcurrentHashMap<>();
    private boolean isClosed;

    Newcomers(Function<NodeAddress, ServerLink> newLink, ServerLink nowhere, LinkClock clock) {
        this.newLink = newLink;
        this.nowhere = nowhere;
        this.clock = clock;
    }

    /// The link to the node at `address`, made when there is none; a link to nowhere when there cannot be one.
    ServerLink at(NodeAddress address) {
        Newcomer known = all.get(address);
        if (known == null) {
            return made(address);
        }
        known.askedNanos = clock.nanoTime();
        return known.link;
    }

    private synchronized ServerLink made(NodeAddress address) {
        Newcomer known = all.get(address);
        if (known != null) {
            return known.link;
        }
        if (isClosed || address.host().isEmpty() || all.size() >= LINKS_MAX) {
            return nowhere;
        }
        Newcomer made = new Newcomer(newLink.apply(address), clock.nanoTime());
        all.put(address, made);
        made.link.tick();
        return made.link;
    }

    /// The link to a node that owns a slot from now on: it is no newcomer any more.
    synchronized ServerLink settle(NodeAddress address) {
        Newcomer known = all.remove(address);
        return known == null ? newLink.apply(address) : known.link;
    }

    void tick() {
        long now = clock.nanoTime();
        all.forEach((address, each) -> {
            if (now - each.askedNanos > UNASKED_NANOS_MAX && all.remove(address, each)) {
                each.link.close();
            } else {
                each.link.tick();
            }
        });
    }

    /// See [ServerLink#end].
    synchronized void end() {
        isClosed = true;
        all.values().forEach(each -> each.link.end());
        all.clear();
    }
}

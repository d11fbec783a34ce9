package io.cachewright.runtime;

import io.cachewright.domain.HashSlot;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One link for each primary of a cluster; a key's slot says which is its own.
///
/* The nodes are asked for the owners of all slots now and then, at once when one of them redirects a request, and
 * often while a link is down. When a slot has another owner than before, what its old owner vouched for is dropped
 * before anybody is sent to the new one: first the fills under way on the old link are voided, then the values stored
 * of those slots go, then the new map is published. From then on nothing more is kept that comes over the old link, and
 * what was kept in between goes in a second round.
 *
 * While a slot moves in the usual way none of that would be needed for values: MIGRATE deletes each key at its old
 * place, which is an invalidation like any other. It is needed when a slot is taken (failover, a slot assigned by hand).
 * Absence is another matter: a key that does not exist is not deleted when its slot moves, so that no link hears of it
 * when it is created at the new place. Links to clusters therefore do not vouch for absence.
 */
final class ClusterLinks implements Links {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLinks.class);

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PERIOD_WHILE_DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /// What is down for longer is looked for as rarely as when all is well: all clients do it.
    private static final long LOOKED_FOR_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final long AFTER_REDIRECT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final class Topology {
        final SlotMap slots;
        final Map<NodeAddress, ServerLink> links;
        final ServerLink[] bySlot = new ServerLink[HashSlot.COUNT];

        Topology(SlotMap slots, Map<NodeAddress, ServerLink> links, ServerLink nowhere) {
            this.slots = slots;
            this.links = links;
            for (int slot = 0; slot < HashSlot.COUNT; slot++) {
                NodeAddress owner = slots.owner(slot);
                ServerLink link = owner == null ? null : links.get(owner);
                bySlot[slot] = link == null ? nowhere : link;
            }
        }
    }

    private final RedisClient client;
    private final RedisURI node;
    private final List<NodeAddress> seeds;
    private final LinkSettings settings;
    private final UnaryOperator<NodeAddress> mapping;
    private final LinkClock clock;
    private final Newcomers newcomers;
    private final ServerLink nowhere;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private final AtomicReference<@Nullable NodeAddress> betterAsk = new AtomicReference<>();

    private volatile Topology topology;
    private volatile long nextLookNanos;
    private volatile long allLiveNanos;
    /// After the last look; a link that goes down later brings the next look forward, once.
    private volatile boolean wereAllLive;
    private volatile Throwable lastFailure = new CacheException.Unavailable("no node of the cluster was asked yet");
    private volatile boolean isClosed;

    ClusterLinks(
            RedisClient client,
            Deployment.Cluster cluster,
            LinkSettings settings,
            UnaryOperator<NodeAddress> mapping,
            Function<Endpoint, ServerLink> newLink) {
        this.client = client;
        this.node = cluster.seeds().getFirst();
        this.seeds = cluster.seeds().stream().map(NodeAddress::of).toList();
        this.settings = settings;
        this.mapping = mapping;
        this.clock = settings.clock();
        this.nowhere = newLink.apply(new Endpoint() {
            @Override
            public CompletableFuture<RedisURI> locate() {
                return CompletableFuture.failedFuture(lastFailure);
            }

            @Override
            public String toString() {
                return "a slot that no node owns";
            }
        });
        this.newcomers = new Newcomers(address -> newLink.apply(Endpoint.fixed(uri(address))), nowhere, clock);
        this.topology = new Topology(SlotMap.none(), Map.of(), nowhere);
        this.nextLookNanos = clock.nanoTime();
        this.allLiveNanos = nextLookNanos;
    }

    @Override
    public ServerLink of(String key) {
        return topology.bySlot[HashSlot.of(key)];
    }

    @Override
    public List<ServerLink> all() {
        List<ServerLink> links = List.copyOf(topology.links.values());
        return links.isEmpty() ? List.of(nowhere) : links;
    }

    @Override
    public ServerLink at(NodeAddress address) {
        ServerLink link = topology.links.get(address);
        return link == null ? newcomers.at(address) : link;
    }

    @Override
    public void moved(Redirect redirect) {
        betterAsk.set(redirect.target());
        nextLookNanos = clock.nanoTime()
                + AFTER_REDIRECT_NANOS / 2
                + ThreadLocalRandom.current().nextLong(AFTER_REDIRECT_NANOS);
    }

    @Override
    public void tick() {
        nowhere.tick();
        newcomers.tick();
        topology.links.values().forEach(ServerLink::tick);
        long now = clock.nanoTime();
        if (wereAllLive && !isLooking.get() && !areAllLive()) {
            // Its slots may have another owner by now, which nobody is redirected to over a link that is down.
            wereAllLive = false;
            nextLookNanos = now + ThreadLocalRandom.current().nextLong(PERIOD_WHILE_DOWN_NANOS);
        }
        if (now - nextLookNanos >= 0 && isLooking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("cachewright-topology").start(() -> {
                try {
                    look();
                } finally {
                    long period = periodNanos();
                    nextLookNanos = clock.nanoTime()
                            + period / 2
                            + ThreadLocalRandom.current().nextLong(period);
                    isLooking.set(false);
                }
            });
        }
    }

    private boolean areAllLive() {
        return all().stream().allMatch(ServerLink::isLive);
    }

    private long periodNanos() {
        wereAllLive = areAllLive();
        if (wereAllLive) {
            allLiveNanos = clock.nanoTime();
            return PERIOD_NANOS;
        }
        return clock.nanoTime() - allLiveNanos < LOOKED_FOR_NANOS_MAX ? PERIOD_WHILE_DOWN_NANOS : PERIOD_NANOS;
    }

    @Override
    public void close() {
        isClosed = true;
        nowhere.end();
        newcomers.end();
        topology.links.values().forEach(ServerLink::end);
    }

    /// Asks one node after the other until one tells who owns which slots.
    private void look() {
        for (NodeAddress asked : candidates()) {
            try {
                adopt(SlotMap.parse(ask(asked), asked));
                return;
            } catch (ExecutionException e) {
                lastFailure = e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException | IllegalArgumentException e) {
                lastFailure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LOG.debug("{} does not tell the slots", asked, lastFailure);
        }
    }

    private List<NodeAddress> candidates() {
        Topology known = topology;
        List<NodeAddress> live = new ArrayList<>();
        known.links.forEach((address, link) -> {
            if (link.isLive()) {
                live.add(address);
            }
        });
        Collections.shuffle(live);
        Set<NodeAddress> all = new LinkedHashSet<>();
        NodeAddress better = betterAsk.getAndSet(null);
        if (better != null) {
            all.add(better);
        }
        all.addAll(live);
        List<NodeAddress> others = new ArrayList<>(seeds);
        others.addAll(known.links.keySet());
        Collections.shuffle(others);
        all.addAll(others);
        return List.copyOf(all);
    }

    private List<Object> ask(NodeAddress address) throws InterruptedException, ExecutionException, TimeoutException {
        long timeout = settings.bounds().connectNanos();
        ServerLink link = topology.links.get(address);
        AsyncCommand<String, byte[], List<Object>> command = Commands.clusterSlots();
        if (link != null && link.isLive()) {
            return link.call(command).get(timeout, TimeUnit.NANOSECONDS);
        }
        CompletableFuture<StatefulRedisConnection<String, byte[]>> opening =
                client.connectAsync(Commands.CODEC, uri(address)).toCompletableFuture();
        StatefulRedisConnection<String, byte[]> connection;
        try {
            connection = opening.get(timeout, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            // One that comes late all the same is nobody's.
            var _ = opening.thenCompose(StatefulRedisConnection::closeAsync);
            throw e;
        }
        try {
            Primary.dispatch(connection, List.of(command));
            return command.toCompletableFuture().get(timeout, TimeUnit.NANOSECONDS);
        } finally {
            var _ = connection.closeAsync();
        }
    }

    private RedisURI uri(NodeAddress address) {
        return Deployment.at(node, mapping.apply(address));
    }

    private static void loseMoved(Topology before, boolean[] hasMoved) {
        before.links.forEach((address, link) -> link.lost(key -> {
            int slot = HashSlot.of(key);
            return hasMoved[slot] && address.equals(before.slots.owner(slot));
        }));
    }

    private void adopt(SlotMap next) {
        Topology before = topology;
        if (next.isSameAs(before.slots) || next.primaries().isEmpty()) {
            return;
        }
        Map<NodeAddress, ServerLink> links = new HashMap<>();
        for (NodeAddress primary : next.primaries()) {
            ServerLink known = before.links.get(primary);
            ServerLink link = known == null ? newcomers.settle(primary) : known;
            ProbeKey.find(settings.prefixes(), next.slotsOf(primary)).ifPresent(link::probe);
            links.put(primary, link);
        }
        boolean[] hasMoved = new boolean[HashSlot.COUNT];
        for (int slot = 0; slot < HashSlot.COUNT; slot++) {
            hasMoved[slot] = !next.sameOwner(before.slots, slot);
        }
        loseMoved(before, hasMoved);
        topology = new Topology(next, Map.copyOf(links), nowhere);
        // Once more for a read that was sent to the old owner before and was answered before this.
        loseMoved(before, hasMoved);
        LOG.info("the slots of the cluster have {} primaries: {}", links.size(), links.keySet());
        before.links.forEach((address, link) -> {
            if (!links.containsKey(address)) {
                link.close();
            }
        });
        if (isClosed) {
            links.values().forEach(ServerLink::close);
        } else {
            links.values().forEach(ServerLink::tick);
        }
    }
}

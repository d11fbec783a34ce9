package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.SessionInterrupted;
import io.cachewright.optimizer.connect.TargetUnreachable;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads everything that may be read from a server and its replicas.
public final class Collector {

    /// Enough PINGs in a window for a p99 without being a load.
    private static final Duration PING_INTERVAL = Duration.ofMillis(100);

    /// PINGs before the window, which are enough where there is none.
    private static final int PINGS_BEFORE = 20;

    private final HostReader hostReader = HostReader.ofThisMachine();

    /// Reads the session's server and its replicas within the plan. Refused and absent things are unavailable
    /// readings; only a server that cannot be asked at all throws, and that did so when the session was opened.
    ///
    /// @throws CollectionInterrupted when the calling thread is interrupted
    public Evidence collect(Session session, CollectionPlan plan, Progress progress) {
        try {
            return read(session, plan, progress);
        } catch (SessionInterrupted _) {
            throw new CollectionInterrupted();
        }
    }

    private Evidence read(Session session, CollectionPlan plan, Progress progress) {
        Instant startedAt = Instant.now();
        ProbeLedger ledger = new ProbeLedger(plan);
        NodeCollector primary = new NodeCollector(Inquiry.of(session, ledger));
        progress.step(primary.inquiry().node(), "reading INFO over " + seconds(plan.window()));
        begin(primary);
        List<Session> replicaSessions = new ArrayList<>();
        try {
            List<NodeCollector> nodes = new ArrayList<>(List.of(primary));
            for (Address replica : primary.onlineReplicas()) {
                openReplica(session, replica, ledger, progress).ifPresent(open -> {
                    replicaSessions.add(open);
                    NodeCollector node = new NodeCollector(Inquiry.of(open, ledger));
                    begin(node);
                    nodes.add(node);
                });
            }
            watch(nodes, plan.window());
            return new Evidence(
                    session.target().toString(),
                    version(),
                    startedAt,
                    Instant.now(),
                    readNodes(nodes, startedAt, plan, progress),
                    ledger.costs());
        } finally {
            replicaSessions.forEach(Session::close);
        }
    }

    private static void begin(NodeCollector node) {
        for (int i = 0; i < PINGS_BEFORE; i++) {
            node.ping();
        }
        node.beginWindow();
    }

    private static Optional<Session> openReplica(
            Session session, Address replica, ProbeLedger ledger, Progress progress) {
        progress.step(replica.toString(), "connecting to the replica");
        long start = System.nanoTime();
        try {
            return Optional.of(session.connectTo(replica));
        } catch (TargetUnreachable unreachable) {
            ledger.book(
                    replica.toString(),
                    "connect to the replica",
                    Tier.FREE,
                    0,
                    Duration.ofNanos(System.nanoTime() - start),
                    "not reached: " + unreachable.getMessage());
            return Optional.empty();
        }
    }

    /// Lets the window pass with nothing of our own but PINGs and one reading of INFO in the middle.
    private static void watch(List<NodeCollector> nodes, Duration window) {
        boolean isWorthWaiting = nodes.stream().anyMatch(NodeCollector::hasInfo);
        if (window.isZero() || !isWorthWaiting) {
            return;
        }
        pingFor(nodes, window.dividedBy(2));
        nodes.forEach(NodeCollector::readInfo);
        pingFor(nodes, window.dividedBy(2));
        nodes.forEach(NodeCollector::endWindow);
    }

    private static void pingFor(List<NodeCollector> nodes, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            nodes.forEach(NodeCollector::ping);
            sleep(Duration.ofNanos(Math.min(left, PING_INTERVAL.toNanos())));
        }
    }

    private List<NodeEvidence> readNodes(
            List<NodeCollector> nodes, Instant startedAt, CollectionPlan plan, Progress progress) {
        List<NodeEvidence> evidence = new ArrayList<>();
        for (NodeCollector replica : nodes.subList(1, nodes.size())) {
            progress.step(replica.inquiry().node(), "reading settings, logs and clients");
            evidence.add(replica.evidence(
                    startedAt,
                    () -> Reading.unavailable(Cause.NOT_COLLECTED, "a replica's keys are its primary's"),
                    hostReader));
        }
        progress.step(nodes.getFirst().inquiry().node(), "reading settings, logs and clients");
        evidence.addFirst(nodes.getFirst().evidence(startedAt, () -> keyspace(nodes, plan, progress), hostReader));
        return evidence;
    }

    /// The primary's keys, looked at on the first replica where there is one and the plan says so.
    private static Reading<KeyspaceSample> keyspace(List<NodeCollector> nodes, CollectionPlan plan, Progress progress) {
        NodeCollector primary = nodes.getFirst();
        NodeCollector source = plan.replicaFirst() && nodes.size() > 1 ? nodes.get(1) : primary;
        Inquiry asked = source.inquiry();
        Optional<String> obstacle = asked.obstacle(Tier.KEY_INSPECTION, 1);
        if (obstacle.isPresent()) {
            asked.ledger()
                    .book(asked.node(), KeyspaceReader.PROBE, Tier.KEY_INSPECTION, 0, Duration.ZERO, obstacle.get());
            return Reading.unavailable(Cause.NOT_COLLECTED, obstacle.get());
        }
        progress.step(asked.node(), "looking at up to " + plan.keysMax() + " keys");
        Reading<KeyspaceSample> sample =
                keysByDatabase(primary).flatMap(keys -> keyspace(primary, source, keys, plan, progress));
        // Without INFO other databases may hold keys that nobody looked for.
        return primary.window().isKnown() ? sample : sample.map(KeyspaceSample::asPart);
    }

    private static Reading<KeyspaceSample> keyspace(
            NodeCollector primary,
            NodeCollector source,
            Map<Integer, Long> keys,
            CollectionPlan plan,
            Progress progress) {
        try (Session own = source.inquiry().session().sibling()) {
            Inquiry inquiry = Inquiry.of(own, source.inquiry().ledger());
            // From Redis 7.2 on our looks do not count as accesses; older versions refuse, see KeyInspector.
            Reading<Reply> _ =
                    inquiry.askUnbooked(Tier.FREE, "CLIENT NO-TOUCH", reply -> reply, "CLIENT", "NO-TOUCH", "ON");
            long pingNanos = source.pings().medianNanos();
            Optional<String> accessesUnknown = source == primary
                    ? Optional.empty()
                    : Optional.of("read on a replica, which does not see who reads from its primary");
            Caution caution = new Caution(
                    inquiry,
                    Pacer.forServer(source.busyShare(), plan.busyShareMax(), pingNanos),
                    new CircuitBreaker(Duration.ofNanos(pingNanos), source.busyShare()));
            return new KeyspaceReader(
                            inquiry,
                            new KeyInspector(caution, source.isLfu(), accessesUnknown, System.nanoTime()),
                            caution,
                            progress,
                            plan.keysMax())
                    .read(keys);
        } catch (TargetUnreachable refused) {
            return Reading.unavailable(Cause.FAILED, "no second connection for the keys: " + refused.getMessage());
        }
    }

    /// Without INFO the current database counts, as it is the only one known.
    private static Reading<Map<Integer, Long>> keysByDatabase(NodeCollector primary) {
        Reading<Map<Integer, Long>> fromInfo = primary.window().map(window -> Databases.keys(window.last()));
        int current = primary.inquiry().session().target().database();
        return fromInfo.isKnown()
                ? fromInfo
                : primary.inquiry()
                        .<Map<Integer, Long>>ask(
                                Tier.FREE, "DBSIZE", reply -> Map.of(current, reply.integer()), "DBSIZE");
    }

    private static String version() {
        return Optional.ofNullable(Collector.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }

    private static String seconds(Duration window) {
        return window.toMillis() / 1_000.0 + " s";
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectionInterrupted();
        }
    }
}

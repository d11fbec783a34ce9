package io.cachewright.runtime.coherence;

import io.cachewright.runtime.coherence.LogPositions.Position;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs one random schedule of a link that catches up by its server's log after each gap, and looks in the end for
/// values that nobody will ever correct. The same seed gives the same schedule.
///
/* The server executes commands one by one; what it says in a turn leaves at its end, the answers before the
 * invalidations, as with the real one in broadcast mode. Its replica follows it at random; a failover puts the replica's state in its place,
 * so that the newest writes and their log entries are lost, and the ids of those entries are given again. The log is
 * cut at its beginning at random. Some schedules have a writer who logs nothing.
 */
final class LogSimulation implements LinkActions<Integer> {

    /// Mistakes in catching up, planted one at a time.
    enum Bug {
        NONE,
        /// What is found at the end of the log counts at once, although its invalidation may be behind the answer.
        POSITION_BEFORE_HEARTBEAT,
        /// An entry is known by its id alone.
        ID_WITHOUT_MARK,
        /// What was read after the position is kept too.
        LATER_FILLS_KEPT,
        /// A log that begins after the position counts as one that reaches back.
        TRIMMED_LOG_TRUSTED,
        /// The log is read before tracking is on.
        CAUGHT_UP_BEFORE_ARMED,
        /// A class that others write too is kept as well.
        OTHER_WRITERS_FORGOTTEN
    }

    private static final int KEYS = 2;
    private static final int READERS = 2;
    private static final int STEPS = 160;
    private static final int QUIET_STEPS_MAX = 4_000;
    private static final int BURST_MAX = 4;
    private static final int EXPIRED_ONE_IN = 16;
    private static final int LOG_MAX = 128;
    private static final Integer LOG = 0;
    private static final LinkBounds BOUNDS = new LinkBounds(10, 60, 30, 80, 2, 8, 200, 64, 4);

    private static final int ARM = 1;
    private static final int RANGE = 2;
    private static final int LAST = 3;
    private static final int GET = 4;
    private static final int PING = 5;
    private static final int INVALIDATE = 6;

    /// A server, or what its replica has of it. Entries of the log are numbers: their id is their place.
    private static final class State {
        final int[] value = new int[KEYS];
        final int[] mark = new int[LOG_MAX];
        final int[] keyOf = new int[LOG_MAX];
        int logFirst;
        int logEnd;

        void reset() {
            Arrays.fill(value, 0);
            logFirst = 0;
            logEnd = 0;
        }

        void copy(State other) {
            System.arraycopy(other.value, 0, value, 0, KEYS);
            System.arraycopy(other.mark, 0, mark, 0, other.logEnd);
            System.arraycopy(other.keyOf, 0, keyOf, 0, other.logEnd);
            logFirst = other.logFirst;
            logEnd = other.logEnd;
        }
    }

    private final Bug bug;
    private final SimRandom random = new SimRandom();
    private final State server = new State();
    private final State replica = new State();
    private final LongRing toServer = new LongRing();
    private final LongRing toClient = new LongRing();
    private final LongRing answersOfTurn = new LongRing();
    private final LongRing turn = new LongRing();

    private final int[] storedValue = new int[KEYS];
    private final long[] storedEpoch = new long[KEYS];
    private final long[] storedArrival = new long[KEYS];
    private final @Nullable Lease<?>[] leases = new Lease<?>[READERS];
    private final int[] answers = new int[READERS];
    private final boolean[] isAnswered = new boolean[READERS];

    private LinkCoherence<Integer> link = new LinkCoherence<>(BOUNDS, this, random, 0);
    private LogPositions<Integer> positions = new LogPositions<>(1);
    private int values;
    private long time;
    private boolean isConnected;
    private boolean isTracking;
    private boolean hasOthers;
    private long nextHeartbeat;
    private long armSentAt;
    private long caughtUp;

    LogSimulation(Bug bug) {
        this.bug = bug;
    }

    /// Runs the schedule of `seed`; what is wrong, or null.
    @Nullable
    String run(long seed) {
        reset(seed);
        for (int i = 0; i < STEPS; i++) {
            time += 1 + random.below(4);
            step(random.below(32));
        }
        return quiesce(seed);
    }

    private void reset(long seed) {
        random.reset(seed);
        server.reset();
        replica.reset();
        toServer.clear();
        toClient.clear();
        answersOfTurn.clear();
        turn.clear();
        Arrays.fill(storedValue, -1);
        Arrays.fill(leases, null);
        positions = new LogPositions<>(1);
        values = 0;
        time = 1_000;
        isConnected = false;
        isTracking = false;
        hasOthers = random.oneIn(4);
        nextHeartbeat = 0;
        caughtUp = 0;
        link = new LinkCoherence<>(BOUNDS, this, random, time);
        write(0);
        write(1);
        replica.copy(server);
        link.tick(time);
        for (int i = 0; i < 8; i++) {
            execute();
            endTurn();
            receive();
        }
    }

    private void step(int draw) {
        switch (draw) {
            case 0, 1 -> write(random.below(KEYS));
            case 2 -> {
                if (hasOthers) {
                    change(random.below(KEYS));
                }
            }
            case 3, 4, 5, 6, 7, 8 -> repeatedly(this::execute);
            case 9, 10, 11 -> endTurn();
            case 12, 13, 14, 15, 16, 17 -> repeatedly(this::receive);
            case 18 -> {
                if (random.oneIn(2)) {
                    cut();
                }
            }
            case 19 -> replica.copy(server);
            case 20 -> {
                if (random.oneIn(3)) {
                    failOver();
                }
            }
            case 21 -> server.logFirst = random.oneIn(6) ? random.below(server.logEnd + 1) : server.logFirst;
            case 22, 23, 24, 25 -> link.tick(time);
            default -> read(random.below(READERS));
        }
    }

    private void repeatedly(Runnable move) {
        int times = 1 + random.below(BURST_MAX);
        for (int i = 0; i < times; i++) {
            move.run();
        }
    }

    private @Nullable String quiesce(long seed) {
        long quietSince = time;
        for (int i = 0; i < QUIET_STEPS_MAX; i++) {
            time++;
            execute();
            endTurn();
            receive();
            link.tick(time);
            for (int reader = 0; reader < READERS; reader++) {
                if (leases[reader] != null) {
                    read(reader);
                }
            }
            boolean isProved = link.proof().provedNanos() > quietSince;
            if (isProved
                    && link.state() == LinkState.LIVE
                    && toClient.isEmpty()
                    && turn.isEmpty()
                    && answersOfTurn.isEmpty()) {
                break;
            }
        }
        for (int key = 0; key < KEYS; key++) {
            if (storedValue[key] >= 0
                    && storedEpoch[key] >= link.proof().epoch()
                    && storedValue[key] != server.value[key]) {
                return bug + ", seed " + seed + ": key " + key + " is stale for good with " + storedValue[key]
                        + ", not " + server.value[key];
            }
        }
        return null;
    }

    // The server

    private void write(int key) {
        if (server.logEnd < LOG_MAX) {
            change(key);
            server.mark[server.logEnd] = values;
            server.keyOf[server.logEnd] = key;
            server.logEnd++;
        }
    }

    private void change(int key) {
        server.value[key] = ++values;
        turn.add(Message.of(INVALIDATE, 0, key, 0, 0));
    }

    private void execute() {
        if (!isConnected || toServer.isEmpty()) {
            return;
        }
        long message = toServer.remove();
        long generation = Message.generation(message);
        switch (Message.kind(message)) {
            case ARM -> {
                isTracking = true;
                answersOfTurn.add(message);
            }
            case RANGE -> answersOfTurn.add(Message.of(RANGE, generation, 0, 0, range(Message.number(message))));
            case LAST -> {
                if (server.logEnd > server.logFirst) {
                    int last = server.logEnd - 1;
                    answersOfTurn.add(Message.of(LAST, generation, 0, 0, (long) last << 16 | server.mark[last]));
                }
            }
            case GET -> {
                int key = Message.key(message);
                answersOfTurn.add(Message.of(GET, generation, key, Message.reader(message), server.value[key]));
            }
            case PING -> answersOfTurn.add(message);
            default -> throw new IllegalStateException("no command: " + Message.kind(message));
        }
    }

    /// Which keys were written since the entry that `wanted` names by id and mark, as bits; with a bit above them when
    /// the entry is there.
    private long range(long wanted) {
        int id = (int) (wanted >> 16);
        int mark = (int) (wanted & 0xFFFF);
        boolean isThere = id >= server.logFirst && id < server.logEnd;
        boolean isSame = isThere && (bug == Bug.ID_WITHOUT_MARK || server.mark[id] == mark);
        boolean isTrusted = isSame || (bug == Bug.TRIMMED_LOG_TRUSTED && server.logEnd > id && !isThere);
        long keys = 0;
        for (int i = Math.max(id + 1, server.logFirst); i < server.logEnd; i++) {
            keys |= 1L << server.keyOf[i];
        }
        return isTrusted ? keys | 1L << KEYS : 0;
    }

    private void endTurn() {
        while (!answersOfTurn.isEmpty()) {
            toClient.add(answersOfTurn.remove());
        }
        while (!turn.isEmpty()) {
            long invalidation = turn.remove();
            if (isConnected && isTracking) {
                toClient.add(invalidation);
            }
        }
    }

    private void cut() {
        if (isConnected) {
            isConnected = false;
            isTracking = false;
            toServer.clear();
            toClient.clear();
            answersOfTurn.clear();
            link.disconnected(link.generation(), time);
        }
    }

    private void failOver() {
        cut();
        server.copy(replica);
        turn.clear();
    }

    // The client

    private void receive() {
        if (toClient.isEmpty()) {
            return;
        }
        long message = toClient.remove();
        long generation = Message.generation(message);
        switch (Message.kind(message)) {
            case ARM -> {
                if (bug == Bug.CAUGHT_UP_BEFORE_ARMED) {
                    armed(generation);
                }
            }
            case RANGE -> {
                caughtUp = Message.number(message);
                if (bug != Bug.CAUGHT_UP_BEFORE_ARMED) {
                    armed(generation);
                }
            }
            case LAST -> {
                long found = Message.number(message);
                Position position =
                        new Position(Long.toString(found >> 16), Long.toString(found & 0xFFFF), link.arrivals());
                positions.found(LOG, position, nextHeartbeat);
                if (bug == Bug.POSITION_BEFORE_HEARTBEAT) {
                    positions.heartbeatAnswered(nextHeartbeat);
                }
            }
            case GET -> answered(message);
            case PING -> {
                link.heartbeatAnswered(generation, Message.number(message), time);
                positions.heartbeatAnswered(Message.number(message));
            }
            case INVALIDATE -> {
                link.invalidated(Message.key(message));
                positions.touched(LOG);
            }
            default -> throw new IllegalStateException("no message: " + Message.kind(message));
        }
    }

    private void armed(long generation) {
        long before = link.proof().epoch();
        Position from = positions.at(LOG).orElse(null);
        link.armed(generation, armSentAt, time);
        long now = link.proof().epoch();
        boolean isProved = (caughtUp >> KEYS & 1) == 1 && (!hasOthers || bug == Bug.OTHER_WRITERS_FORGOTTEN);
        if (now == before || from == null || !isProved) {
            positions.restart();
            return;
        }
        for (int key = 0; key < KEYS; key++) {
            boolean isCovered = storedArrival[key] <= from.arrivals() || bug == Bug.LATER_FILLS_KEPT;
            if (storedValue[key] >= 0 && storedEpoch[key] == before && isCovered && (caughtUp >> key & 1) == 0) {
                storedEpoch[key] = now;
            }
        }
        positions.restart();
    }

    private void answered(long message) {
        int reader = Message.reader(message);
        Lease<Integer> lease = lease(reader);
        if (lease != null && lease.key() == Message.key(message) && lease.generation() == link.generation()) {
            link.answered(lease, time);
            positions.touched(LOG);
            answers[reader] = (int) Message.number(message);
            isAnswered[reader] = true;
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable Lease<Integer> lease(int reader) {
        return (Lease<Integer>) leases[reader];
    }

    /// One step of a reader: asks, or stores what has come.
    private void read(int reader) {
        Lease<Integer> lease = lease(reader);
        boolean isArmed = link.state() == LinkState.LIVE || link.state() == LinkState.SUSPECT;
        if (lease == null) {
            if (isArmed) {
                int key = random.below(KEYS);
                boolean isHit = storedValue[key] >= 0
                        && storedEpoch[key] >= link.proof().epoch();
                if (isHit && !random.oneIn(EXPIRED_ONE_IN)) {
                    return;
                }
                leases[reader] = link.lease(key, time);
                isAnswered[reader] = false;
                send(Message.of(GET, link.generation(), key, reader, 0));
            }
        } else if (isAnswered[reader]) {
            if (link.mayStore(lease)) {
                storedValue[lease.key()] = answers[reader];
                storedEpoch[lease.key()] = link.proof().epoch();
                storedArrival[lease.key()] = lease.arrival();
            }
            leases[reader] = null;
        } else if (lease.generation() != link.generation() || !isArmed) {
            link.abandon(lease);
            leases[reader] = null;
        }
    }

    private void send(long message) {
        if (isConnected) {
            toServer.add(message);
        }
    }

    // What the link asks for

    @Override
    public void connect(long generation) {
        isConnected = true;
        isTracking = false;
        toServer.clear();
        toClient.clear();
        answersOfTurn.clear();
        nextHeartbeat = 0;
        armSentAt = time;
        caughtUp = 0;
        Map<Integer, Position> known = positions.known();
        Position from = known.get(LOG);
        long wanted = from == null ? 0xFFFFL << 16 : Long.parseLong(from.id()) << 16 | Long.parseLong(from.mark());
        long arm = Message.of(ARM, generation, 0, 0, 0);
        long range = Message.of(RANGE, generation, 0, 0, wanted);
        send(bug == Bug.CAUGHT_UP_BEFORE_ARMED ? range : arm);
        send(bug == Bug.CAUGHT_UP_BEFORE_ARMED ? arm : range);
    }

    @Override
    public void heartbeat(long generation, long id) {
        nextHeartbeat = id + 1;
        if (!positions.takeDue(1).isEmpty()) {
            send(Message.of(LAST, generation, 0, 0, 0));
        }
        send(Message.of(PING, generation, 0, 0, id));
    }

    @Override
    public void close(long generation) {
        isConnected = false;
        isTracking = false;
        toServer.clear();
        toClient.clear();
        answersOfTurn.clear();
    }

    @Override
    public void drop(Integer key) {
        storedValue[key] = -1;
    }

    @Override
    public void dropBefore(long epoch) {
        // Readers compare epochs.
    }

    @Override
    public void changed(LinkState state) {
        if (state == LinkState.GAP) {
            positions.lost();
        }
    }
}

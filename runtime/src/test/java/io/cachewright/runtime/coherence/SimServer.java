package io.cachewright.runtime.coherence;

import java.util.Arrays;

/// A model of one server and the network to one client: keys that hold increasing versions, tracking, and an event loop
/// that answers commands at once but acknowledges and (in broadcast mode) invalidates at the end of its turn.
final class SimServer {

    static final int KEYS = 2;
    private static final int VERSIONS_MAX = 256;
    private static final int VERSION_BITS = 8;
    private static final long UNACKNOWLEDGED = Long.MAX_VALUE;

    /// A version that does not expire.
    static final long NEVER = Long.MAX_VALUE;

    /// What an answer says of the time to live of a version that does not expire; beyond the end of each schedule.
    private static final long LEFT_FOR_EVER = (1 << 28) - 1;

    /// The same for the absence of a key that has expired.
    private static final long LEFT_ABSENT = LEFT_FOR_EVER - 1;

    private static final long ABSENT = NEVER - 1;

    final LongRing toServer = new LongRing();
    final LongRing toClient = new LongRing();

    private final int[] version = new int[KEYS];
    private final long[][] acknowledgedAt = new long[KEYS][VERSIONS_MAX];
    private final long[][] expiresAt = new long[KEYS][VERSIONS_MAX];
    private final LongRing unacknowledged = new LongRing();
    /// What is said in a turn, where it leaves at its end.
    private final LongRing saidInTurn = new LongRing();
    private final LongRing queuedInvalidations = new LongRing();

    private boolean isBroadcast;
    private boolean speaksAtTurnsEnd;
    private boolean isConnected;
    private boolean isTracking;
    private long generation;

    /// While a hole is open nothing passes either way, and nobody is told.
    boolean hole;

    /// @param isSpeakingAtTurnsEnd whether nothing is sent before the end of the turn, as with the real one: less may
    ///     happen then, so that more can be asked of a client
    void reset(boolean broadcast, boolean isSpeakingAtTurnsEnd) {
        toServer.clear();
        toClient.clear();
        unacknowledged.clear();
        saidInTurn.clear();
        queuedInvalidations.clear();
        Arrays.fill(version, 0);
        for (long[] times : acknowledgedAt) {
            Arrays.fill(times, 0, 32, UNACKNOWLEDGED);
            times[0] = Long.MIN_VALUE;
        }
        for (long[] times : expiresAt) {
            times[0] = NEVER;
        }
        isBroadcast = broadcast;
        speaksAtTurnsEnd = isSpeakingAtTurnsEnd;
        isConnected = false;
        isTracking = false;
        generation = 0;
        hole = false;
    }

    int version(int key) {
        return version[key];
    }

    /// Whether a version after `seen` was acknowledged before `instant`: then a value that claims to be current as of
    /// `instant` lies.
    boolean isOlderThan(int key, int seen, long instant) {
        return seen < version[key] && acknowledgedAt[key][seen + 1] < instant;
    }

    /// Whether version `seen` had expired before `instant`. Nobody is told before somebody looks.
    boolean hadExpired(int key, int seen, long instant) {
        return expiresAt[key][seen] < instant;
    }

    void write(int key, long expires) {
        change(key, expires);
        invalidate(Message.of(Message.INVALIDATE, generation, key, 0, 0));
    }

    private void change(int key, long expires) {
        int next = ++version[key];
        if ((next & 31) == 0) {
            Arrays.fill(acknowledgedAt[key], next, next + 32, UNACKNOWLEDGED);
        }
        expiresAt[key][next] = expires;
        unacknowledged.add(Message.of(0, 0, key, 0, next));
    }

    void flushAll() {
        for (int key = 0; key < KEYS; key++) {
            change(key, NEVER);
        }
        if (isTracking) {
            say(Message.of(Message.INVALIDATE_ALL, generation, 0, 0, 0));
        }
    }

    /// A fresh connection in place of whatever was there.
    void connect(long newGeneration) {
        cut();
        isConnected = true;
        toServer.add(Message.of(Message.CONNECT, newGeneration, 0, 0, 0));
    }

    /// Puts a command on the wire; on a broken connection it is lost.
    void send(long message) {
        if (isConnected) {
            toServer.add(message);
        }
    }

    /// Takes one command off the wire.
    void execute(long message, long now) {
        switch (Message.kind(message)) {
            case Message.CONNECT -> {
                generation = Message.generation(message);
                isTracking = false;
            }
            case Message.ARM -> {
                isTracking = true;
                say(Message.of(Message.ARMED, generation, 0, 0, Message.number(message)));
            }
            case Message.GET -> get(Message.key(message), Message.reader(message), now);
            case Message.PING -> say(Message.of(Message.PONG, generation, 0, 0, Message.number(message)));
            default -> throw new IllegalStateException("no command: " + Message.kind(message));
        }
    }

    /// What has expired is found out by who looks; that it has changed is said behind his answer.
    private void get(int key, int reader, long now) {
        boolean isExpired = expiresAt[key][version[key]] <= now;
        if (isExpired) {
            change(key, ABSENT);
        }
        long left = left(expiresAt[key][version[key]], now);
        say(Message.of(Message.ANSWER, generation, key, reader, left << VERSION_BITS | version[key]));
        if (isExpired) {
            invalidate(Message.of(Message.INVALIDATE, generation, key, 0, 0));
        }
    }

    private static long left(long expires, long now) {
        return expires == NEVER ? LEFT_FOR_EVER : expires == ABSENT ? LEFT_ABSENT : expires - now;
    }

    /// Of an answer: the version that was read.
    static int version(long answer) {
        return (int) Message.number(answer) & VERSIONS_MAX - 1;
    }

    /// Of an answer: how long it had to live.
    static long left(long answer) {
        return Message.number(answer) >>> VERSION_BITS;
    }

    static boolean isAbsent(long left) {
        return left == LEFT_ABSENT;
    }

    /// The end of a turn: answers first, then invalidations, then the writers hear that their writes are done.
    void endTurn(long now) {
        while (!saidInTurn.isEmpty()) {
            toClient.add(saidInTurn.remove());
        }
        while (!queuedInvalidations.isEmpty()) {
            long invalidation = queuedInvalidations.remove();
            if (isTracking && Message.generation(invalidation) == (generation & 0xFFFF)) {
                toClient.add(invalidation);
            }
        }
        while (!unacknowledged.isEmpty()) {
            long write = unacknowledged.remove();
            acknowledgedAt[Message.key(write)][(int) Message.number(write)] = now;
        }
    }

    boolean isQuiet() {
        return toServer.isEmpty()
                && toClient.isEmpty()
                && saidInTurn.isEmpty()
                && queuedInvalidations.isEmpty()
                && unacknowledged.isEmpty();
    }

    /// The connection is gone; what was on its way is lost.
    void cut() {
        toServer.clear();
        toClient.clear();
        saidInTurn.clear();
        isConnected = false;
        isTracking = false;
    }

    private void say(long message) {
        if (speaksAtTurnsEnd) {
            saidInTurn.add(message);
        } else {
            toClient.add(message);
        }
    }

    private void invalidate(long message) {
        if (isBroadcast) {
            queuedInvalidations.add(message);
        } else if (isTracking) {
            say(message);
        }
    }
}

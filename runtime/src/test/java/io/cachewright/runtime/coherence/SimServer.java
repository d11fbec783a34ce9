package io.cachewright.runtime.coherence;

import java.util.Arrays;

/// A model of one server and the network to one client: keys that hold increasing versions, tracking, and an event loop
/// that answers commands at once but acknowledges and (in broadcast mode) invalidates at the end of its turn.
final class SimServer {

    static final int KEYS = 2;
    private static final int VERSIONS_MAX = 256;
    private static final long UNACKNOWLEDGED = Long.MAX_VALUE;

    final LongRing toServer = new LongRing();
    final LongRing toClient = new LongRing();

    private final int[] version = new int[KEYS];
    private final long[][] acknowledgedAt = new long[KEYS][VERSIONS_MAX];
    private final LongRing unacknowledged = new LongRing();
    private final LongRing queuedInvalidations = new LongRing();

    private boolean isBroadcast;
    private boolean isConnected;
    private boolean isTracking;
    private long generation;

    /// While a hole is open nothing passes either way, and nobody is told.
    boolean hole;

    void reset(boolean broadcast) {
        toServer.clear();
        toClient.clear();
        unacknowledged.clear();
        queuedInvalidations.clear();
        Arrays.fill(version, 0);
        for (long[] times : acknowledgedAt) {
            Arrays.fill(times, 0, 32, UNACKNOWLEDGED);
            times[0] = Long.MIN_VALUE;
        }
        isBroadcast = broadcast;
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

    void write(int key) {
        int next = ++version[key];
        if ((next & 31) == 0) {
            Arrays.fill(acknowledgedAt[key], next, next + 32, UNACKNOWLEDGED);
        }
        unacknowledged.add(Message.of(0, 0, key, 0, next));
        invalidate(Message.of(Message.INVALIDATE, generation, key, 0, 0));
    }

    void flushAll() {
        for (int key = 0; key < KEYS; key++) {
            int next = ++version[key];
            if ((next & 31) == 0) {
                Arrays.fill(acknowledgedAt[key], next, next + 32, UNACKNOWLEDGED);
            }
            unacknowledged.add(Message.of(0, 0, key, 0, next));
        }
        if (isTracking) {
            toClient.add(Message.of(Message.INVALIDATE_ALL, generation, 0, 0, 0));
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
    void execute(long message) {
        switch (Message.kind(message)) {
            case Message.CONNECT -> {
                generation = Message.generation(message);
                isTracking = false;
            }
            case Message.ARM -> {
                isTracking = true;
                toClient.add(Message.of(Message.ARMED, generation, 0, 0, Message.number(message)));
            }
            case Message.GET -> {
                int key = Message.key(message);
                toClient.add(Message.of(Message.ANSWER, generation, key, Message.reader(message), version[key]));
            }
            case Message.PING -> toClient.add(Message.of(Message.PONG, generation, 0, 0, Message.number(message)));
            default -> throw new IllegalStateException("no command: " + Message.kind(message));
        }
    }

    /// The end of a turn: invalidations first, then the writers hear that their writes are done.
    void endTurn(long now) {
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
        return toServer.isEmpty() && toClient.isEmpty() && queuedInvalidations.isEmpty() && unacknowledged.isEmpty();
    }

    /// The connection is gone; what was on its way is lost.
    void cut() {
        toServer.clear();
        toClient.clear();
        isConnected = false;
        isTracking = false;
    }

    private void invalidate(long message) {
        if (isBroadcast) {
            queuedInvalidations.add(message);
        } else if (isTracking) {
            toClient.add(message);
        }
    }
}

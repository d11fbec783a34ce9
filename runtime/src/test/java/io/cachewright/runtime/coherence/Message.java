package io.cachewright.runtime.coherence;

/// A message of the simulated network in one long: kind, key, the version or sequence it carries, generation.
final class Message {

    static final int CONNECT = 1;
    static final int ARMED = 2;
    static final int GET = 3;
    static final int ANSWER = 4;
    static final int PING = 5;
    static final int PONG = 6;
    static final int INVALIDATE = 7;
    static final int INVALIDATE_ALL = 8;
    static final int DISCONNECTED = 9;
    static final int ARM = 10;

    private Message() {}

    static long of(int kind, long generation, int key, int reader, long number) {
        return (long) kind << 60 | (generation & 0xFFFF) << 44 | (long) key << 40 | (long) reader << 36 | number;
    }

    static int kind(long message) {
        return (int) (message >>> 60);
    }

    static long generation(long message) {
        return message >>> 44 & 0xFFFF;
    }

    static int key(long message) {
        return (int) (message >>> 40 & 0xF);
    }

    static int reader(long message) {
        return (int) (message >>> 36 & 0xF);
    }

    static long number(long message) {
        return message & 0xF_FFFF_FFFFL;
    }
}

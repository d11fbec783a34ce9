package io.cachewright.runtime.coherence;

/// A first-in first-out queue of longs with a fixed bound, so that schedules allocate nothing.
final class LongRing {

    private static final int SIZE = 256;

    private final long[] slots = new long[SIZE];
    private int head;
    private int tail;

    void add(long value) {
        if (size() == SIZE) {
            throw new IllegalStateException("a schedule must not queue more than " + SIZE + " messages");
        }
        slots[tail++ & SIZE - 1] = value;
    }

    long remove() {
        return slots[head++ & SIZE - 1];
    }

    int size() {
        return tail - head;
    }

    boolean isEmpty() {
        return head == tail;
    }

    void clear() {
        head = 0;
        tail = 0;
    }
}

package io.cachewright.lab.load;

import java.util.Arrays;

/// The commands of one connection that await their reply, oldest first: when each was due, and its operation.
final class InFlight {

    private static final int CAPACITY = 16;

    private long[] dueNanos = new long[CAPACITY];
    private int[] operations = new int[CAPACITY];
    private int head;
    private int size;

    void add(long due, int operation) {
        if (size == dueNanos.length) {
            grow();
        }
        int at = (head + size) & (dueNanos.length - 1);
        dueNanos[at] = due;
        operations[at] = operation;
        size++;
    }

    int size() {
        return size;
    }

    /// Of the oldest.
    long dueNanos() {
        return dueNanos[head];
    }

    /// Of the one that is `fromNewest` before the newest.
    long dueNanosBefore(int fromNewest) {
        return dueNanos[(head + size - 1 - fromNewest) & (dueNanos.length - 1)];
    }

    int operationBefore(int fromNewest) {
        return operations[(head + size - 1 - fromNewest) & (operations.length - 1)];
    }

    /// Of the oldest.
    int operation() {
        return operations[head];
    }

    void removeOldest() {
        head = (head + 1) & (dueNanos.length - 1);
        size--;
    }

    private void grow() {
        long[] oldDue = dueNanos;
        int[] oldOperations = operations;
        dueNanos = Arrays.copyOf(oldDue, 2 * oldDue.length);
        operations = Arrays.copyOf(oldOperations, 2 * oldOperations.length);
        // The ring continues behind its old end instead of at its start.
        System.arraycopy(oldDue, 0, dueNanos, oldDue.length, head);
        System.arraycopy(oldOperations, 0, operations, oldOperations.length, head);
    }
}

package io.cachewright.sizing.curve;

import java.util.Arrays;

/// Positions of holes, the highest first: a binary heap.
final class Holes {

    private int[] heap = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int top() {
        return heap[0];
    }

    void clear() {
        size = 0;
    }

    void add(int position) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int at = size++;
        while (at > 0 && heap[(at - 1) / 2] < position) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = position;
    }

    void removeTop() {
        int moved = heap[--size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= moved) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moved;
    }
}

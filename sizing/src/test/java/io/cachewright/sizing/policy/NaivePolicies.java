package io.cachewright.sizing.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policies once more, written from their papers with lists and maps and without regard to speed, as oracles.
final class NaivePolicies {

    private NaivePolicies() {}

    interface Naive {
        boolean access(int key, int bytes);
    }

    /// NSDI 2024, algorithm 1; the list's end is the queue's tail, where the oldest are.
    static final class Sieve implements Naive {
        private static final class Node {
            final int key;
            int bytes;
            boolean visited;

            Node(int key, int bytes) {
                this.key = key;
                this.bytes = bytes;
            }
        }

        private final List<Node> queue = new ArrayList<>();
        private final long capacity;
        private @Nullable Node hand;

        Sieve(long capacity) {
            this.capacity = capacity;
        }

        @Override
        public boolean access(int key, int bytes) {
            for (Node node : queue) {
                if (node.key == key) {
                    node.visited = true;
                    node.bytes = bytes;
                    while (used() > capacity) {
                        evict();
                    }
                    return true;
                }
            }
            if (bytes <= capacity) {
                while (used() + bytes > capacity) {
                    evict();
                }
                queue.addFirst(new Node(key, bytes));
            }
            return false;
        }

        private void evict() {
            int at = hand == null ? queue.size() - 1 : queue.indexOf(hand);
            while (queue.get(at).visited) {
                queue.get(at).visited = false;
                at = at == 0 ? queue.size() - 1 : at - 1;
            }
            hand = at == 0 ? null : queue.get(at - 1);
            queue.remove(at);
        }

        private long used() {
            return queue.stream().mapToLong(node -> node.bytes).sum();
        }
    }

    /// SOSP 2023, algorithm 1; who moves to the main queue starts there as never asked for.
    static final class S3Fifo implements Naive {
        private final Deque<Integer> small = new ArrayDeque<>();
        private final Deque<Integer> main = new ArrayDeque<>();
        private final LinkedHashSet<Integer> ghosts = new LinkedHashSet<>();
        private final Map<Integer, Integer> bytesOf = new HashMap<>();
        private final Map<Integer, Integer> frequency = new HashMap<>();
        private final long capacity;
        private final long smallTarget;

        S3Fifo(long capacity) {
            this.capacity = capacity;
            this.smallTarget = Math.max(1, capacity / 10);
        }

        @Override
        public boolean access(int key, int bytes) {
            if (small.contains(key) || main.contains(key)) {
                frequency.merge(key, 1, (now, one) -> Math.min(3, now + one));
                bytesOf.put(key, bytes);
                while (bytes(small) + bytes(main) > capacity) {
                    evict();
                }
                return true;
            }
            if (bytes > capacity) {
                return false;
            }
            while (bytes(small) + bytes(main) + bytes > capacity) {
                evict();
            }
            boolean known = ghosts.remove(key);
            bytesOf.put(key, bytes);
            frequency.put(key, 0);
            (known ? main : small).addFirst(key);
            return false;
        }

        private void evict() {
            if (bytes(small) >= smallTarget || main.isEmpty()) {
                evictSmall();
            } else {
                evictMain();
            }
        }

        private void evictSmall() {
            boolean evicted = false;
            while (!evicted && !small.isEmpty()) {
                int tail = small.removeLast();
                if (frequency.getOrDefault(tail, 0) > 1) {
                    frequency.put(tail, 0);
                    main.addFirst(tail);
                    if (bytes(main) > capacity - smallTarget) {
                        evictMain();
                    }
                } else {
                    ghosts.addLast(tail);
                    while (bytes(ghosts) > capacity - smallTarget) {
                        ghosts.removeFirst();
                    }
                    evicted = true;
                }
            }
        }

        private void evictMain() {
            boolean evicted = false;
            while (!evicted && !main.isEmpty()) {
                int tail = main.removeLast();
                if (frequency.getOrDefault(tail, 0) > 0) {
                    frequency.merge(tail, -1, Integer::sum);
                    main.addFirst(tail);
                } else {
                    evicted = true;
                }
            }
        }

        private long bytes(Iterable<Integer> keys) {
            long sum = 0;
            for (int key : keys) {
                sum += bytesOf.getOrDefault(key, 0);
            }
            return sum;
        }
    }

    /// ToS 2017 with exact counts in place of the sketch: 1 % window, four fifths of the rest protected.
    static final class WTinyLfu implements Naive {
        private final LinkedHashSet<Integer> window = new LinkedHashSet<>();
        private final LinkedHashSet<Integer> probation = new LinkedHashSet<>();
        private final LinkedHashSet<Integer> guarded = new LinkedHashSet<>();
        private final Map<Integer, Integer> counts = new HashMap<>();
        private final int windowMax;
        private final int mainMax;
        private final int guardedMax;
        private final int sampleMax;
        private int counted;

        /// Of entries of one byte each.
        WTinyLfu(int capacity) {
            windowMax = Math.max(1, capacity / 100);
            mainMax = capacity - windowMax;
            guardedMax = mainMax * 8 / 10;
            sampleMax = 10 * Math.max(16, capacity);
        }

        @Override
        public boolean access(int key, int bytes) {
            if (counts.merge(key, 1, (now, one) -> Math.min(15, now + one)) <= 15 && ++counted == sampleMax) {
                counts.replaceAll((_, count) -> count / 2);
                counted /= 2;
            }
            if (window.remove(key)) {
                window.addLast(key);
                return true;
            }
            if (guarded.remove(key) || probation.remove(key)) {
                guarded.addLast(key);
                if (guarded.size() > guardedMax) {
                    probation.addLast(guarded.removeFirst());
                }
                return true;
            }
            window.addLast(key);
            if (window.size() > windowMax) {
                int candidate = window.removeFirst();
                if (probation.size() + guarded.size() < mainMax) {
                    probation.addLast(candidate);
                } else {
                    LinkedHashSet<Integer> victims = probation.isEmpty() ? guarded : probation;
                    if (counts.getOrDefault(candidate, 0) > counts.getOrDefault(victims.getFirst(), 0)) {
                        victims.removeFirst();
                        probation.addLast(candidate);
                    }
                }
            }
            return false;
        }
    }
}

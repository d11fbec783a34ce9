package io.cachewright.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What writers and readers did, and whether it can be true.
///
/* Each key has one writer, whose versions go up by one, so single-key questions are answered in near-linear time:
 * (1) no read is older than it claims: its next version was not acknowledged before the instant as of which it is
 * said to be current; (2) no read served as fresh claims an age above the bound of its class; (3) a strict read
 * misses nothing acknowledged before it began; (4) versions do not go back between a read that returned and one that
 * began later; (5) no read sees a version that nobody had begun to write. For strict reads (3), (4) and (5) together
 * are linearizability.
 */
final class History {

    /// What a reader saw who saw no value: one of the versions at which the key did not exist.
    static final int ABSENT = -1;

    /// When a write was acknowledged whose outcome nobody knows.
    static final long NEVER = Long.MIN_VALUE;

    private static final long TOLD_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// @param boundNanos of the class; negative for strict
    record Read(
            String key,
            int version,
            long invokedNanos,
            long returnedNanos,
            long ageNanos,
            long boundNanos,
            Source source) {

        /// Of an answer that has just been returned.
        static Read of(String key, long invokedNanos, Answer<Integer> answer, long boundNanos) {
            long returnedNanos = System.nanoTime();
            Integer version = answer.value();
            return new Read(
                    key,
                    version == null ? ABSENT : version,
                    invokedNanos,
                    returnedNanos,
                    answer.ageNanos(),
                    boundNanos,
                    answer.source());
        }
    }

    private record Write(long begunNanos, long acknowledgedNanos, boolean isAbsence) {
        boolean isAcknowledged() {
            return acknowledgedNanos != NEVER;
        }
    }

    private final Map<String, List<Write>> writes = new ConcurrentHashMap<>();
    private final List<Read> reads = new ArrayList<>();

    /// The next version of `key` was written; called by its one writer, in order.
    synchronized void wrote(String key, long begunNanos, long acknowledgedNanos) {
        writes.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Write(begunNanos, acknowledgedNanos, false));
    }

    /// The next version of `key` is that it does not exist.
    synchronized void deleted(String key, long begunNanos, long acknowledgedNanos) {
        writes.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Write(begunNanos, acknowledgedNanos, true));
    }

    synchronized void addAll(List<Read> more) {
        reads.addAll(more);
    }

    /// What one reader saw. The history has it after a moment, so that a test can wait for what the checker sees.
    final class Recorder implements AutoCloseable {
        private final List<Read> untold = new ArrayList<>();
        private long toldNanos = System.nanoTime();

        void add(Read read) {
            untold.add(read);
            if (System.nanoTime() - toldNanos > TOLD_WITHIN_NANOS) {
                close();
            }
        }

        @Override
        public void close() {
            addAll(untold);
            untold.clear();
            toldNanos = System.nanoTime();
        }
    }

    synchronized int size() {
        return reads.size();
    }

    synchronized long countOf(Source source) {
        return reads.stream().filter(read -> read.source == source).count();
    }

    /// Everything that cannot be true, first things first.
    synchronized List<String> violations() {
        return violations(reads, true);
    }

    /// Only where versions went back, whatever age was claimed.
    synchronized List<String> regressions() {
        return violations(reads, false);
    }

    /// What cannot be true of the reads that began after `nanos`.
    synchronized List<String> violationsAfter(long nanos) {
        return violations(
                reads.stream().filter(read -> read.invokedNanos - nanos > 0).toList(), true);
    }

    private List<String> violations(List<Read> checked, boolean checksAges) {
        List<String> found = new ArrayList<>();
        Map<String, List<Read>> byKey = new ConcurrentHashMap<>();
        checked.forEach(
                read -> byKey.computeIfAbsent(read.key, _ -> new ArrayList<>()).add(resolved(read)));
        byKey.forEach((key, ofKey) -> {
            List<Write> versions = writes.getOrDefault(key, List.of());
            if (checksAges) {
                ofKey.forEach(read -> checkAlone(read, versions, found));
            }
            checkMonotonic(ofKey, versions, found);
        });
        return found;
    }

    /// With the newest version that a reader of nothing can have seen, which is the one kindest to him.
    private Read resolved(Read read) {
        if (read.version != ABSENT) {
            return read;
        }
        List<Write> versions = writes.getOrDefault(read.key, List.of());
        int version = versions.size();
        while (version > 0
                && !(versions.get(version - 1).isAbsence
                        && versions.get(version - 1).begunNanos - read.returnedNanos <= 0)) {
            version--;
        }
        return new Read(
                read.key, version, read.invokedNanos, read.returnedNanos, read.ageNanos, read.boundNanos, read.source);
    }

    private static void checkAlone(Read read, List<Write> versions, List<String> found) {
        long asOf = read.invokedNanos - read.ageNanos;
        if (read.version > versions.size()
                || (read.version > 0 && versions.get(read.version - 1).begunNanos - read.returnedNanos > 0)) {
            found.add("read from the future: " + read);
            return;
        }
        int next = read.version;
        while (next < versions.size() && !versions.get(next).isAcknowledged()) {
            next++;
        }
        boolean hasNext = next < versions.size();
        long nextAcknowledged = hasNext ? versions.get(next).acknowledgedNanos : 0;
        if (hasNext && nextAcknowledged - asOf < 0) {
            found.add("older than claimed by " + (asOf - nextAcknowledged) / 1_000 + " us: " + read);
        }
        if (read.source == Source.NEAR && read.boundNanos >= 0 && read.ageNanos > read.boundNanos) {
            found.add("older than its class allows: " + read);
        }
        if (read.boundNanos < 0 && read.source != Source.STALE && hasNext && nextAcknowledged - read.invokedNanos < 0) {
            found.add("a strict read missed a write: " + read);
        }
    }

    /// A version that was never acknowledged may be lost again after it was seen.
    private static void checkMonotonic(List<Read> ofKey, List<Write> versions, List<String> found) {
        List<Read> byInvoke = new ArrayList<>(ofKey);
        byInvoke.sort(Comparator.comparingLong(Read::invokedNanos));
        List<Read> byReturn = new ArrayList<>(ofKey);
        byReturn.sort(Comparator.comparingLong(Read::returnedNanos));
        int newest = 0;
        int next = 0;
        for (Read read : byInvoke) {
            while (next < byReturn.size() && byReturn.get(next).returnedNanos - read.invokedNanos < 0) {
                int seen = byReturn.get(next).version;
                // One that nobody wrote is told of by itself.
                if (seen > newest
                        && seen <= versions.size()
                        && versions.get(seen - 1).isAcknowledged()) {
                    newest = seen;
                }
                next++;
            }
            if (read.version < newest) {
                found.add("went back from version " + newest + ": " + read);
            }
        }
    }
}

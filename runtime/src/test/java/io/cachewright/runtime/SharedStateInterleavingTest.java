package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkBounds;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.Proof;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What readers and the link share, under the interleavings that Lincheck tries one after another: at each access
/// of shared memory another thread may go on. That is the table that readers glance at, its entries, the proof
/// and its epoch, and the leases. Behind the table there is one entry and not the store, whose map is Caffeine's.
///
/// Version 1 is overwritten by one that is acknowledged at WRITTEN. So nobody may be served version 1 as current
/// as of WRITTEN or later. Lincheck takes memory to be in order; that the plain epoch is seen with its proof is
/// what `ProofTest` is for.
class SharedStateInterleavingTest {

    private static final String KEY = "quote:A";
    private static final long READ_EARLY = 5;
    private static final long WRITTEN = 10;
    private static final long BEAT = 20;
    private static final long GONE = Long.MIN_VALUE;

    private static final int SCENARIOS = 15;
    private static final int SCENARIOS_LONG = 1_000;
    private static final int SCENARIOS_TO_FIND = 200;
    private static final int SCHEDULES = 500;

    /// A link that is armed, and what it keeps.
    static class Table extends NoServer {
        final Glances<Integer> glances = new Glances<>(() -> 1);
        private @Nullable Entry<Integer> kept;
        final LinkCoherence<String> link = new LinkCoherence<>(
                LinkBounds.detectingWithin(Duration.ofMillis(250)), this, new SplittableRandom(1), 0);
        private long heartbeat;

        Table() {
            link.tick(0);
            arm(1);
        }

        synchronized void arm(long sentNanos) {
            link.armed(link.generation(), sentNanos, sentNanos);
        }

        synchronized Lease<String> read(long nanos) {
            return link.lease(KEY, nanos);
        }

        synchronized void answered(Lease<String> lease, long nanos) {
            link.answered(lease, nanos);
        }

        synchronized void keep(Lease<String> lease, int version) {
            if (mayStore(lease)) {
                Proof proof = link.proof();
                Entry<Integer> entry = new Entry<>(
                        KEY,
                        version,
                        version,
                        new Entry.Origin(proof, proof.epoch(), lease.issuedNanos(), lease.arrival(), true),
                        Long.MAX_VALUE / 2,
                        1);
                forget();
                kept = entry;
                glances.point(entry, 0);
            }
        }

        private void forget() {
            Entry<Integer> before = kept;
            if (before != null) {
                before.gone();
                glances.forget(before);
                kept = null;
            }
        }

        boolean mayStore(Lease<String> lease) {
            return link.mayStore(lease);
        }

        synchronized void invalidate() {
            link.invalidated(KEY);
        }

        /// A heartbeat that was sent at BEAT is answered.
        synchronized void beat() {
            link.wantProof(BEAT);
            link.heartbeatAnswered(link.generation(), heartbeat, BEAT);
        }

        synchronized void loseAndRestore() {
            link.disconnected(link.generation(), BEAT);
            link.tick(BEAT + Duration.ofSeconds(1).toNanos());
            arm(BEAT);
        }

        @Override
        public void heartbeat(long generation, long id) {
            heartbeat = id;
        }

        @Override
        public void drop(String key) {
            forget();
        }
    }

    /// Reads in the order that [Entry] asks for.
    private static long inOrder(Entry<Integer> entry) {
        long proved = entry.proof.provedNanos();
        return entry.isUsable() ? entry.currentAsOf(proved) : GONE;
    }

    private static long theOtherWayRound(Entry<Integer> entry) {
        return entry.isUsable() ? entry.currentAsOf(entry.proof.provedNanos()) : GONE;
    }

    /// What threads do, in any order and at once.
    abstract static class Steps {
        final Table table;
        private final Lease<String> early;

        Steps(Table table) {
            this.table = table;
            early = table.read(READ_EARLY);
            table.answered(early, READ_EARLY);
        }

        abstract long currentAsOf(Entry<Integer> entry);

        @Operation
        public void keepWhatWasReadEarly() {
            table.keep(early, 1);
        }

        @Operation
        public void invalidateAndProve() {
            table.invalidate();
            table.beat();
        }

        @Operation
        public void loseAndRestore() {
            table.loseAndRestore();
        }

        /// Whether what is served, as [NearCache#hit] serves it, may be.
        @Operation
        public boolean isHitSound() {
            Entry<Integer> entry = table.glances.of(KEY);
            return entry == null || currentAsOf(entry) < WRITTEN;
        }
    }

    public static final class Sound extends Steps {
        public Sound() {
            super(new Table());
        }

        @Override
        long currentAsOf(Entry<Integer> entry) {
            return inOrder(entry);
        }
    }

    public static final class AsksForTheProofLast extends Steps {
        public AsksForTheProofLast() {
            super(new Table());
        }

        @Override
        long currentAsOf(Entry<Integer> entry) {
            return theOtherWayRound(entry);
        }
    }

    public static final class FillsRegardless extends Steps {
        public FillsRegardless() {
            super(new Table() {
                @Override
                boolean mayStore(Lease<String> lease) {
                    super.mayStore(lease);
                    return true;
                }
            });
        }

        @Override
        long currentAsOf(Entry<Integer> entry) {
            return inOrder(entry);
        }
    }

    /// Every hit is sound, whatever the others do.
    public static final class Promise {
        public void keepWhatWasReadEarly() {
            // Nothing that a reader could see.
        }

        public void invalidateAndProve() {
            // Nothing that a reader could see.
        }

        public void loseAndRestore() {
            // Nothing that a reader could see.
        }

        public boolean isHitSound() {
            return true;
        }
    }

    private static ModelCheckingOptions scenarios(int count) {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .iterations(count)
                .invocationsPerIteration(SCHEDULES)
                .sequentialSpecification(Promise.class);
    }

    @Test
    void noInterleavingBreaksThePromise() {
        scenarios(SCENARIOS).check(Sound.class);
    }

    @Tag("long")
    @Test
    void noneOfManyInterleavingsBreaksThePromise() {
        scenarios(SCENARIOS_LONG).check(Sound.class);
    }

    @Test
    void aReaderWhoAsksForTheProofLastIsCaught() {
        assertThatThrownBy(() -> scenarios(SCENARIOS_TO_FIND).check(AsksForTheProofLast.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("isHitSound(): false");
    }

    @Test
    void aTableThatFillsRegardlessIsCaught() {
        assertThatThrownBy(() -> scenarios(SCENARIOS_TO_FIND).check(FillsRegardless.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("isHitSound(): false");
    }
}

package io.cachewright.runtime.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What one link publishes to readers without a lock.
class ProofTest {

    private static final int ROUNDS = 3_000_000;

    /// Each round begins an epoch and then proves an instant of the same number: who sees the proof must see the epoch,
    /// or he would take what an earlier link left for proved.
    @Test
    void whoSeesAProofSeesTheEpochThatItBelongsTo() throws Exception {
        Proof proof = new Proof(0);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> link = threads.submit(() -> {
                for (int i = 1; i <= ROUNDS; i++) {
                    proof.nextEpoch();
                    proof.advance(i);
                }
            });
            Future<Long> reader = threads.submit(() -> {
                long tooOld = 0;
                long proved = 0;
                while (proved < ROUNDS) {
                    proved = proof.provedNanos();
                    if (proof.epoch() < proved) {
                        tooOld++;
                    }
                }
                return tooOld;
            });
            link.get();
            assertThat(reader.get()).isZero();
        }
    }
}

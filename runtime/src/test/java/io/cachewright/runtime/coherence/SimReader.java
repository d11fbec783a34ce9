package io.cachewright.runtime.coherence;

import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One application thread of the simulated client: a read, taken apart into the steps between which others may run.
final class SimReader {

    /// Greatest age of the bounded class, in the nanoseconds of the simulation.
    static final long BOUND_NANOS = 80;

    static final ReadRule[] RULES = {
        ReadRule.of(Freshness.strict(), WhenUnproved.REMOTE),
        ReadRule.of(Freshness.bounded(Duration.ofNanos(BOUND_NANOS)), WhenUnproved.DEGRADE),
        ReadRule.of(Freshness.bounded(Duration.ofNanos(BOUND_NANOS)), WhenUnproved.REFUSE),
        ReadRule.of(Freshness.bestEffort(), WhenUnproved.DEGRADE)
    };

    enum Step {
        IDLE,
        LOOKUP,
        PROOF,
        CHECK,
        JUDGE,
        AWAIT_PROOF,
        AWAIT_ANSWER,
        STORE
    }

    Step step = Step.IDLE;
    ReadRule rule = RULES[0];
    /// Whether a hit is judged by the coarse clock.
    boolean usesCoarseClock;
    int key;
    long invokedAt;
    int returnedBefore;

    long provedNanos;
    boolean found;
    int foundVersion;
    long foundAsOfNanos;
    long foundEpoch;
    int foundSerial;
    boolean foundIsProvable;
    long foundEnds;

    long generation;
    int answerVersion;
    long answerLeft;

    @Nullable
    Lease<Integer> lease;

    void reset() {
        step = Step.IDLE;
        lease = null;
    }
}

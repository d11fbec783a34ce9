package io.cachewright.runtime.coherence;

import org.jspecify.annotations.Nullable;

/// The question for the time to live of a value that was kept without it, taken apart into the steps between which
/// others may run. There is one at a time.
final class SimQuestion {

    enum Step {
        IDLE,
        AWAIT_ANSWER,
        HEAR,
        AWAIT_PROOF
    }

    Step step = Step.IDLE;
    int key;
    long generation;
    /// What was kept when it was asked.
    int serial;

    int version;
    long asOfNanos;
    long epoch;

    /// How long the server's value had to live, which need not be the one that was kept.
    long answerLeft;

    /// When the answer was here, and when the value ends by it.
    long heardNanos;

    long ends;

    @Nullable
    Lease<Integer> lease;

    void reset() {
        step = Step.IDLE;
        lease = null;
    }

    boolean isAnsweredBy(long message) {
        return step == Step.AWAIT_ANSWER && generation == Message.generation(message) && key == Message.key(message);
    }
}

package io.cachewright.optimizer.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/// Runs both sides in turn until the verdict is settled, the planned pairs are done, or the time is up.
///
/// A coin decides for each pair which side goes first. So whatever disturbs the machine hits either side alike, and
/// only one of the two servers is under load at any time.
final class PairedRuns {

    /// Fewer say nothing; starting the servers would have been in vain.
    private static final int PAIRS_MIN = 12;

    private final SplittableRandom coin;
    private final LongSupplier nanoClock;

    PairedRuns(long seed, LongSupplier nanoClock) {
        this.coin = new SplittableRandom(seed);
        this.nanoClock = nanoClock;
    }

    /// @param pairs how many were run
    record Outcome(Judgement judgement, int pairs) {}

    /// @param deadlineNanos by the clock that was given; a few pairs are run even when it has passed
    Outcome compare(Arm baseline, Arm candidate, Expectation expectation, long deadlineNanos) {
        List<Pair> pairs = new ArrayList<>(Looks.pairsMax());
        while (true) {
            pairs.add(runPair(baseline, candidate, pairs.size()));
            OptionalDouble alpha = Looks.alphaAt(pairs.size());
            boolean timeIsUp = pairs.size() >= PAIRS_MIN && nanoClock.getAsLong() - deadlineNanos >= 0;
            if (alpha.isPresent()) {
                Judgement judgement = Judgement.of(pairs, expectation, alpha.getAsDouble());
                if (judgement.settled() || timeIsUp || pairs.size() == Looks.pairsMax()) {
                    return new Outcome(judgement, pairs.size());
                }
            } else if (timeIsUp) {
                return new Outcome(Judgement.of(pairs, expectation, Looks.alphaLeftAt(pairs.size())), pairs.size());
            }
        }
    }

    private Pair runPair(Arm baseline, Arm candidate, int round) {
        if (coin.nextBoolean()) {
            Slice first = baseline.run(round);
            return new Pair(first, candidate.run(round));
        }
        Slice first = candidate.run(round);
        return new Pair(baseline.run(round), first);
    }
}

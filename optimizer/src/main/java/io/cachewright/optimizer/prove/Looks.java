package io.cachewright.optimizer.prove;

import java.util.List;
import java.util.OptionalDouble;

/// When the pairs gathered so far are looked at, and how much of the 5 % error each look may spend.
///
/// Whoever looks often and stops when it suits finds a difference where none is. So the looks are fixed before the
/// first run and share the 5 % among them (Bonferroni; repeated intervals after Jennison and Turnbull 1989): whenever
/// a proof stops, its interval still covers the truth in at least 95 of 100 cases.
final class Looks {

    static final double ERROR_MAX = 0.05;

    /// @param pairs after how many pairs
    /// @param alpha the error that this look may spend
    record Look(int pairs, double alpha) {}

    /// Clear effects are seen at once; most of the error is kept for the last look, which finds the small ones.
    private static final List<Look> LOOKS = List.of(new Look(40, 0.010), new Look(80, 0.012), new Look(160, 0.028));

    private Looks() {}

    static int pairsMax() {
        return LOOKS.getLast().pairs();
    }

    /// The error to spend after that many pairs; empty when none is planned there.
    static OptionalDouble alphaAt(int pairs) {
        return LOOKS.stream()
                .filter(look -> look.pairs() == pairs)
                .mapToDouble(Look::alpha)
                .findFirst();
    }

    /// The error that is left for an end forced by the clock after that many pairs.
    static double alphaLeftAt(int pairs) {
        return ERROR_MAX
                - LOOKS.stream()
                        .filter(look -> look.pairs() < pairs)
                        .mapToDouble(Look::alpha)
                        .sum();
    }
}

package io.cachewright.runtime;

import java.util.Locale;
import java.util.OptionalDouble;

/// What a [Verifier] has found of one class so far.
///
/// @param consistent sampled values that equalled what the server held
/// @param inFlight values that differed while the news was on its way, and were gone before they were vouched for
/// @param stale values that differed and were vouched for all the same: each one breaks the promise
/// @param unverifiable samples of which nothing could be said, since the server did not answer or nothing was proved
/// @param sourceChecked values of the server that were compared with the source, twice where they differed at first
/// @param sourceMismatches of these, the ones that differed at two looks while the source stood still
public record Verification(
        String name,
        long consistent,
        long inFlight,
        long stale,
        long unverifiable,
        long sourceChecked,
        long sourceMismatches) {

    /// One-sided, as for all figures here.
    public static final double CONFIDENCE = 0.95;

    /// The normal quantile of [#CONFIDENCE].
    private static final double Z = 1.6449;

    /// Samples that count.
    public long checked() {
        return consistent + inFlight + stale;
    }

    /// The share of stale values that is exceeded by the true one with at most 5 % probability, if samples are
    /// independent; empty before the first sample. With none stale it is the exact bound, about 3 / n (the rule of
    /// three); otherwise Wilson's.
    public OptionalDouble staleShareAtMost() {
        return checked() == 0 ? OptionalDouble.empty() : OptionalDouble.of(upperBound(stale, checked()));
    }

    /// The same as nines: 3.0 for one in a thousand, 4.0 for one in ten thousand.
    public OptionalDouble nines() {
        return checked() == 0 ? OptionalDouble.empty() : OptionalDouble.of(-Math.log10(upperBound(stale, checked())));
    }

    @Override
    public String toString() {
        return name + ": " + verdict() + "; " + grouped(unverifiable) + " unverifiable"
                + (sourceChecked == 0
                        ? ""
                        : "; " + grouped(sourceMismatches) + " of " + grouped(sourceChecked)
                                + " compared with the source differ");
    }

    private String verdict() {
        if (checked() == 0) {
            return "no samples yet";
        }
        return String.format(
                        Locale.ROOT,
                        "%.1f nines or better, with %.0f %% confidence: ",
                        nines().orElseThrow(),
                        100 * CONFIDENCE)
                + grouped(stale) + " stale of " + grouped(checked()) + " samples (" + grouped(consistent)
                + " consistent, "
                + grouped(inFlight) + " in flight)";
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    static double upperBound(long found, long of) {
        if (found == 0) {
            return 1 - Math.pow(1 - CONFIDENCE, 1.0 / of);
        }
        double share = (double) found / of;
        double zz = Z * Z / of;
        return Math.min(1, (share + zz / 2 + Z * Math.sqrt(share * (1 - share) / of + zz / (4 * of))) / (1 + zz));
    }
}

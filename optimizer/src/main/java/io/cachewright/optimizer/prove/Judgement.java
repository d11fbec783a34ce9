package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.prove.Proof.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What the pairs gathered so far say.
///
/// @param comparisons every metric that was measured, with an interval that covers in at least 95 of 100 proofs
/// @param reason which metric decided, and what else moved
/// @param settled whether more pairs would not change the verdict
record Judgement(Verdict verdict, List<Comparison> comparisons, String reason, boolean settled) {

    /// A smaller difference is no reason to change anything, nor to refuse a change.
    static final double SMALLEST_EFFECT = 0.02;

    /// The part of the error that a verdict may spend, 2 % in all. An interval may miss the truth once in twenty times;
    /// a verdict that sends people to work, or withdraws advice, should be wrong less often.
    private static final double VERDICT_SHARE = 0.4;

    private static final double SMALLEST_LOG_RATIO = Math.log1p(SMALLEST_EFFECT);

    /// What one deciding metric says.
    private enum Sign {
        BETTER,
        WORSE,
        /// Any difference is smaller than the smallest that counts.
        SAME,
        /// The interval holds both no difference and one that counts.
        OPEN
    }

    /// Judges all pairs; `alpha` is the error that this look may spend.
    ///
    /// Each deciding metric is tested at its share of the error (Bonferroni), so that expecting much of a change
    /// does not make it easier to prove. A change that gains in one and loses in another is judged by the larger.
    static Judgement of(List<Pair> pairs, Expectation expectation, double alpha) {
        Map<Metric, Comparison> shown = new LinkedHashMap<>();
        Map<Metric, Sign> signs = new LinkedHashMap<>();
        List<Metric> deciding = expectation.deciding().stream()
                .filter(metric -> MetricSeries.isAttainable(metric, pairs, Looks.pairsMax()))
                .toList();
        for (Metric metric : Metric.values()) {
            MetricSeries.of(metric, pairs).ifPresent(series -> {
                series.compare(alpha).ifPresent(comparison -> shown.put(metric, comparison));
                if (deciding.contains(metric)) {
                    series.compare(VERDICT_SHARE * alpha / deciding.size())
                            .ifPresent(comparison -> signs.put(metric, sign(comparison)));
                }
            });
        }
        return of(List.copyOf(shown.values()), signs, deciding, shown);
    }

    private static Judgement of(
            List<Comparison> comparisons,
            Map<Metric, Sign> signs,
            List<Metric> deciding,
            Map<Metric, Comparison> shown) {
        List<Comparison> better = with(Sign.BETTER, deciding, signs, shown);
        List<Comparison> worse = with(Sign.WORSE, deciding, signs, shown);
        boolean settled = isSettled(deciding, signs);
        OptionalDouble gain = largest(better);
        OptionalDouble loss = largest(worse);
        if (gain.isEmpty() && loss.isEmpty()) {
            return signs.isEmpty()
                    ? new Judgement(
                            Verdict.NOT_PROVABLE_HERE,
                            comparisons,
                            "the machine is too busy: " + labels(deciding) + " could not be measured",
                            false)
                    : new Judgement(Verdict.NO_DIFFERENCE, comparisons, nothingFound(signs, deciding, shown), settled);
        }
        boolean improves = gain.orElse(0) > loss.orElse(0);
        if (improves && possiblePrice(deciding, signs, shown) > gain.orElse(0)) {
            return new Judgement(
                    Verdict.NOT_PROVABLE_HERE,
                    comparisons,
                    told(better) + ", but its price could not be bounded by that in the time: "
                            + nothingFound(signs, List.of(Metric.SERVER_TIME), shown),
                    false);
        }
        String rests = told(improves ? better : worse);
        List<Comparison> other = improves ? worse : better;
        String but =
                other.isEmpty() ? "" : "; " + (improves ? "at the price of " : "more than it gains: ") + told(other);
        return new Judgement(improves ? Verdict.IMPROVED : Verdict.WORSE, comparisons, rests + but, settled);
    }

    /// How much more of the server's time the change may take for all that is known, as a logarithm: a gain elsewhere
    /// that is smaller proves nothing.
    private static double possiblePrice(List<Metric> deciding, Map<Metric, Sign> signs, Map<Metric, Comparison> shown) {
        if (!deciding.contains(Metric.SERVER_TIME) || isClear(Metric.SERVER_TIME, signs)) {
            return 0;
        }
        Comparison serverTime = shown.get(Metric.SERVER_TIME);
        return serverTime == null ? Double.POSITIVE_INFINITY : Math.max(0, Math.log1p(serverTime.high()));
    }

    /// All is clear, or one side is and the server's time, which would show any hidden price, agrees or is the same.
    private static boolean isSettled(List<Metric> deciding, Map<Metric, Sign> signs) {
        boolean allClear = deciding.stream().allMatch(metric -> isClear(metric, signs));
        boolean oneSided = signs.containsValue(Sign.BETTER) != signs.containsValue(Sign.WORSE);
        return allClear || (oneSided && (!deciding.contains(Metric.SERVER_TIME) || isClear(Metric.SERVER_TIME, signs)));
    }

    private static boolean isClear(Metric metric, Map<Metric, Sign> signs) {
        return signs.getOrDefault(metric, Sign.OPEN) != Sign.OPEN;
    }

    private static String nothingFound(Map<Metric, Sign> signs, List<Metric> deciding, Map<Metric, Comparison> shown) {
        List<String> told = new ArrayList<>();
        for (Metric metric : deciding) {
            Comparison comparison = shown.get(metric);
            if (comparison != null && signs.get(metric) == Sign.OPEN) {
                told.add(String.format(Locale.ROOT, "%s could still differ by %s", metric.label(), range(comparison)));
            } else if (comparison != null) {
                told.add(told(comparison));
            } else {
                told.add(metric.label() + " could not be measured in the time, or the machine is too busy");
            }
        }
        return String.join(", ", told);
    }

    private static List<Comparison> with(
            Sign sign, List<Metric> deciding, Map<Metric, Sign> signs, Map<Metric, Comparison> shown) {
        return deciding.stream()
                .filter(metric -> signs.get(metric) == sign)
                .flatMap(metric -> Optional.ofNullable(shown.get(metric)).stream())
                .toList();
    }

    private static OptionalDouble largest(List<Comparison> comparisons) {
        return comparisons.stream()
                .mapToDouble(comparison -> Math.abs(Math.log1p(comparison.change())))
                .max();
    }

    private static Sign sign(Comparison comparison) {
        double direction = comparison.metric().isMoreBetter() ? 1 : -1;
        double estimate = direction * Math.log1p(comparison.change());
        double low = Math.min(direction * Math.log1p(comparison.low()), direction * Math.log1p(comparison.high()));
        double high = Math.max(direction * Math.log1p(comparison.low()), direction * Math.log1p(comparison.high()));
        boolean excludesZero = low > 0 || high < 0;
        if (excludesZero && estimate >= SMALLEST_LOG_RATIO) {
            return Sign.BETTER;
        }
        if (excludesZero && estimate <= -SMALLEST_LOG_RATIO) {
            return Sign.WORSE;
        }
        return low > -SMALLEST_LOG_RATIO && high < SMALLEST_LOG_RATIO ? Sign.SAME : Sign.OPEN;
    }

    private static String told(List<Comparison> comparisons) {
        return comparisons.stream().map(Judgement::told).collect(Collectors.joining(", "));
    }

    private static String told(Comparison comparison) {
        return comparison.metric().label() + " " + percent(comparison.change()) + " (" + range(comparison) + ")";
    }

    private static String range(Comparison comparison) {
        return percent(comparison.low()) + " … " + percent(comparison.high());
    }

    private static String percent(double change) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * change).replace('-', '−');
    }

    private static String labels(List<Metric> metrics) {
        return metrics.stream().map(Metric::label).collect(Collectors.joining(", "));
    }
}

package io.cachewright.study;

import io.cachewright.drawing.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a terminal and a page tell of a sizing in the same tables.
final class SizeTables {

    private SizeTables() {}

    static StudyTable wanted(SizeView.Wanted wanted) {
        return StudyTable.of(
                List.of("Policy", ">maxmemory"),
                wanted.needs(),
                need -> List.of(
                        need.policy(), need.memoryBytes() == null ? "not reached" : Words.bytes(need.memoryBytes())));
    }

    /// @param view with a step at least, each from where the one before ends
    static StudyTable marginal(SizeView view) {
        List<SizeView.Marginal> steps = view.marginal();
        List<Long> sizes =
                new ArrayList<>(steps.stream().map(SizeView.Marginal::fromBytes).toList());
        sizes.addLast(steps.getLast().toBytes());
        List<String> labels = SizeLabels.of(sizes);
        return StudyTable.of(
                List.of(">From", ">To", ">Hit ratio", ">Further hits/s a GB"),
                IntStream.range(0, steps.size()).boxed().toList(),
                i -> List.of(
                        labels.get(i),
                        labels.get(i + 1),
                        points(steps.get(i).hitRatioGained()),
                        Words.count(steps.get(i).hitsPerSecondPerGb())));
    }

    static StudyTable families(SizeView view) {
        return StudyTable.of(
                List.of(
                        "Family",
                        "Use case",
                        ">Keys",
                        ">Accesses",
                        ">Share",
                        ">All keys",
                        ">Hit ratio",
                        ">Further hits/s a GB"),
                view.families(),
                family -> List.of(
                        family.pattern(),
                        family.useCase(),
                        Words.count(family.keys()),
                        Words.count(family.accesses()),
                        percent(family.accessShare()),
                        Words.bytes(family.memoryBytes()),
                        percent(family.hitRatio()),
                        Words.count(family.hitsPerSecondPerGb())));
    }

    static StudyTable cost(SizeView.Cost cost) {
        List<SizeView.CostPoint> points = cost.points();
        List<String> labels = SizeLabels.of(
                points.stream().map(SizeView.CostPoint::memoryBytes).toList());
        return StudyTable.of(
                List.of(">maxmemory", ">Hit ratio", ">A month", ">A million hits"),
                IntStream.range(0, points.size()).boxed().toList(),
                i -> List.of(
                        labels.get(i),
                        percent(points.get(i).hitRatio()),
                        points.get(i).perMonth().toPlainString(),
                        Optional.ofNullable(points.get(i).perMillionHits())
                                .map(BigDecimal::toPlainString)
                                .orElse("no hits")));
    }

    static StudyTable replayed(SizeView view) {
        return StudyTable.of(
                List.of(
                        "Policy",
                        ">maxmemory",
                        ">Hit ratio",
                        ">Evicted/s",
                        ">Expired/s",
                        ">Keys at end",
                        ">Refused writes"),
                view.replayed(),
                one -> List.of(
                        one.policy(),
                        Words.bytes(one.memoryBytes()),
                        percent(one.hitRatio()),
                        Words.count(one.evictedPerSecond()),
                        Words.count(one.expiredPerSecond()),
                        Words.count(one.keysAtEnd()),
                        Words.count(one.refusedWrites())));
    }

    /// One family with other times to live.
    static StudyTable timesToLive(SizeView.TimeToLive one) {
        return new StudyTable(
                List.of(
                        one.family(),
                        ">Hit ratio",
                        ">Stale reads",
                        ">Stale for",
                        ">Expiries",
                        ">At most/s",
                        ">Loads at most/s"),
                List.of(
                        lifetimes("as in the trace", one.before()),
                        lifetimes(Words.duration(one.toSeconds() * 1e9), one.after()),
                        lifetimes("with jitter of a tenth", one.jittered())));
    }

    private static List<String> lifetimes(String name, SizeView.Lifetimes one) {
        return List.of(
                name,
                percent(one.hitRatio()),
                percent(one.staleReadShare()),
                Words.duration(one.staleSecondsMean() * 1e9),
                Words.count(one.expiries()),
                Words.count(one.expiriesPerSecondMax()),
                Words.count(one.loadsPerSecondMax()));
    }

    static StudyTable clientCache(SizeView.ClientCache cache) {
        return new StudyTable(
                List.of("Mode", ">Reads kept off", ">Invalidations/s", ">At most/s", ">Tracked keys"),
                List.of(tracking("default", cache.byDefault()), tracking("broadcast", cache.broadcast())));
    }

    private static List<String> tracking(String mode, SizeView.Tracking tracking) {
        return List.of(
                mode,
                percent(tracking.localHitShare()),
                Words.count(tracking.invalidationsPerSecond()),
                Words.count(tracking.invalidationsPerSecondMax()),
                Words.count(tracking.trackedKeysMax()));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// A difference of two shares, in percentage points.
    private static String points(double difference) {
        return String.format(Locale.ROOT, "%+.1f points", difference * 100).replace('-', '−');
    }
}

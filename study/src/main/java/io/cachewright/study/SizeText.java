package io.cachewright.study;

import io.cachewright.drawing.Axis;
import io.cachewright.drawing.Ink;
import io.cachewright.drawing.LineChart;
import io.cachewright.drawing.TextCurve;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;
import io.cachewright.study.SizeView.Curve;
import io.cachewright.study.SizeView.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A sizing for a terminal.
final class SizeText {

    private static final int CURVE_WIDTH = 64;
    private static final int CURVE_HEIGHT = 11;
    private static final int SIZES_SHOWN_MAX = 6;
    private static final int FAMILIES_SHOWN_MAX = 15;

    private final TextPage page;
    private final Ink ink;

    SizeText(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(SizeView view) {
        headline(view);
        curves(view);
        wanted(view);
        marginal(view);
        families(view);
        cost(view);
        replayed(view);
        timesToLive(view);
        clientCache(view);
        shards(view);
        view.notes().forEach(note -> page.paragraph("Note", note));
        return page.toString();
    }

    private void headline(SizeView view) {
        SizeView.Workload workload = view.workload();
        page.line(ink.bold(view.source()) + "  " + view.sourceKind()
                + (view.sampledShare() < 1
                        ? ", a sample of " + Words.share(view.sampledShare()) + " of the keys"
                        : ""));
        page.line(Words.count(workload.accesses()) + " accesses (" + Words.count(workload.reads()) + " reads) of "
                + Words.count(workload.keys()) + " keys in " + Words.significant(workload.seconds())
                + " s; all of them take "
                + Words.bytes(workload.allBytes()));
        page.line(ink.dim("modelled: " + view.server()));
        page.line("");
    }

    private void curves(SizeView view) {
        view.curves().stream()
                .filter(curve -> curve.policy().equals(view.policy()))
                .findFirst()
                .ifPresent(this::drawn);
        List<Curve> curves = view.curves();
        if (curves.isEmpty()) {
            return;
        }
        page.line(ink.bold("Hit ratio by maxmemory"));
        List<Point> sizes = shown(curves.getFirst().points());
        List<String> headings = new ArrayList<>(List.of("Policy", ""));
        sizes.forEach(point -> headings.add(">" + Words.bytes(point.memoryBytes())));
        page.table(headings, curves.stream().map(curve -> row(curve)).toList());
        page.line(ink.dim("  * not a policy of the servers; there to compare"));
        page.line("");
    }

    private void drawn(Curve curve) {
        List<Point> points = curve.points();
        if (points.size() < 2) {
            return;
        }
        Axis x = Axis.logarithmic(
                "maxmemory",
                (double) points.getFirst().memoryBytes(),
                (double) points.getLast().memoryBytes(),
                Words::bytes);
        Axis y = Axis.linear("hit ratio", 0, 1, share -> String.format(Locale.ROOT, "%.0f %%", share * 100));
        page.line(ink.bold("Hit ratio of " + curve.policy()));
        TextCurve.draw(
                        points.stream()
                                .map(point -> new LineChart.Point(point.memoryBytes(), point.hitRatio()))
                                .toList(),
                        x,
                        y,
                        CURVE_WIDTH,
                        CURVE_HEIGHT)
                .forEach(row -> page.line(row));
        page.line("");
    }

    private static List<String> row(Curve curve) {
        List<String> cells = new ArrayList<>();
        cells.add(curve.policy() + (curve.isServers() ? "" : " *"));
        cells.add(
                TextCurve.sparkline(curve.points().stream().map(Point::hitRatio).toList(), 0, 1));
        for (Point point : shown(curve.points())) {
            cells.add(percent(point.hitRatio())
                    + (point.high() > point.low() ? " ±" + Words.significant((point.high() - point.low()) * 50) : ""));
        }
        return cells;
    }

    private static List<Point> shown(List<Point> points) {
        List<Point> shown = new ArrayList<>();
        int count = Math.min(SIZES_SHOWN_MAX, points.size());
        for (int i = 0; i < count; i++) {
            shown.add(points.get(count == 1 ? 0 : i * (points.size() - 1) / (count - 1)));
        }
        return shown;
    }

    private void wanted(SizeView view) {
        SizeView.Wanted wanted = view.wanted();
        if (wanted == null) {
            return;
        }
        page.line(ink.bold("Memory for a hit ratio of " + percent(wanted.hitRatio())));
        page.table(
                List.of("Policy", ">maxmemory"),
                wanted.needs().stream()
                        .map(need -> List.of(
                                need.policy(),
                                need.memoryBytes() == null ? "not reached" : Words.bytes(need.memoryBytes())))
                        .toList());
        page.line("");
    }

    private void marginal(SizeView view) {
        if (view.marginal().isEmpty()) {
            return;
        }
        page.line(ink.bold("What further memory brings") + "  under " + view.policy());
        page.table(
                List.of(">From", ">To", ">Hit ratio", ">Hits/s a GB"),
                view.marginal().stream()
                        .map(step -> List.of(
                                Words.bytes(step.fromBytes()),
                                Words.bytes(step.toBytes()),
                                points(step.hitRatioGained()),
                                Words.count(step.hitsPerSecondPerGb())))
                        .toList());
        page.line("");
    }

    private void families(SizeView view) {
        if (view.families().isEmpty()) {
            return;
        }
        page.line(ink.bold("By key family") + "  under " + view.policy() + " with " + Words.bytes(view.memoryBytes()));
        page.table(
                List.of(
                        "Family",
                        "Use case",
                        ">Keys",
                        ">Accesses",
                        ">Share",
                        ">All keys",
                        ">Hit ratio",
                        ">Hits/s a GB"),
                view.families().stream()
                        .limit(FAMILIES_SHOWN_MAX)
                        .map(family -> List.of(
                                family.pattern(),
                                family.useCase(),
                                Words.count(family.keys()),
                                Words.count(family.accesses()),
                                percent(family.accessShare()),
                                Words.bytes(family.memoryBytes()),
                                percent(family.hitRatio()),
                                Words.count(family.hitsPerSecondPerGb())))
                        .toList());
        page.line("");
    }

    private void cost(SizeView view) {
        SizeView.Cost cost = view.cost();
        if (cost == null) {
            return;
        }
        page.line(ink.bold("Cost") + "  at " + cost.pricePerGbMonth().toPlainString() + " a GB and month");
        page.table(
                List.of(">maxmemory", ">Hit ratio", ">A month", ">A million hits"),
                cost.points().stream()
                        .map(point -> List.of(
                                Words.bytes(point.memoryBytes()),
                                percent(point.hitRatio()),
                                point.perMonth().toPlainString(),
                                point.perMillionHits() == null
                                        ? "no hits"
                                        : point.perMillionHits().toPlainString()))
                        .toList());
        page.line("");
    }

    private void replayed(SizeView view) {
        if (view.replayed().isEmpty()) {
            return;
        }
        page.line(ink.bold("Replayed"));
        page.table(
                List.of("Policy", ">maxmemory", ">Hit ratio", ">Evicted/s", ">Expired/s", ">Keys at end", ">Refused"),
                view.replayed().stream()
                        .map(one -> List.of(
                                one.policy(),
                                Words.bytes(one.memoryBytes()),
                                percent(one.hitRatio()),
                                Words.count(one.evictedPerSecond()),
                                Words.count(one.expiredPerSecond()),
                                Words.count(one.keysAtEnd()),
                                Words.count(one.refusedWrites())))
                        .toList());
        page.line("");
    }

    private void timesToLive(SizeView view) {
        if (view.timesToLive().isEmpty()) {
            return;
        }
        page.line(ink.bold("Other times to live") + ink.dim("  (memory being no matter)"));
        for (SizeView.TimeToLive one : view.timesToLive()) {
            page.table(
                    List.of(
                            one.family(),
                            ">Hit ratio",
                            ">Stale reads",
                            ">Stale for",
                            ">Expiries",
                            ">at most/s",
                            ">Loads at most/s"),
                    List.of(
                            lifetimes("as in the trace", one.before()),
                            lifetimes(Words.duration(one.toSeconds() * 1e9), one.after()),
                            lifetimes("with jitter of a tenth", one.jittered())));
        }
        page.line(ink.dim("  stale: if writes do not reach the cache"));
        page.line("");
    }

    static List<String> lifetimes(String name, SizeView.Lifetimes one) {
        return List.of(
                name,
                percent(one.hitRatio()),
                percent(one.staleReadShare()),
                Words.duration(one.staleSecondsMean() * 1e9),
                Words.count(one.expiries()),
                Words.count(one.expiriesPerSecondMax()),
                Words.count(one.loadsPerSecondMax()));
    }

    private void clientCache(SizeView view) {
        SizeView.ClientCache cache = view.clientCache();
        if (cache == null) {
            return;
        }
        page.line(ink.bold("A cache of " + Words.count(cache.entriesMax()) + " entries in each of " + cache.clients()
                + " clients, kept right by CLIENT TRACKING"));
        page.table(
                List.of("Mode", ">Reads kept off", ">Invalidations/s", ">at most/s", ">Tracked keys"),
                List.of(tracking("default", cache.byDefault()), tracking("broadcast", cache.broadcast())));
        page.line("");
    }

    static List<String> tracking(String mode, SizeView.Tracking tracking) {
        return List.of(
                mode,
                percent(tracking.localHitShare()),
                Words.count(tracking.invalidationsPerSecond()),
                Words.count(tracking.invalidationsPerSecondMax()),
                Words.count(tracking.trackedKeysMax()));
    }

    private void shards(SizeView view) {
        SizeView.Shards shards = view.shards();
        if (shards == null) {
            return;
        }
        page.line(ink.bold("Spread over " + shards.shards().size() + " shards") + "  the busiest has "
                + Words.significant(shards.imbalance()) + " times the mean load");
        page.table(
                List.of(">Shard", ">Keys", ">Accesses", "", ">Values"),
                shards.shards().stream()
                        .map(shard -> List.of(
                                String.valueOf(shard.number()),
                                Words.count(shard.keys()),
                                percent(shard.accessShare()),
                                TextCurve.bar(shard.accessShare(), 20),
                                Words.bytes(shard.valueBytes())))
                        .toList());
        page.line("  hottest slot " + shards.hottestSlot() + " takes " + percent(shards.hottestSlotShare())
                + " of the accesses; the hottest key " + shards.hottestKey() + " takes "
                + percent(shards.hottestKeyShare()));
        page.line("");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// A difference of two shares, in percentage points.
    static String points(double difference) {
        return String.format(Locale.ROOT, "%+.1f points", difference * 100).replace('-', '−');
    }
}

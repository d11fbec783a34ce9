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
        SizeLabels.of(sizes.stream().map(Point::memoryBytes).toList()).forEach(label -> headings.add(">" + label));
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
            cells.add(SizeTables.percent(point.hitRatio())
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
        if (wanted != null) {
            section(
                    "Memory for a hit ratio of " + SizeTables.percent(wanted.hitRatio()),
                    "",
                    SizeTables.wanted(wanted));
        }
    }

    private void marginal(SizeView view) {
        if (!view.marginal().isEmpty()) {
            section("What further memory brings", "under " + view.policy(), SizeTables.marginal(view));
        }
    }

    private void families(SizeView view) {
        if (!view.families().isEmpty()) {
            section(
                    "By key family",
                    "under " + view.policy() + " with " + Words.bytes(view.memoryBytes()),
                    SizeTables.families(view).first(FAMILIES_SHOWN_MAX));
        }
    }

    private void cost(SizeView view) {
        SizeView.Cost cost = view.cost();
        if (cost != null) {
            section("Cost", "at " + cost.pricePerGbMonth().toPlainString() + " a GB and month", SizeTables.cost(cost));
        }
    }

    private void replayed(SizeView view) {
        if (!view.replayed().isEmpty()) {
            section("Replayed", "", SizeTables.replayed(view));
        }
    }

    private void timesToLive(SizeView view) {
        if (view.timesToLive().isEmpty()) {
            return;
        }
        page.line(ink.bold("Other times to live") + ink.dim("  (memory being no matter)"));
        view.timesToLive().forEach(one -> SizeTables.timesToLive(one).writeTo(page));
        page.line(ink.dim("  stale: if writes do not reach the cache"));
        page.line("");
    }

    private void clientCache(SizeView view) {
        SizeView.ClientCache cache = view.clientCache();
        if (cache != null) {
            section(
                    "A cache of " + Words.count(cache.entriesMax()) + " entries in each of " + cache.clients()
                            + " clients, kept right by CLIENT TRACKING",
                    "",
                    SizeTables.clientCache(cache));
        }
    }

    private void section(String title, String setting, StudyTable table) {
        page.line(ink.bold(title) + (setting.isEmpty() ? "" : "  " + setting));
        table.writeTo(page);
        page.line("");
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
                                SizeTables.percent(shard.accessShare()),
                                TextCurve.bar(shard.accessShare(), 20),
                                Words.bytes(shard.valueBytes())))
                        .toList());
        page.line("  hottest slot " + shards.hottestSlot() + " takes " + SizeTables.percent(shards.hottestSlotShare())
                + " of the accesses; the hottest key " + shards.hottestKey() + " takes "
                + SizeTables.percent(shards.hottestKeyShare()));
        page.line("");
    }
}

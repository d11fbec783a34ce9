package io.cachewright.study;

import io.cachewright.drawing.Axis;
import io.cachewright.drawing.Bars;
import io.cachewright.drawing.LineChart;
import io.cachewright.drawing.LineChart.Series;
import io.cachewright.drawing.Words;
import io.cachewright.study.PageWriter.Tile;
import io.cachewright.study.SizeView.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A sizing as a page.
final class SizeHtml {

    String write(SizeView view) {
        PageWriter page = new PageWriter(
                view.tool(),
                view.source(),
                view.sourceKind()
                        + (view.sampledShare() < 1
                                ? ", a sample of " + Words.share(view.sampledShare()) + " of the keys"
                                : ""));
        SizeView.Workload workload = view.workload();
        page.tiles(List.of(
                new Tile("accesses", Words.count(workload.accesses())),
                new Tile("of them read", Words.share(share(workload.reads(), workload.accesses()))),
                new Tile("keys", Words.count(workload.keys())),
                new Tile("long", Words.duration(workload.seconds() * 1e9)),
                new Tile("all keys together", Words.bytes(workload.allBytes()))));
        page.soft("Modelled: " + view.server());
        curves(view, page);
        wanted(view, page);
        marginal(view, page);
        families(view, page);
        cost(view, page);
        replayed(view, page);
        timesToLive(view, page);
        clientCache(view, page);
        shards(view, page);
        return page.notes(view.notes()).finish();
    }

    private static void curves(SizeView view, PageWriter page) {
        List<Curve> curves = view.curves();
        if (curves.isEmpty() || curves.getFirst().points().isEmpty()) {
            return;
        }
        Axis x = Axis.logarithmic(
                "maxmemory",
                (double) curves.getFirst().points().getFirst().memoryBytes(),
                (double) curves.getFirst().points().getLast().memoryBytes(),
                Words::bytes);
        Axis y = Axis.linear("hit ratio", 0, 1, share -> String.format(Locale.ROOT, "%.0f %%", share * 100));
        List<Series> series = curves.stream()
                .map(curve -> new Series(
                        curve.policy(),
                        curve.points().stream()
                                .map(point -> new LineChart.Point(
                                        point.memoryBytes(), point.hitRatio(), point.low(), point.high()))
                                .toList(),
                        !curve.isServers()))
                .toList();
        List<String> headings = new ArrayList<>(List.of("maxmemory"));
        curves.forEach(curve -> headings.add(">" + curve.policy()));
        List<List<String>> rows = new ArrayList<>();
        List<String> sizes = SizeLabels.of(curves.getFirst().points().stream()
                .map(SizeView.Point::memoryBytes)
                .toList());
        for (int i = 0; i < sizes.size(); i++) {
            List<String> row = new ArrayList<>();
            row.add(sizes.get(i));
            for (Curve curve : curves) {
                row.add(
                        i < curve.points().size()
                                ? SizeTables.percent(curve.points().get(i).hitRatio())
                                : "");
            }
            rows.add(row);
        }
        page.section("Hit ratio by memory")
                .drawing(
                        new LineChart("hit ratio by maxmemory, for each policy", x, y, series).draw(),
                        "As numbers",
                        new StudyTable(headings, rows))
                .soft("Dashed: no policy of the servers, there to compare.");
    }

    private static void wanted(SizeView view, PageWriter page) {
        SizeView.Wanted wanted = view.wanted();
        if (wanted != null) {
            page.section("Memory for a hit ratio of " + SizeTables.percent(wanted.hitRatio()))
                    .table(SizeTables.wanted(wanted));
        }
    }

    private static void marginal(SizeView view, PageWriter page) {
        if (!view.marginal().isEmpty()) {
            page.section("What further memory brings, under " + view.policy()).table(SizeTables.marginal(view));
        }
    }

    private static void families(SizeView view, PageWriter page) {
        if (!view.families().isEmpty()) {
            page.section("By key family, under " + view.policy() + " with " + Words.bytes(view.memoryBytes()))
                    .table(SizeTables.families(view));
        }
    }

    private static void cost(SizeView view, PageWriter page) {
        SizeView.Cost cost = view.cost();
        if (cost != null) {
            page.section("Cost at " + cost.pricePerGbMonth().toPlainString() + " a GB and month")
                    .table(SizeTables.cost(cost));
        }
    }

    private static void replayed(SizeView view, PageWriter page) {
        if (!view.replayed().isEmpty()) {
            page.section("Replayed").table(SizeTables.replayed(view));
        }
    }

    private static void timesToLive(SizeView view, PageWriter page) {
        if (!view.timesToLive().isEmpty()) {
            page.section("Other times to live");
            page.soft("Memory being no matter; stale: if writes do not reach the cache.");
            view.timesToLive().forEach(one -> page.table(SizeTables.timesToLive(one)));
        }
    }

    private static void clientCache(SizeView view, PageWriter page) {
        SizeView.ClientCache cache = view.clientCache();
        if (cache != null) {
            page.section("A cache of " + Words.count(cache.entriesMax()) + " entries in each of " + cache.clients()
                            + " clients, kept right by CLIENT TRACKING")
                    .table(SizeTables.clientCache(cache));
        }
    }

    private static void shards(SizeView view, PageWriter page) {
        SizeView.Shards shards = view.shards();
        if (shards != null) {
            page.section("Spread over " + shards.shards().size() + " shards")
                    .drawing(
                            Bars.draw(
                                    "accesses by shard",
                                    shards.shards().stream()
                                            .map(shard -> new Bars.Bar(
                                                    "shard " + shard.number(),
                                                    shard.accessShare(),
                                                    SizeTables.percent(shard.accessShare())))
                                            .toList()),
                            "With keys and values",
                            StudyTable.of(
                                    List.of(">Shard", ">Keys", ">Accesses", ">Values"),
                                    shards.shards(),
                                    shard -> List.of(
                                            String.valueOf(shard.number()),
                                            Words.count(shard.keys()),
                                            SizeTables.percent(shard.accessShare()),
                                            Words.bytes(shard.valueBytes()))))
                    .soft("The busiest shard has " + Words.significant(shards.imbalance())
                            + " times the mean load. Hottest slot " + shards.hottestSlot() + ": "
                            + SizeTables.percent(shards.hottestSlotShare()) + " of the accesses; hottest key "
                            + shards.hottestKey() + ": " + SizeTables.percent(shards.hottestKeyShare()) + ".");
        }
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
